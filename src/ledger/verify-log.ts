import { sha256Hex } from '../foundation/hashing.ts'
import type { LedgerKey } from '../storage/workspace.ts'
import { openCheckpoint } from './checkpoint.ts'
import type { Findings, Owner, StoredEntry } from './findings.ts'
import { readLeaf } from './leaf.ts'
import { TileMaker } from './tiles.ts'
import { GrowingTree, leafHash } from './tree.ts'

type PublicKey = Pick<LedgerKey, 'name' | 'publicKey'>

/** The log as it is stored: entries in the tree in their order, and those that wait. */
export async function storedEntries(
  owner: Owner,
  organisation: string,
): Promise<{ placed: StoredEntry[]; waiting: StoredEntry[] }> {
  const { rows } = await owner.query<{ index: number; entry: string; leaf: string }>(
    'select index::int, entry, leaf from ledger_entry where organisation = $1 order by index',
    [organisation],
  )
  const { rows: inbox } = await owner.query<{ entry: string; leaf: string }>(
    'select entry, leaf from ledger_inbox where organisation = $1 order by place',
    [organisation],
  )
  return {
    placed: rows.map((row) => ({ ...row, said: readLeaf(row.leaf) })),
    waiting: inbox.map((row) => ({ ...row, index: null, said: readLeaf(row.leaf) })),
  }
}

interface LogCheck {
  readonly organisation: string
  readonly key: PublicKey
  readonly placed: readonly StoredEntry[]
  readonly since: string | undefined
  readonly found: Findings
}

/** The tree against its checkpoints and tiles, and against an earlier checkpoint where one is given. */
export async function checkLog(
  owner: Owner,
  { organisation, key, placed, since, found }: LogCheck,
): Promise<{ rollback: 'ruled out' | 'not ruled out'; checkpoint: string | null }> {
  const { rows: checkpoints } = await owner.query<{ size: string; note: string }>(
    'select size, note from ledger_checkpoint where organisation = $1 order by size',
    [organisation],
  )
  const earlier =
    since === undefined ? null : openCheckpoint(since.endsWith('\n') ? since : `${since}\n`, key)
  const wanted = new Set([...checkpoints.map(({ size }) => Number(size)), earlier?.size ?? 0, 0])
  const { roots, tiles } = grow(placed, { wanted, found })
  await checkTiles(owner, { organisation, tiles, found })
  for (const { size, note } of checkpoints) {
    const checkpoint = openCheckpoint(note, key)
    if (!checkpoint)
      found.add('checkpoint', size, `The checkpoint of size ${size} does not carry this ledger's signature.`)
    else if (checkpoint.size !== Number(size) || !roots.get(checkpoint.size)?.equals(checkpoint.root))
      found.add(
        'checkpoint',
        size,
        `The entries up to ${size} are not those that its checkpoint was signed over.`,
      )
  }
  const last = checkpoints.at(-1)
  if (placed.length > 0 && Number(last?.size ?? 0) !== placed.length)
    found.add('checkpoint', String(placed.length), 'The newest entries have no checkpoint over them.')
  if (since !== undefined && !earlier)
    found.cannotTell.push('The checkpoint given was not signed by this ledger.')
  if (earlier && !roots.get(earlier.size)?.equals(earlier.root)) found.add(...notContinued(earlier.size))
  return { rollback: earlier ? 'ruled out' : 'not ruled out', checkpoint: last?.note ?? null }
}

/** What is said of a log that an earlier checkpoint is no part of. */
export function notContinued(size: number): [string, string, string] {
  return [
    'ledger',
    String(size),
    `The ledger does not continue the checkpoint of size ${size}: it was rolled back or replaced.`,
  ]
}

function grow(
  placed: readonly StoredEntry[],
  { wanted, found }: { wanted: ReadonlySet<number>; found: Findings },
): { roots: Map<number, Buffer>; tiles: Map<string, Buffer> } {
  const tree = new GrowingTree()
  const roots = new Map([[0, tree.root()]])
  const tiles = new Map<string, Buffer>()
  const maker = new TileMaker(({ level, index }, bytes) => tiles.set(`${level}/${index}`, bytes))
  for (const [place, { index, entry, leaf, said }] of placed.entries()) {
    if (index !== place)
      found.add(
        'entry',
        entry,
        `The entry at place ${index} should stand at place ${place}: one is missing or was moved.`,
      )
    if (!said) found.add('entry', entry, 'This entry cannot be read.')
    const hash = leafHash(leaf)
    tree.append(hash)
    maker.append(hash)
    if (wanted.has(place + 1)) roots.set(place + 1, tree.root())
  }
  return { roots, tiles }
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

/** Every change that a process answered for is there, each roll call follows the one before. */
export function checkRollCalls(entries: readonly StoredEntry[], found: Findings): void {
  const numbers = new Map<string, Set<number>>()
  for (const { said } of entries) {
    if (!said) continue
    const known = numbers.get(said.process)
    if (known) known.add(said.number)
    else numbers.set(said.process, new Set([said.number]))
  }
  const calls = new Map<string, { hash: string | null; upTo: number; ended: boolean }>()
  for (const { entry, leaf, said } of entries) {
    if (said?.type !== 'roll call') continue
    const { process, previous = null, upTo = 0, void: gone = [], last = false } = said
    const before = calls.get(process) ?? { hash: null, upTo: 0, ended: false }
    if (before.hash !== previous)
      found.add('roll call', entry, 'This roll call does not follow the one before it.')
    const rolledBack = new Set(gone)
    const there = numbers.get(process)
    for (let number = before.upTo + 1; number <= upTo; number += 1) {
      if (rolledBack.has(number) || there?.has(number)) continue
      found.add(
        'entry',
        `${process}#${number}`,
        `Change ${number} of process ${process} was answered for and is not in the ledger.`,
      )
    }
    calls.set(process, { hash: sha256Hex(leaf), upTo: Math.max(upTo, before.upTo), ended: last })
  }
  const open = [...numbers.keys()].filter((process) => !calls.get(process)?.ended)
  if (open.length === 0) return
  const named = open.slice(0, 5).map((process) => `${process} after change ${calls.get(process)?.upTo ?? 0}`)
  found.limits.push(
    `Cannot tell whether a change was deleted before it got its place, where a process was killed or is at work now (${named.join(', ')}${open.length > 5 ? ` and ${open.length - 5} more` : ''}); a receipt of such a change would show it.`,
  )
}
