import { sha256Hex } from '../foundation/hashing.ts'
import { kindOfId } from '../foundation/ids.ts'
import { canonicalJson } from '../foundation/json.ts'
import { LEVELS } from '../protection/actor.ts'
import type { Findings, Owner, RevisionRow } from './findings.ts'
import type { RecordKind, RecordState } from './record-kind.ts'
import { configOf } from './write-rows.ts'

/** Levels by the number they are stored as; a number that is none has no name. */
export const LEVEL_NAMES: readonly (string | undefined)[] = LEVELS

interface NounRow {
  id: string
  level: number
  case: string | null
  revision: number
  body: RecordState['body']
  text?: string
}

async function nounRows(owner: Owner, kind: RecordKind, organisation: string): Promise<NounRow[]> {
  const { rows } = await owner.query<NounRow>(
    `select id, level, "case", revision, body${kind.text ? ', text' : ''} from ${kind.table} where organisation = $1 order by id`,
    [organisation],
  )
  return rows
}

/** Every row of one kind against its last revision, and the words by which search finds it. */
export async function checkKind(
  owner: Owner,
  {
    organisation,
    kind,
    latest,
    found,
  }: { organisation: string; kind: RecordKind; latest: Map<string, RevisionRow>; found: Findings },
): Promise<void> {
  const rows = await nounRows(owner, kind, organisation)
  const here = new Set<string>()
  for (const row of rows) {
    here.add(row.id)
    const last = latest.get(row.id)
    if (!last) {
      found.add(kind.name, row.id, 'This record has no entry in the ledger: it was put in from outside.')
      continue
    }
    const state = { id: row.id, level: LEVEL_NAMES[row.level], case: row.case, body: row.body }
    if (!last.after) found.add(kind.name, row.id, 'This record was erased, and a row of it is still there.')
    else if (row.revision !== last.n || canonicalJson(state) !== canonicalJson(last.after))
      found.add(kind.name, row.id, 'This record is not what its last revision says.')
    if (kind.text && sha256Hex(row.text ?? '') !== row.body.textSha256)
      found.add(kind.name, row.id, 'The text of this reading was altered.')
  }
  for (const [id, last] of latest)
    if (last.kind === kind.name && !here.has(id) && last.after)
      found.add(kind.name, id, 'This record is missing.')
  if (kind.searchable) await checkSearchable(owner, { organisation, kind, rows, found })
}

/** Every derived table, row by row, with the levels that decide who sees it. */
export async function checkDerived(
  owner: Owner,
  { organisation, kinds, found }: { organisation: string; kinds: readonly RecordKind[]; found: Findings },
): Promise<void> {
  const wanted = new Map<string, { derived: RecordKind['derived'][number]; rows: Map<string, string[]> }>()
  for (const kind of kinds) {
    if (kind.derived.length === 0) continue
    const nouns = await nounRows(owner, kind, organisation)
    for (const derived of kind.derived) {
      const table = wanted.get(derived.table) ?? { derived, rows: new Map<string, string[]>() }
      wanted.set(derived.table, table)
      for (const { id, level, case: caseId, body } of nouns) {
        const state = { id, level: LEVELS[level] ?? 'case', case: caseId, body }
        const rows = derivable(() => derived.rows(state)).map((row) =>
          canonicalJson({ ...row, level, case: caseId }),
        )
        table.rows.set(id, rows)
      }
    }
  }
  for (const { derived, rows } of wanted.values())
    await compareDerived(owner, { organisation, derived, rows, found })
}

async function compareDerived(
  owner: Owner,
  {
    organisation,
    derived,
    rows,
    found,
  }: {
    organisation: string
    derived: RecordKind['derived'][number]
    rows: ReadonlyMap<string, readonly string[]>
    found: Findings
  },
): Promise<void> {
  const { rows: stored } = await owner.query<Record<string, unknown>>(
    `select ${Object.keys(derived.columns).join(', ')}, level, "case" from ${derived.table} where organisation = $1`,
    [organisation],
  )
  const have = new Map<string, string[]>()
  for (const row of stored) push(have, String(row[derived.owner]), canonicalJson(row))
  for (const [id, wanted] of rows) {
    if ([...wanted].sort().join('\n') !== (have.get(id) ?? []).sort().join('\n'))
      found.add(kindOfId(id) ?? 'record', id, `What ${derived.table} says of it was altered.`)
  }
  for (const id of have.keys())
    if (!rows.has(id))
      found.add(kindOfId(id) ?? 'record', id, `${derived.table} has rows for a record that is not there.`)
}

/** Nothing can be derived from a body that is no longer of its form; checkKind names the record. */
function derivable<Row>(derive: () => Row[]): Row[] {
  try {
    return derive()
  } catch {
    return []
  }
}

function push(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
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
  }: { organisation: string; kind: RecordKind; rows: readonly NounRow[]; found: Findings },
): Promise<void> {
  for (let at = 0; at < rows.length; at += ROUND) {
    const round = rows.slice(at, at + ROUND)
    const { rows: stored } = await owner.query<{ record: string }>(
      'select record, level, "case", start, config::text as config, text from searched where organisation = $1 and record = any($2)',
      [organisation, round.map(({ id }) => id)],
    )
    const have = new Map<string, string[]>()
    for (const { record, ...line } of stored) push(have, record, canonicalJson(line))
    for (const { id, level, case: caseId, body, text } of round) {
      const state = { id, level: LEVELS[level] ?? 'case', case: caseId, body }
      const wanted = derivable(() => kind.searchable?.(state, text ?? null) ?? []).map((line) =>
        canonicalJson({
          level,
          case: caseId,
          start: line.start,
          config: configOf(line.language),
          text: line.text,
        }),
      )
      if (wanted.sort().join('\n') !== (have.get(id) ?? []).sort().join('\n'))
        found.add(kind.name, id, 'The words by which search finds it were altered.')
    }
  }
}

/** Every line that search reads has the visibility class of its level, and a record that it was made from. */
export async function checkSearchClasses(
  owner: Owner,
  { organisation, kinds, found }: { organisation: string; kinds: readonly RecordKind[]; found: Findings },
): Promise<void> {
  const searchable = kinds.filter(({ searchable }) => searchable).map(({ table }) => table)
  const { rows } = await owner.query<{ record: string; stray: boolean }>(
    `select distinct s.record, r.id is null as stray from searched s
       left join visibility_class v on v.organisation = s.organisation and v.class = s.class
        and v.level = s.level and v."case" is not distinct from s."case" and v.dossier = ''
       left join (${searchable.map((table) => `select organisation, id from ${table}`).join(' union all ')}) r
         on r.organisation = s.organisation and r.id = s.record
      where s.organisation = $1 and (v.class is null or r.id is null)`,
    [organisation],
  )
  for (const { record, stray } of rows) {
    const sentence = stray
      ? 'Search has words of a record that is not there.'
      : 'Who may find its words was altered.'
    found.add(kindOfId(record) ?? 'record', record, sentence)
  }
}
