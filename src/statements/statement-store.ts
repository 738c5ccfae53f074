import type { Json } from '../foundation/json.ts'
import { mergedWith } from '../matters/matter-store.ts'
import type { Tx } from '../storage/database.ts'
import { Emendation, type KnownEmendation } from './emendation.ts'
import { type KnownLink, Link } from './link.ts'
import { RecordedMention, RecordedRemark } from './remark.ts'
import { type KnownStatement, Statement } from './statement.ts'

interface Row {
  id: string
  revision: number
  body: Json
}

/** An item as the record has it, statement or remark. */
export interface KnownItem {
  readonly id: string
  readonly revision: number
  readonly kind: 'statement' | 'remark'
  readonly body: Json
}

/** What the record has under these item names, by name. */
export async function itemsInRecord(
  tx: Tx,
  dossier: string,
  names: readonly string[],
): Promise<Map<string, KnownItem>> {
  const rows = await tx.query<Row & { item: string; kind: 'statement' | 'remark' }>(
    `select id, revision, body, item, 'statement' as kind from statement
      where organisation = $1 and dossier = $2 and item = any($3)
     union all
     select id, revision, body, item, 'remark' from remark
      where organisation = $1 and dossier = $2 and item = any($3)`,
    [tx.actor.organisation, dossier, names],
  )
  return new Map(rows.map(({ item, ...known }) => [item, known]))
}

