import type { Json } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { levelNumber } from '../protection/actor.ts'
import type { Tx } from '../storage/database.ts'
import type { Changed, RecordKind, SearchableLine } from './record-kind.ts'

/** Rows sent in one statement, so that a large batch never makes one parameter larger than the database takes. */
const CHUNK = 2000
/** Of their texts together, in UTF-16 units. */
const CHUNK_SIZE = 1 << 16

/**
 * Write the noun rows of one kind: new ones inserted, others moved from the revision they were read at to the next.
 *
 * @throws Refusal `changed_meanwhile`
 */
export async function writeNouns(tx: Tx, kind: RecordKind, changes: readonly Changed[]): Promise<void> {
  const text = kind.text ? ', text' : ''
  for (const chunk of chunks(changes.filter(({ revision }) => revision === 0))) {
    await tx.query(
      `insert into ${kind.table} (organisation, level, "case", id, revision, body${text})
       select $1, r.level, r."case", r.id, 1, r.body${kind.text ? ', r.text' : ''}
         from jsonb_to_recordset($2) as r(level smallint, "case" text, id text, body jsonb, text text)`,
      [tx.actor.organisation, JSON.stringify(chunk.map(rowOf))],
    )
  }
  for (const chunk of chunks(changes.filter(({ revision }) => revision > 0))) {
    const moved = await tx.query(
      `update ${kind.table} t set level = r.level, "case" = r."case", revision = r.revision + 1, body = r.body
         from jsonb_to_recordset($2) as r(level smallint, "case" text, id text, revision integer, body jsonb)
        where t.organisation = $1 and t.id = r.id and t.revision = r.revision returning t.id`,
      [tx.actor.organisation, JSON.stringify(chunk.map(rowOf))],
    )
    if (moved.length < chunk.length) {
      throw new Refusal(
        'changed_meanwhile',
        'Somebody else changed this in the meantime; open it again and repeat your change.',
      )
    }
  }
}

export async function writeDerived(tx: Tx, kind: RecordKind, changes: readonly Changed[]): Promise<void> {
  for (const { table, owner, columns, rows } of kind.derived) {
    const updated = changes.filter(({ revision }) => revision > 0).map(({ state }) => state.id)
    if (updated.length > 0) {
      await tx.query(`delete from ${table} where organisation = $1 and ${owner} = any($2)`, [
        tx.actor.organisation,
        updated,
      ])
    }
    const names = Object.keys(columns)
    const all = changes.flatMap(({ state }) =>
      rows(state).map(
        (row): Record<string, Json> => ({
          ...row,
          guard_level: levelNumber(state.level),
          guard_case: state.case,
        }),
      ),
    )
    const types = Object.entries(columns).map(([name, type]) => `${name} ${type}`)
    for (const chunk of chunks(all)) {
      await tx.query(
        `insert into ${table} (organisation, level, "case", ${names.join(', ')})
         select $1, r.guard_level, r.guard_case, ${names.map((name) => `r.${name}`).join(', ')}
           from jsonb_to_recordset($2) as r(guard_level smallint, guard_case text, ${types.join(', ')})`,
        [tx.actor.organisation, JSON.stringify(chunk)],
      )
    }
  }
}

/**
 * Lines are written anew with every change that could alter them; a reading's only once, with its text. `written` hears
 * after each round how many lines of this change there are by now.
 */
