import type { LedgerKey } from '../storage/workspace.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import type { Findings, Owner, StoredEntry } from './findings.ts'
import { readLeaf } from './leaf.ts'
import { TileMaker } from './tiles.ts'
import { GrowingTree, leafHash } from './tree.ts'

type PublicKey = Pick<LedgerKey, 'name' | 'publicKey'>

/** Entries read at once. */
const ROUND = 2000

interface StoredRow {
  readonly at: string
  readonly entry: string
  readonly leaf: string
}

/** The log as it is stored: entries in the tree in their order, then those that wait, a round at a time. */
export async function* storedEntries(owner: Owner, organisation: string): AsyncGenerator<StoredEntry[]> {
  const tables = [
    ['ledger_entry', 'index'],
    ['ledger_inbox', 'place'],
  ] as const
  for (const [table, order] of tables) {
    let after: string | null = null
    for (let full = true; full; ) {
      const { rows }: { rows: StoredRow[] } = await owner.query<StoredRow>(
        `select ${order} as at, entry, leaf from ${table} where organisation = $1 and ($2::bigint is null or ${order} > $2)
          order by ${order} limit $3`,
        [organisation, after, ROUND],
      )
      full = rows.length === ROUND
      after = rows.at(-1)?.at ?? after
      if (rows.length === 0) continue
      yield rows.map(({ at, entry, leaf }) => ({
        index: order === 'index' ? Number(at) : null,
        entry,
        leaf,
        said: readLeaf(leaf),
      }))
    }
  }
}

/** The tree against its checkpoints and tiles, and against an earlier checkpoint where one is given. */
export class LogCheck {
  readonly #owner: Owner
  readonly #organisation: string
  readonly #key: PublicKey
  readonly #found: Findings
  readonly #checkpoints: readonly { size: string; note: string }[]
  readonly #since: string | undefined
  readonly #earlier: Checkpoint | null
  readonly #wanted: ReadonlySet<number>
  readonly #tree = new GrowingTree()
  readonly #roots = new Map([[0, this.#tree.root()]])
  readonly #tiles = new Map<string, Buffer>()
  readonly #maker = new TileMaker(({ level, index }, bytes) => this.#tiles.set(`${level}/${index}`, bytes))

  private constructor(
    owner: Owner,
    { organisation, key, since, found }: LogChecked,
    checkpoints: readonly { size: string; note: string }[],
  ) {
    this.#owner = owner
    this.#organisation = organisation
    this.#key = key
    this.#found = found
    this.#checkpoints = checkpoints
    this.#since = since
    this.#earlier =
      since === undefined ? null : openCheckpoint(since.endsWith('\n') ? since : `${since}\n`, key)
    this.#wanted = new Set([...checkpoints.map(({ size }) => Number(size)), this.#earlier?.size ?? 0])
  }

  static async open(owner: Owner, checked: LogChecked): Promise<LogCheck> {
    const { rows } = await owner.query<{ size: string; note: string }>(
      'select size, note from ledger_checkpoint where organisation = $1 order by size',
      [checked.organisation],
    )
    return new LogCheck(owner, checked, rows)
  }

  /** Entries taken so far. */
  get size(): number {
    return this.#tree.size
  }

  /** The next entry of the tree. */
  take({ index, entry, leaf, said }: StoredEntry): void {
    const place = this.#tree.size
    if (index !== place)
      this.#found.add(
        'entry',
        entry,
        `The entry at place ${index} should stand at place ${place}: one is missing or was moved.`,
      )
    if (!said) this.#found.add('entry', entry, 'This entry cannot be read.')
    const hash = leafHash(leaf)
    this.#tree.append(hash)
    this.#maker.append(hash)
    if (this.#wanted.has(place + 1)) this.#roots.set(place + 1, this.#tree.root())
  }

  /** Once every entry was taken. */
  async finish(): Promise<{ rollback: 'ruled out' | 'not ruled out'; checkpoint: string | null }> {
    const found = this.#found
    await checkTiles(this.#owner, { organisation: this.#organisation, tiles: this.#tiles, found })
    for (const { size, note } of this.#checkpoints) {
      const checkpoint = openCheckpoint(note, this.#key)
      if (!checkpoint)
        found.add(
          'checkpoint',
          size,
          `The checkpoint of size ${size} does not carry this ledger's signature.`,
        )
      else if (checkpoint.size !== Number(size) || !this.#roots.get(checkpoint.size)?.equals(checkpoint.root))
        found.add(
          'checkpoint',
          size,
          `The entries up to ${size} are not those that its checkpoint was signed over.`,
        )
    }
    const last = this.#checkpoints.at(-1)
    if (this.size > 0 && Number(last?.size ?? 0) !== this.size)
      found.add('checkpoint', String(this.size), 'The newest entries have no checkpoint over them.')
    if (this.#since !== undefined && !this.#earlier)
      found.cannotTell.push('The checkpoint given was not signed by this ledger.')
    const earlier = this.#earlier
    if (earlier && !this.#roots.get(earlier.size)?.equals(earlier.root))
      found.add(...notContinued(earlier.size))
    return { rollback: earlier ? 'ruled out' : 'not ruled out', checkpoint: last?.note ?? null }
  }
}

interface LogChecked {
  readonly organisation: string
  readonly key: PublicKey
  readonly since: string | undefined
  readonly found: Findings
}

/** What is said of a log that an earlier checkpoint is no part of. */
export function notContinued(size: number): [string, string, string] {
  return [
    'ledger',
    String(size),
    `The ledger does not continue the checkpoint of size ${size}: it was rolled back or replaced.`,
  ]
}

async function checkTiles(
  owner: Owner,
  { organisation, tiles, found }: { organisation: string; tiles: Map<string, Buffer>; found: Findings },
): Promise<void> {
  const { rows } = await owner.query<{ id: string; hashes: Buffer }>(
    "select tile_level || '/' || tile_index as id, hashes from ledger_tile where organisation = $1",
    [organisation],
  )
  const kept = new Map(rows.map(({ id, hashes }) => [id, hashes]))
  for (const [id, bytes] of tiles) {
    const hashes = kept.get(id)
    if (!hashes) found.add('tile', id, 'This tile of the ledger is missing.')
    else if (!hashes.equals(bytes))
      found.add('tile', id, 'This tile is not made of the entries it stands for.')
  }
  for (const id of kept.keys()) if (!tiles.has(id)) found.add('tile', id, 'The ledger has no such tile.')
}
