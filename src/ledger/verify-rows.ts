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

/** Long texts read at once, and other rows. */
const FEW = 8
const ROUND = 500

/** The rows of one kind with these ids, a round at a time. */
async function* nounRows(
  owner: Owner,
  { organisation, kind, ids }: { organisation: string; kind: RecordKind; ids: readonly string[] },
): AsyncGenerator<NounRow[]> {
  const round = kind.text ? FEW : ROUND
  for (let at = 0; at < ids.length; at += round) {
    const { rows } = await owner.query<NounRow>(
      `select id, level, "case", revision, body${kind.text ? ', text' : ''} from ${kind.table}
        where organisation = $1 and id = any($2) order by id`,
      [organisation, ids.slice(at, at + round)],
    )
    yield rows
  }
}

/** Rows of one kind against their last revisions, with the words by which search finds them and all derived rows. */
export async function checkKind(
  owner: Owner,
  {
    organisation,
    kind,
    latest,
    found,
  }: { organisation: string; kind: RecordKind; latest: ReadonlyMap<string, RevisionRow>; found: Findings },
): Promise<void> {
  const ids = [...latest].filter(([, last]) => last.kind === kind.name).map(([id]) => id)
  const here = new Set<string>()
  for await (const rows of nounRows(owner, { organisation, kind, ids })) {
    for (const row of rows) {
      here.add(row.id)
      const last = latest.get(row.id)
      const state = { id: row.id, level: LEVEL_NAMES[row.level], case: row.case, body: row.body }
      if (!last?.after)
        found.add(kind.name, row.id, 'This record was erased, and a row of it is still there.')
      else if (row.revision !== last.n || canonicalJson(state) !== canonicalJson(last.after))
        found.add(kind.name, row.id, 'This record is not what its last revision says.')
      if (kind.text && sha256Hex(row.text ?? '') !== row.body.textSha256)
        found.add(kind.name, row.id, 'The text of this reading was altered.')
    }
    for (const derived of kind.derived) await checkDerived(owner, { organisation, derived, rows, found })
    if (kind.searchable) await checkSearchable(owner, { organisation, kind, rows, found })
  }
  for (const id of ids)
    if (!here.has(id) && latest.get(id)?.after) found.add(kind.name, id, 'This record is missing.')
}

/** Rows in any table that nothing in the ledger speaks of. */
export async function checkStrays(
  owner: Owner,
  { organisation, kinds, found }: { organisation: string; kinds: readonly RecordKind[]; found: Findings },
): Promise<void> {
  for (const { name, table } of kinds) {
    const { rows } = await owner.query<{ id: string }>(
      `select id from ${table} t where organisation = $1 and not exists (
         select 1 from revision r where r.organisation = $1 and r.record = t.id and r.kind = $2) order by id`,
      [organisation, name],
    )
    for (const { id } of rows)
      found.add(name, id, 'This record has no entry in the ledger: it was put in from outside.')
  }
  const owners = new Map<string, { column: string; tables: string[] }>()
  for (const { table, derived } of kinds)
    for (const one of derived) {
      const tables = owners.get(one.table)?.tables ?? []
      owners.set(one.table, { column: one.owner, tables: [...tables, table] })
    }
  for (const [derived, { column, tables }] of owners) {
    const { rows } = await owner.query<{ id: string }>(
      `select distinct d.${column} as id from ${derived} d where d.organisation = $1 and ${tables
        .map(
          (table) => `not exists (select 1 from ${table} t where t.organisation = $1 and t.id = d.${column})`,
        )
        .join(' and ')}`,
      [organisation],
    )
    for (const { id } of rows)
      found.add(kindOfId(id) ?? 'record', id, `${derived} has rows for a record that is not there.`)
  }
}

/** What points at a matter without a key of the database; a matter that was erased goes on being named. */
const NAMING = [
  ['entry_index', 'matter', 'statement'],
  ['speaker_index', 'matter', 'statement'],
  ['finding', 'matter', 'id'],
  ['matter', 'merged_into', 'id'],
] as const

