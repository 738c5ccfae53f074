import { sha256Hex } from '../foundation/hashing.ts'
import { canonicalJson } from '../foundation/json.ts'
import type { Findings, Owner, RevisionRow } from './findings.ts'
import type { RecordKind, RecordState } from './record-kind.ts'
import { configOf } from './write-rows.ts'

/** Every row of one kind against its last revision, its derived rows and its searchable lines. */
export async function checkKind(
  owner: Owner,
  {
    organisation,
    kind,
    latest,
    found,
  }: { organisation: string; kind: RecordKind; latest: Map<string, RevisionRow>; found: Findings },
): Promise<void> {
  const { rows } = await owner.query<{
    id: string
    level: number
    case: string | null
    revision: number
    body: RecordState['body']
    text?: string
  }>(
    `select id, level, "case", revision, body${kind.text ? ', text' : ''} from ${kind.table} where organisation = $1 order by id`,
    [organisation],
  )
  const here = new Set<string>()
  const LEVELS = ['public', 'organisation', 'team', 'case']
  for (const row of rows) {
    here.add(row.id)
    const last = latest.get(row.id)
    if (!last) {
      found.add(kind.name, row.id, 'This record has no entry in the ledger: it was put in from outside.')
      continue
    }
    const state = { id: row.id, level: LEVELS[row.level], case: row.case, body: row.body }
    if (row.revision !== last.n || (last.after && canonicalJson(state) !== canonicalJson(last.after))) {
      found.add(kind.name, row.id, 'This record is not what its last revision says.')
    }
    if (kind.text && sha256Hex(row.text ?? '') !== row.body.textSha256)
      found.add(kind.name, row.id, 'The text of this reading was altered.')
  }
  for (const [id, last] of latest)
    if (last.kind === kind.name && !here.has(id) && !last.erased)
      found.add(kind.name, id, 'This record is missing.')
  for (const derived of kind.derived) await checkDerived(owner, { organisation, kind, derived, rows, found })
  if (kind.searchable) await checkSearchable(owner, { organisation, kind, rows, found })
}

async function checkDerived(
  owner: Owner,
  {
    organisation,
    kind,
    derived,
    rows,
    found,
  }: {
    organisation: string
    kind: RecordKind
    derived: RecordKind['derived'][number]
    rows: readonly { id: string; level: number; case: string | null; body: RecordState['body'] }[]
    found: Findings
  },
): Promise<void> {
  const names = Object.keys(derived.columns)
  const { rows: stored } = await owner.query<Record<string, unknown>>(
    `select ${names.join(', ')} from ${derived.table} where organisation = $1`,
    [organisation],
  )
  const have = new Map<string, string[]>()
  for (const row of stored) {
    const id = String(row[derived.owner])
    have.set(id, [...(have.get(id) ?? []), canonicalJson(row)])
  }
  const ids = new Set(rows.map(({ id }) => id))
  for (const row of rows) {
    const wanted = derived
      .rows({ id: row.id, level: 'organisation', case: row.case, body: row.body })
      .map((one) => canonicalJson(one))
    const got = have.get(row.id) ?? []
    if (canonicalJson(wanted.sort()) !== canonicalJson(got.sort()))
      found.add(kind.name, row.id, `What ${derived.table} says of it was altered.`)
  }
  for (const id of have.keys()) {
    const owned =
      id.slice(0, 4) ===
      (kind.name === 'remark' ? 'rmk_' : kind.name === 'statement' ? 'stm_' : id.slice(0, 4))
    if (owned && !ids.has(id))
      found.add(kind.name, id, `${derived.table} has rows for a record that is not there.`)
  }
}

/** Records whose lines are compared in one round. */
const ROUND = 500

async function checkSearchable(
  owner: Owner,
  {
    organisation,
    kind,
    rows,
    found,
  }: {
    organisation: string
    kind: RecordKind
    rows: readonly {
      id: string
      level: number
      case: string | null
      body: RecordState['body']
      text?: string
    }[]
    found: Findings
  },
): Promise<void> {
  for (let at = 0; at < rows.length; at += ROUND) {
    const round = rows.slice(at, at + ROUND)
    const { rows: stored } = await owner.query<{
      record: string
      level: number
      start: number
      config: string
      text: string
    }>(
      'select record, level, start, config::text as config, text from searched where organisation = $1 and record = any($2)',
      [organisation, round.map(({ id }) => id)],
    )
    const have = new Map<string, string[]>()
    for (const { record, ...line } of stored) {
      const lines = have.get(record)
      if (lines) lines.push(canonicalJson(line))
      else have.set(record, [canonicalJson(line)])
    }
    for (const row of round) {
      const state = { id: row.id, level: 'organisation' as const, case: row.case, body: row.body }
      const wanted = (kind.searchable?.(state, row.text ?? null) ?? []).map(({ start, text, language }) =>
        canonicalJson({ level: row.level, start, config: configOf(language), text }),
      )
      if (wanted.sort().join('\n') !== (have.get(row.id) ?? []).sort().join('\n')) {
        found.add(kind.name, row.id, 'The words by which search finds it were altered.')
      }
    }
  }
}
