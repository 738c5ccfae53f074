import type { KnownMatter } from '../matters/matter.ts'
import { aspectsFor, mattersById, mattersFirstIn } from '../matters/matter-store.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { KnownDossier } from '../sources/dossier.ts'
import { type Drift, toFilePoint } from '../sources/drift.ts'
import type { KnownPassage, KnownSource } from '../sources/source.ts'
import { driftsOf, passagesById, sourcesById, sourcesNamed } from '../sources/source-store.ts'
import type { Tx } from '../storage/database.ts'
import { naturally } from './check-dossier.ts'
import { CODING_CONTEXT, CODING_FORMAT } from './coding-format.ts'
import type { KnownLink } from './link.ts'
import type { RecordedRemark } from './remark.ts'
import type { ChainLink, Entry, Speaker, Statement, Value } from './statement.ts'
import { linksAmong, remarksOf, statementsOfDossier } from './statement-store.ts'

/** A dossier as a coding file. Applied to the record it came from, it changes nothing. */
export async function exportCoding(tx: Tx, dossier: KnownDossier): Promise<Record<string, unknown>> {
  mustBeAllowed(tx.actor, 'export', {
    organisation: tx.actor.organisation,
    level: dossier.level,
    dossier: dossier.id,
  })
  const statements = await statementsOfDossier(tx, dossier.id)
  const remarks = await remarksOf(tx, { dossier: dossier.id })
  const links = await linksAmong(
    tx,
    statements.map(({ id }) => id),
  )
  const cited = [...statements.map((one) => one.statement), ...remarks.map((one) => one.remark)]
  const passages = await passagesById(tx, [...new Set(cited.flatMap((one) => one.passages))])
  const sources = await sourcesById(tx, [...new Set(cited.map((one) => one.source))])
  const spelled = await spelledSources(tx, dossier, sources)
  const drifts = await driftsOf(tx, [...new Set([...passages.values()].map((one) => one.passage.reading))])
  const matters = new Map([
    ...(await mattersFirstIn(tx, dossier.id)),
    ...(await mattersById(tx, [...new Set(cited.flatMap(matterIdsIn))])),
  ])
  const names = new Names(
    matters,
    statements.map(({ id, statement }) => [id, statement.item]),
  )
  const items = [
    ...statements.map(({ id, statement }) => ({
      place: statement,
      body: statementBody(statement, { names, links: links.filter(({ link }) => link.from === id) }),
    })),
    ...remarks.map(({ remark }) => ({ place: remark, body: remarkBody(remark, names) })),
  ].sort((a, b) => naturally(a.place.item, b.place.item))
  const kinds = new Set([...matters.values()].map(({ matter }) => matter.kind))
  return {
    '@context': CODING_CONTEXT,
    type: 'AnnotationCollection',
    format: CODING_FORMAT,
    label: dossier.dossier.title,
    total: items.length,
    sources: [...spelled]
      .map(([id, source]) => ({ source, sha256: sources.get(id)?.source.original.sha256 ?? '' }))
      .sort((a, b) => naturally(a.source, b.source)),
    matters: [...matters.values()]
      .sort((a, b) => naturally(names.key(a.id), names.key(b.id)))
      .map(declared(names)),
    aspects: await declaredAspects(tx, { dossier, kinds }),
    items: items.map(({ place, body }) => toItem(place, body, { passages, spelled, drifts })),
  }
}

/** What targets call each source: its file name where that means it and no other of the dossier, else its bytes. */
async function spelledSources(
  tx: Tx,
  dossier: KnownDossier,
  sources: ReadonlyMap<string, KnownSource>,
): Promise<Map<string, string>> {
  const files = [...sources.values()].flatMap(({ source }) => source.fileName ?? [])
  const named = await sourcesNamed(tx, dossier.id, [...new Set(files)])
  return new Map(
    [...sources].map(([id, { source }]) => {
      const [meant, ...others] = (source.fileName !== null && named.get(source.fileName)) || []
      const alone = others.length === 0 && meant?.sha256 === source.original.sha256
      return [id, source.fileName !== null && alone ? source.fileName : `sha256:${source.original.sha256}`]
    }),
  )
}

class Names {
  readonly #matters: ReadonlyMap<string, KnownMatter>
  readonly #items: ReadonlyMap<string, string>

  constructor(matters: ReadonlyMap<string, KnownMatter>, items: readonly (readonly [string, string])[]) {
    this.#matters = matters
    this.#items = new Map(items)
  }

  key(id: string): string {
    return this.#matters.get(id)?.matter.key ?? id
  }

  item(id: string): string {
    return this.#items.get(id) ?? id
  }
}

function declared(names: Names) {
  return ({ id, matter }: KnownMatter) => ({
    key: names.key(id),
    kind: matter.kind,
    name: matter.name,
    aliases: matter.names.map(({ text }) => text),
    ...(matter.note === null ? {} : { note: matter.note }),
    ...(matter.named ? {} : { named: false }),
  })
}