export async function writeSearchable(
  tx: Tx,
  kind: RecordKind,
  {
    changes,
    written = () => undefined,
  }: { changes: readonly Changed[]; written?: ((lines: number) => void) | undefined },
): Promise<void> {
  if (!kind.searchable) return
  const updated = changes
    .filter(({ revision, text }) => revision > 0 && (!kind.text || text !== undefined))
    .map(({ state }) => state.id)
  if (updated.length > 0) {
    await tx.query(
      `with gone as (delete from searched where organisation = $1 and record = any($2) returning id)
       delete from line_index where organisation = $1 and line in (select id from gone)`,
      [tx.actor.organisation, updated],
    )
  }
  await nameClasses(tx, changes)
  if (kind.text) await regradeLines(tx, changes)
  let lines = 0
  for (const chunk of chunks(linesOf(kind, changes), ({ text }) => text.length)) {
    const [row] = await tx.query<{ lines: number }>(
      `with written as (
         insert into searched (organisation, level, "case", class, record, start, config, text)
         select $1, r.level, r."case", v.class, r.record, r.start, r.config::regconfig, r.text
           from jsonb_to_recordset($2) as r(level smallint, "case" text, record text, start integer, config text, text text)
           join visibility_class v on v.organisation = $1 and v.level = r.level and v.dossier = '' and v."case" is not distinct from r."case"
         returning level, "case", id, config, text),
       read as (
         insert into line_index (organisation, level, "case", line, words)
         select $1, level, "case", id, to_tsvector(config, search_fold(text)) from written)
       select count(*)::integer as lines from written`,
      [tx.actor.organisation, JSON.stringify(chunk)],
    )
    // Two first uses of one visibility class at once: the loser is told to try again instead of losing lines.
    if (row?.lines !== chunk.length) {
      throw new Refusal(
        'changed_meanwhile',
        'Somebody else changed this in the meantime; repeat your change.',
      )
    }
    lines += chunk.length
    written(lines)
  }
}

/** Lines of texts that stay as they are go where their record goes. */
async function regradeLines(tx: Tx, changes: readonly Changed[]): Promise<void> {
  const kept = changes.filter(({ regrade, text }) => regrade === true && text === undefined)
  for (const chunk of chunks(kept)) {
    const guards = chunk.map(({ state: { id, level, case: caseId } }) => ({
      record: id,
      level: levelNumber(level),
      case: caseId,
    }))
    await tx.query(
      `with moved as (
         update searched s set level = r.level, "case" = r."case", class = v.class
           from jsonb_to_recordset($2) as r(record text, level smallint, "case" text)
           join visibility_class v on v.organisation = $1 and v.level = r.level and v.dossier = '' and v."case" is not distinct from r."case"
          where s.organisation = $1 and s.record = r.record returning s.id, s.level, s."case")
       update line_index i set level = m.level, "case" = m."case" from moved m
        where i.organisation = $1 and i.line = m.id`,
      [tx.actor.organisation, JSON.stringify(guards)],
    )
  }
}

/** A visibility class for every level and case of a change, once for all its lines. */
async function nameClasses(tx: Tx, changes: readonly Changed[]): Promise<void> {
  const guards = new Map(
    changes.map(({ state: { level, case: caseId } }) => [
      `${level} ${caseId}`,
      { level: levelNumber(level), case: caseId },
    ]),
  )
  for (const guard of guards.values())
    await tx.query('select name_class($1::smallint, $2)', [guard.level, guard.case])
}

type Line = SearchableLine & { record: string; level: number; case: string | null; config: string }

/** One after another: a long file has hundreds of thousands, and they are never all in memory as rows. */
function* linesOf(kind: RecordKind, changes: readonly Changed[]): Generator<Line> {
  for (const { state, text } of changes) {
    if (kind.text && text === undefined) continue
    const common = { record: state.id, level: levelNumber(state.level), case: state.case }
    for (const line of kind.searchable?.(state, text ?? null) ?? []) {
      yield { ...line, ...common, config: configOf(line.language) }
    }
  }
}

/** Languages whose words PostgreSQL can reduce to stems; all others are kept as they stand. */
const STEMMED: Record<string, string> = {
  en: 'english',
  ru: 'russian',
  ar: 'arabic',
  fr: 'french',
  es: 'spanish',
  de: 'german',
  tr: 'turkish',
}

/** All configurations in which a word has a stem; a question is asked in each. */
export const STEMMED_CONFIGS: readonly string[] = Object.values(STEMMED)

/** The text search configuration for a language. */
export function configOf(language: string): string {
  return STEMMED[language] ?? 'simple'
}

function rowOf({ state, revision, text }: Changed) {
  return {
    level: levelNumber(state.level),
    case: state.case,
    id: state.id,
    revision,
    body: state.body,
    ...(text === undefined ? {} : { text }),
  }
}

function* chunks<Item>(items: Iterable<Item>, sizeOf: (item: Item) => number = () => 0): Generator<Item[]> {
  let chunk: Item[] = []
  let size = 0
  for (const item of items) {
    chunk.push(item)
    size += sizeOf(item)
    if (chunk.length < CHUNK && size < CHUNK_SIZE) continue
    yield chunk
    chunk = []
    size = 0
  }
  if (chunk.length > 0) yield chunk
}
