import { parseDate } from '../foundation/edtf.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { Aspect } from '../matters/aspect.ts'
import type { CodingBody } from './coding-format.ts'
import { RecordedRemark, type RemarkBody } from './remark.ts'
import type { AspectResolver } from './resolve-aspects.ts'
import type { MatterResolver } from './resolve-matters.ts'
import { type ChainLink, type Entry, type Speaker, Statement, type Value } from './statement.ts'

type StatementBody = Extract<CodingBody, { type: 'Statement' }>
interface Place {
  dossier: string
  source: string
  passages: string[]
  item: string
}
interface Resolvers {
  readonly matters: MatterResolver
  readonly aspects: AspectResolver
}

/**
 * A statement of a coding file with its keys resolved to matters of the record.
 *
 * @throws Refusal `matter_unknown`, `value_unfit`, `term_unknown`, `term_scare_quoted`, `date_unreadable`
 */
export function resolveStatement(body: StatementBody, place: Place, resolvers: Resolvers): Statement {
  const { type, links, speakers, about, protected: guarded, ...rest } = body
  const resolved = {
    ...rest,
    ...place,
    speakers: speakers.map((link, n) => resolveLink(link, `${place.item}/${n}`, resolvers)),
    about: about.map((entry) => resolveEntry(entry, body.scareQuoted ?? [], resolvers)),
    ...(guarded ? { protected: guarded.map((key) => matterId(key, resolvers)) } : {}),
  }
  return Statement.parse(resolved)
}

/** @throws Refusal `matter_unknown`, `date_unreadable` */
export function resolveRemark(body: RemarkBody, place: Place, resolvers: Resolvers): RecordedRemark {
  if (body.type === 'Mention') {
    return RecordedRemark.parse({ ...body, ...place, matter: matterId(body.matter, resolvers) })
  }
  if (body.type === 'Remark') return RecordedRemark.parse({ ...body, ...place })
  const value = body.value === undefined ? {} : { value: resolveValue(body.value, resolvers) }
  if (body.field === 'document date' && typeof body.value === 'string') parseDate(body.value)
  const supplier = body.suppliedBy === undefined ? {} : { suppliedBy: matterId(body.suppliedBy, resolvers) }
  return RecordedRemark.parse({ ...body, ...place, ...value, ...supplier })
}

function resolveLink(link: ChainLink, place: string, resolvers: Resolvers): ChainLink {
  if ('own' in link || 'unknown' in link) {
    if (link.said !== undefined) parseDate(link.said)
    return link
  }
  if ('jointly' in link) {
    if (link.said !== undefined) parseDate(link.said)
    return { ...link, jointly: link.jointly.map((one) => resolveSpeaker(one, place, resolvers)) }
  }
  return resolveSpeaker(link, place, resolvers)
}

function resolveSpeaker<One extends Speaker>(speaker: One, place: string, resolvers: Resolvers): One {
  if (speaker.said !== undefined) parseDate(speaker.said)
  const { key, ...rest } = speaker
  const matter = resolvers.matters.speaker(speaker, place).id
  if (!speaker.for) return { ...rest, matter } as One
  const { key: forKey, ...onBehalf } = speaker.for
  return {
    ...rest,
    matter,
    for: { ...onBehalf, matter: resolvers.matters.speaker(speaker.for, place).id },
  } as One
}

function resolveEntry(entry: Entry, scareQuoted: readonly string[], resolvers: Resolvers): Entry {
  const matter = resolvers.matters.byKey(entry.matter)
  if (!matter) throw unknownMatter(entry.matter)
  const given = entry.value ?? entry.normalised
  const aspect = resolvers.aspects.resolve(matter.matter.kind, entry.aspect, {
    value: given,
    scareQuoted: holdsAny(given, scareQuoted),
  })
  for (const value of [entry.value, entry.normalised]) mustFit(value, { aspect, scareQuoted, entry })
  const relative =
    typeof entry.relativeTo === 'object'
      ? { matter: matterId(entry.relativeTo.matter, resolvers) }
      : entry.relativeTo
  return {
    ...entry,
    matter: matter.id,
    ...(entry.value === undefined ? {} : { value: resolveValue(entry.value, resolvers) }),
    ...(entry.normalised === undefined ? {} : { normalised: resolveValue(entry.normalised, resolvers) }),
    ...(relative === undefined ? {} : { relativeTo: relative }),
  }
}

function resolveValue(value: Value, resolvers: Resolvers): Value {
  if (value !== null && typeof value === 'object' && 'matter' in value) {
    return { matter: matterId(value.matter, resolvers) }
  }
  return value
}

function mustFit(
  value: Value | undefined,
  { aspect, scareQuoted, entry }: { aspect: Aspect; scareQuoted: readonly string[]; entry: Entry },
): void {
  if (value === undefined || value === null) return
  const where = `"${aspect.name}" of ${entry.matter}`
  if (aspect.valueType === 'date' || aspect.valueType === 'text') {
    if (typeof value !== 'string') throw unfit(where, aspect, 'a text')
    if (aspect.valueType === 'date') parseDate(value)
    return
  }
  // Words that a source keeps at arm's length are held as they are, and compared with no term.
  if (aspect.valueType === 'term' && holdsAny(value, scareQuoted)) return
  if (typeof value === 'string') throw unfit(where, aspect, `{"${aspect.valueType}": …}`)
  if (aspect.valueType === 'matter') {
    if (!('matter' in value)) throw unfit(where, aspect, '{"matter": key}')
    return
  }
  if (aspect.valueType === 'quantity') {
    if ('matter' in value || 'term' in value) throw unfit(where, aspect, 'bounds and a unit')
    if (value.asOf !== undefined) parseDate(value.asOf)
    return
  }
  if (!('term' in value)) throw unfit(where, aspect, '{"term": word}')
  if (scareQuoted.some((words) => words.trim().toLowerCase() === value.term.trim().toLowerCase())) {
    throw new Refusal(
      'term_scare_quoted',
      `"${value.term}" stands in scare quotes in the source, so it is text and no term of ${where}: give the text itself, "${value.term}".`,
    )
  }
  if (aspect.terms.length > 0 && !aspect.terms.includes(value.term)) {
    throw new Refusal(
      'term_unknown',
      `${where} knows the terms ${aspect.terms.join(', ')}; declare "${value.term}" in the file's head to add it.`,
    )
  }
}

/** Whether a text has words in it that stand in scare quotes in the source. */
function holdsAny(value: Value | undefined, scareQuoted: readonly string[]): boolean {
  if (typeof value !== 'string') return false
  const text = value.toLowerCase()
  return scareQuoted.some((words) => words.trim() !== '' && text.includes(words.trim().toLowerCase()))
}

function unfit(where: string, aspect: Aspect, wanted: string): Refusal {
  return new Refusal('value_unfit', `${where} holds a ${aspect.valueType}: give ${wanted}.`)
}

function matterId(key: string, { matters }: Resolvers): string {
  const matter = matters.byKey(key)
  if (!matter) throw unknownMatter(key)
  return matter.id
}

function unknownMatter(key: string): Refusal {
  return new Refusal(
    'matter_unknown',
    `There is no matter "${key}"; declare it in the file's head with its kind and name.`,
  )
}