async function declaredAspects(
  tx: Tx,
  { dossier, kinds }: { dossier: KnownDossier; kinds: ReadonlySet<string> },
) {
  const aspects: Record<string, Record<string, unknown>> = {}
  const known = (await aspectsFor(tx, dossier.id)).map(({ aspect }) => aspect)
  for (const aspect of known.sort((a, b) => Number(a.dossier !== null) - Number(b.dossier !== null))) {
    if (!kinds.has(aspect.matterKind)) continue
    const { valueType, holds, definition, conflict, terms } = aspect
    aspects[aspect.matterKind] = {
      ...aspects[aspect.matterKind],
      [aspect.name]: {
        valueType,
        holds,
        definition,
        ...(conflict === null ? {} : { conflict }),
        ...(terms.length > 0 ? { terms } : {}),
      },
    }
  }
  return aspects
}

function toItem(
  place: Statement | RecordedRemark,
  body: object,
  {
    passages,
    spelled,
    drifts,
  }: {
    passages: Map<string, KnownPassage>
    spelled: ReadonlyMap<string, string>
    drifts: ReadonlyMap<string, Drift>
  },
) {
  const name = spelled.get(place.source) ?? place.source
  const targets = place.passages.flatMap((id) => {
    const passage = passages.get(id)?.passage
    if (!passage) return []
    const { exact, prefix, suffix } = passage
    const drift = drifts.get(passage.reading)
    const [start, end] = [toFilePoint(drift, passage.start), toFilePoint(drift, passage.end)]
    const selector = [
      { type: 'TextQuoteSelector', exact, prefix, suffix },
      { type: 'TextPositionSelector', start, end },
    ]
    return [{ source: name, selector }]
  })
  return {
    id: place.item,
    type: 'Annotation',
    ...(place.motivation === undefined ? {} : { motivation: place.motivation }),
    target: targets.length === 1 ? targets[0] : targets,
    body,
    ...(place.inventory ? { inventory: place.inventory } : {}),
    ...(place.sentence === undefined ? {} : { sentence: place.sentence }),
  }
}

function statementBody(
  statement: Statement,
  { names, links }: { names: Names; links: readonly KnownLink[] },
): Record<string, unknown> {
  const {
    dossier,
    source,
    passages,
    item,
    inventory,
    sentence,
    motivation,
    waiting = [],
    ...said
  } = statement
  const made = links.map(({ link: { rel, to, note } }) => ({
    rel,
    to: names.item(to),
    ...(note === null ? {} : { note }),
  }))
  return {
    type: 'Statement',
    ...said,
    speakers: said.speakers.map((link) => linkOut(link, names)),
    about: said.about.map((entry) => entryOut(entry, names)),
    ...(said.protected ? { protected: said.protected.map((id) => names.key(id)) } : {}),
    ...(made.length + waiting.length > 0 ? { links: [...made, ...waiting] } : {}),
  }
}

function remarkBody(remark: RecordedRemark, names: Names): Record<string, unknown> {
  const { dossier, source, passages, item, inventory, sentence, motivation, ...body } = remark
  if (body.type === 'Mention') return { ...body, matter: names.key(body.matter) }
  if (body.type === 'Remark') return body
  return {
    ...body,
    ...(body.value === undefined ? {} : { value: valueOut(body.value, names) }),
    ...(body.suppliedBy === undefined ? {} : { suppliedBy: names.key(body.suppliedBy) }),
  }
}

function linkOut(link: ChainLink, names: Names): object {
  if ('own' in link || 'unknown' in link) return link
  if ('jointly' in link) return { ...link, jointly: link.jointly.map((one) => speakerOut(one, names)) }
  return speakerOut(link, names)
}

function speakerOut(speaker: Speaker, names: Names): object {
  const { matter, for: onBehalf, ...rest } = speaker
  const key = matter === undefined ? {} : { key: names.key(matter) }
  if (!onBehalf) return { ...rest, ...key }
  const { matter: forMatter, ...forRest } = onBehalf
  return {
    ...rest,
    ...key,
    for: { ...forRest, ...(forMatter === undefined ? {} : { key: names.key(forMatter) }) },
  }
}

function entryOut(entry: Entry, names: Names): object {
  const relative =
    typeof entry.relativeTo === 'object' ? { matter: names.key(entry.relativeTo.matter) } : entry.relativeTo
  return {
    ...entry,
    matter: names.key(entry.matter),
    ...(entry.value === undefined ? {} : { value: valueOut(entry.value, names) }),
    ...(entry.normalised === undefined ? {} : { normalised: valueOut(entry.normalised, names) }),
    ...(relative === undefined ? {} : { relativeTo: relative }),
  }
}

function valueOut(value: Value, names: Names): Value {
  return value !== null && typeof value === 'object' && 'matter' in value
    ? { matter: names.key(value.matter) }
    : value
}

function matterIdsIn(record: Statement | RecordedRemark): string[] {
  const found: string[] = []
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      if (/^mat_[0-9a-z]{20}$/.test(value)) found.push(value)
    } else if (Array.isArray(value)) value.forEach(visit)
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(visit)
  }
  visit(record)
  return found
}