/** Links that start at these statements, by "from rel to". */
export async function linksFrom(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, { id: string; revision: number; note: string | null }>> {
  const rows = await tx.query<Row>(
    'select id, revision, body from link where organisation = $1 and from_statement = any($2)',
    [tx.actor.organisation, ids],
  )
  return new Map(
    rows.map(({ id, revision, body }) => {
      const { from, rel, to, note } = Link.parse(body)
      return [`${from} ${rel} ${to}`, { id, revision, note }]
    }),
  )
}

export async function emendationsOf(tx: Tx, dossier: string): Promise<KnownEmendation[]> {
  const rows = await tx.query<Row>(
    'select id, revision, body from emendation where organisation = $1 and dossier = $2 order by name',
    [tx.actor.organisation, dossier],
  )
  return rows.map(({ id, revision, body }) => ({ id, revision, emendation: Emendation.parse(body) }))
}

function toStatement({ id, revision, body }: Row): KnownStatement {
  return { id, revision, statement: Statement.parse(body) }
}

/** Statements of a dossier with links that wait for an item. */
export async function statementsWaiting(tx: Tx, dossier: string): Promise<KnownStatement[]> {
  const rows = await tx.query<Row>(
    `select id, revision, body from statement
      where organisation = $1 and dossier = $2 and body ? 'waiting' order by source, item`,
    [tx.actor.organisation, dossier],
  )
  return rows.map(toStatement)
}

/** All statements of a dossier, in the order of their words. */
export async function statementsOfDossier(tx: Tx, dossier: string): Promise<KnownStatement[]> {
  const rows = await tx.query<Row>(
    'select id, revision, body from statement where organisation = $1 and dossier = $2 order by source, item',
    [tx.actor.organisation, dossier],
  )
  return rows.map(toStatement)
}

/**
 * All statements that speak to any of these matters, or to one that a person has merged with them; where an aspect is
 * given, those that speak to it.
 */
export async function statementsAbout(
  tx: Tx,
  matters: readonly string[],
  aspect: string | null = null,
): Promise<KnownStatement[]> {
  const rows = await tx.query<Row>(
    `select s.id, s.revision, s.body from statement s
      where s.organisation = $1 and s.id in (
        select statement from entry_index
         where organisation = $1 and matter = any($2) and aspect = coalesce($3, aspect))
      order by s.source, s.item`,
    [tx.actor.organisation, await mergedWith(tx, matters), aspect],
  )
  return rows.map(toStatement)
}

/** Statements that give one of these matters as the value of an aspect of matters of one kind. */
export async function statementsValuing(
  tx: Tx,
  { matterKind, aspect, matters }: { matterKind: string; aspect: string; matters: readonly string[] },
): Promise<KnownStatement[]> {
  const rows = await tx.query<Row>(
    `select s.id, s.revision, s.body from statement s
      where s.organisation = $1 and s.id in (
        select e.statement from entry_index e
          join matter m on m.organisation = e.organisation and m.id = e.matter and m.body->>'kind' = $2
         where e.organisation = $1 and e.aspect = $3 and e.value_matter = any($4))
      order by s.source, s.item`,
    [tx.actor.organisation, matterKind, aspect, matters],
  )
  return rows.map(toStatement)
}

/** Statements of these dossiers that name one of these matters as a value. */
export async function statementsNaming(
  tx: Tx,
  matters: readonly string[],
  dossiers: readonly string[],
): Promise<KnownStatement[]> {
  const rows = await tx.query<Row>(
    `select s.id, s.revision, s.body from statement s
      where s.organisation = $1 and s.id in (
        select statement from entry_index
         where organisation = $1 and value_matter = any($2) and dossier = any($3))
      order by s.source, s.item`,
    [tx.actor.organisation, matters, dossiers],
  )
  return rows.map(toStatement)
}

/** Of these passages those that are no origin of anything: in boilerplate or a repeat, by mark or by a remark on them. */
export async function uncountedPassages(tx: Tx, passages: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(
    `select p.id from passage p
      where p.organisation = $1 and p.id = any($2) and (p.body->>'marked' is not null or exists (
        select 1 from remark r
          join passage_index i on i.organisation = r.organisation and i.item = r.id
          join passage q on q.organisation = i.organisation and q.id = i.passage
         where r.organisation = $1 and r.source = p.body->>'source'
           and (r.body->>'remark' in ('duplicate', 'boilerplate') or r.body->>'boilerplate' = 'true')
           and (q.body->>'start')::int <= (p.body->>'start')::int
           and (q.body->>'end')::int >= (p.body->>'end')::int))`,
    [tx.actor.organisation, passages],
  )
  return new Set(rows.map(({ id }) => id))
}

export async function statementsById(tx: Tx, ids: readonly string[]): Promise<KnownStatement[]> {
  const rows = await tx.query<Row>(
    'select id, revision, body from statement where organisation = $1 and id = any($2)',
    [tx.actor.organisation, ids],
  )
  return rows.map(toStatement)
}

export async function statementsOfSource(tx: Tx, source: string): Promise<KnownStatement[]> {
  const rows = await tx.query<Row>(
    'select id, revision, body from statement where organisation = $1 and source = $2 order by item',
    [tx.actor.organisation, source],
  )
  return rows.map(toStatement)
}

export interface KnownRemark {
  readonly id: string
  readonly revision: number
  readonly remark: RecordedRemark
}

export async function remarksOf(
  tx: Tx,
  of: { dossier: string } | { source: string },
): Promise<KnownRemark[]> {
  const [column, value] = 'dossier' in of ? ['dossier', of.dossier] : ['source', of.source]
  const rows = await tx.query<Row>(
    `select id, revision, body from remark where organisation = $1 and ${column} = $2 order by source, item`,
    [tx.actor.organisation, value],
  )
  return rows.map(({ id, revision, body }) => ({ id, revision, remark: RecordedRemark.parse(body) }))
}

/** What words of these sources tell about the source itself, in one field, in the order of the items. */
export async function sourceFactsOf(
  tx: Tx,
  sources: readonly string[],
  field: string,
): Promise<{ source: string; value: Json }[]> {
  return tx.query<{ source: string; value: Json }>(
    `select source, body->'value' as value from remark
      where organisation = $1 and source = any($2) and body->>'type' = 'SourceFact' and body->>'field' = $3
      order by source, item`,
    [tx.actor.organisation, sources, field],
  )
}

/** Mentions of these matters, in the order of their words' sources. */
export async function mentionsOf(
  tx: Tx,
  matters: readonly string[],
): Promise<{ id: string; remark: RecordedMention }[]> {
  const rows = await tx.query<Row>(
    `select id, revision, body from remark
      where organisation = $1 and body->>'type' = 'Mention' and body->>'matter' = any($2) order by source, item`,
    [tx.actor.organisation, matters],
  )
  return rows.map(({ id, body }) => ({ id, remark: RecordedMention.parse(body) }))
}

/** Links that touch any of these statements, either way. */
export async function linksAmong(tx: Tx, statements: readonly string[]): Promise<KnownLink[]> {
  const rows = await tx.query<Row>(
    `select id, revision, body from link where organisation = $1
       and (from_statement = any($2) or to_statement = any($2)) order by id`,
    [tx.actor.organisation, statements],
  )
  return rows.map(({ id, body }) => ({ id, link: Link.parse(body) }))
}

/** How many statements stand in each source of a dossier. */
export async function statementCounts(
  tx: Tx,
  dossier: string,
  sources: readonly string[] | null = null,
): Promise<Map<string, number>> {
  const rows = await tx.query<{ source: string; n: number }>(
    `select source, count(*)::int as n from statement
      where organisation = $1 and dossier = $2 ${sources === null ? '' : 'and source = any($3)'} group by source`,
    [tx.actor.organisation, dossier, ...(sources === null ? [] : [sources])],
  )
  return new Map(rows.map(({ source, n }) => [source, n]))
}