/** Every matter that is named has a history, be it one that was erased. */
export async function checkNamed(
  owner: Owner,
  { organisation, found }: { organisation: string; found: Findings },
): Promise<void> {
  for (const [table, column, by] of NAMING) {
    const { rows } = await owner.query<{ id: string }>(
      `select distinct t.${by} as id from ${table} t where t.organisation = $1 and t.${column} in (
         select m from (select distinct ${column} as m from ${table} where organisation = $1 and ${column} is not null) named
          where not exists (select 1 from revision r where r.organisation = $1 and r.record = named.m)) order by 1`,
      [organisation],
    )
    for (const { id } of rows)
      found.add(kindOfId(id) ?? 'record', id, `${table} names a matter that the ledger does not know.`)
  }
}

/** The rows of one derived table for these records, row by row, with the levels that decide who sees them. */
async function checkDerived(
  owner: Owner,
  {
    organisation,
    derived,
    rows,
    found,
  }: {
    organisation: string
    derived: RecordKind['derived'][number]
    rows: readonly NounRow[]
    found: Findings
  },
): Promise<void> {
  const { rows: stored } = await owner.query<Record<string, unknown>>(
    `select ${Object.keys(derived.columns).join(', ')}, level, "case" from ${derived.table}
      where organisation = $1 and ${derived.owner} = any($2)`,
    [organisation, rows.map(({ id }) => id)],
  )
  const have = new Map<string, string[]>()
  for (const row of stored) push(have, String(row[derived.owner]), canonicalJson(row))
  for (const { id, level, case: caseId, body } of rows) {
    const state = { id, level: LEVELS[level] ?? 'case', case: caseId, body }
    const wanted = derivable(() => derived.rows(state)).map((row) =>
      canonicalJson({ ...row, level, case: caseId }),
    )
    if (wanted.sort().join('\n') !== (have.get(id) ?? []).sort().join('\n'))
      found.add(kindOfId(id) ?? 'record', id, `What ${derived.table} says of it was altered.`)
  }
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

async function checkSearchable(
  owner: Owner,
  {
    organisation,
    kind,
    rows,
    found,
  }: { organisation: string; kind: RecordKind; rows: readonly NounRow[]; found: Findings },
): Promise<void> {
  const { rows: stored } = await owner.query<{ record: string }>(
    `select s.record, s.level, s."case", s.start, s.config::text as config, s.text,
            coalesce(i.level = s.level and i."case" is not distinct from s."case"
              and i.words = to_tsvector(s.config, search_fold(s.text)), false) as ranked
       from searched s left join line_index i on i.organisation = s.organisation and i.line = s.id
      where s.organisation = $1 and s.record = any($2)`,
    [organisation, rows.map(({ id }) => id)],
  )
  const have = new Map<string, string[]>()
  for (const { record, ...line } of stored) push(have, record, canonicalJson(line))
  for (const { id, level, case: caseId, body, text } of rows) {
    const state = { id, level: LEVELS[level] ?? 'case', case: caseId, body }
    const wanted = derivable(() => [...(kind.searchable?.(state, text ?? null) ?? [])]).map((line) =>
      canonicalJson({
        level,
        case: caseId,
        start: line.start,
        config: configOf(line.language),
        text: line.text,
        ranked: true,
      }),
    )
    if (wanted.sort().join('\n') !== (have.get(id) ?? []).sort().join('\n'))
      found.add(kind.name, id, 'The words by which search finds it were altered.')
  }
}

/**
 * Every line that search reads has the visibility class of its level, and a record that it was made from; every line
 * that the order by relevance reads, one that search reads.
 */
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
  const { rows: stray } = await owner.query<{ line: string }>(
    `select i.line from line_index i where i.organisation = $1 and not exists (
       select 1 from searched s where s.organisation = $1 and s.id = i.line) order by 1`,
    [organisation],
  )
  for (const { line } of stray)
    found.add('record', `line ${line}`, 'line_index has words of a line that is not there.')
}
