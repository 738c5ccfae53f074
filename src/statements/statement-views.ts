import { tryDate, type UncertainDate } from '../foundation/edtf.ts'
import type { ValueType } from '../matters/aspect.ts'
import { nameOn } from '../matters/name-on.ts'
import { titlesOf } from '../matters/titles-of.ts'
import type { KnownSource } from '../sources/source.ts'
import { passagesById } from '../sources/source-store.ts'
import type { Tx } from '../storage/database.ts'
import { groupOf, saidOn } from './account.ts'
import { aspectOf, type Said } from './accounts-of.ts'
import { quantityText } from './quantity-text.ts'
import { type SpeakerFacts, speakerFacts } from './speaker-facts.ts'
import {
  type ChainLink,
  type Entry,
  innermost,
  type KnownStatement,
  type Speaker,
  type Value,
} from './statement.ts'
import { checksOf } from './suggest.ts'
import { tagsOn } from './tag-record.ts'
import type {
  DateView,
  EntryView,
  MatterRef,
  MouthView,
  PassageView,
  SourceRef,
  StatementView,
  ValueView,
} from './view-shapes.ts'

/** Statements as pages show them, by id: names instead of ids, values with their bounds, words with their places. */
export async function statementViews(
  tx: Tx,
  said: Said,
  wanted: readonly KnownStatement[],
): Promise<Map<string, StatementView>> {
  const cited = [...new Set(wanted.flatMap(({ statement }) => statement.passages))]
  const passages = await passagesById(tx, cited)
  const states = emendationStates(said)
  const facts = await speakerFacts(tx, wanted)
  const tags = await tagsOn(
    tx,
    wanted.map(({ id }) => id),
  )
  return new Map(
    wanted.map(({ id, statement }) => {
      const source = said.sources.get(statement.source)
      const publisher = source?.source.publisher ?? null
      const date = source?.source.date ?? null
      const view: StatementView = {
        id,
        item: statement.item,
        kind: statement.kind,
        polarity: statement.polarity,
        group: groupOf(statement, publisher?.group ?? 'unknown'),
        chain: statement.speakers.map((link) =>
          mouthOf(link, { publisher, facts, day: saidOn(link) ?? date }),
        ),
        missing: statement.attribution === 'missing',
        said: saidOn(innermost(statement)) ?? date,
        about: statement.about.map((entry, n) =>
          entryOf(said, { id, dossier: statement.dossier, entry, n, states, date }),
        ),
        passages: statement.passages.flatMap((one) => {
          const found = passages.get(one)
          return found ? [passageView(one, found.passage)] : []
        }),
        source: sourceRef(statement.source, source),
        hedges: statement.hedges ?? [],
        scareQuoted: statement.scareQuoted ?? [],
        ambiguity: statement.ambiguity ?? null,
        publishable: statement.publishable !== false,
        checks: checksOf({ id, statement }, tags),
        outsideRights: statement.outsideRights === true,
        note: statement.note ?? null,
      }
      return [id, view]
    }),
  )
}

export function passageView(
  id: string,
  passage: {
    exact: string
    start: number
    end: number
    state: PassageView['state']
    loose?: string[] | undefined
    marked?: string | undefined
    regions?: readonly { page: number }[] | undefined
  },
): PassageView {
  const { exact, start, end, state, loose, marked, regions } = passage
  return {
    id,
    exact,
    start,
    end,
    state,
    loose: loose ?? [],
    marked: marked ?? null,
    page: regions?.[0]?.page ?? null,
  }
}

export function sourceRef(id: string, known: KnownSource | undefined): SourceRef {
  const source = known?.source
  return {
    id,
    title: source?.title ?? '',
    kind: source?.kind ?? '',
    date: source?.date ?? null,
    publisher: source?.publisher?.name ?? null,
    group: source?.publisher?.group ?? 'unknown',
    independence: source?.provenance.independence ?? null,
    interest: source?.provenance.interest ?? null,
  }
}

export function matterRef(said: Pick<Said, 'matters' | 'facts'>, id: string): MatterRef {
  const standing = said.facts.standing(id)
  const matter = said.matters.get(standing)?.matter
  return {
    id: standing,
    name: matter?.name ?? '',
    titles: matter ? titlesOf(matter) : {},
    kind: matter?.kind ?? '',
  }
}

/** A date with the days it reaches; null where the text is none. */
export function dateView(text: string): DateView | null {
  const date = tryDate(text)
  if (!date) return null
  return {
    edtf: date.text,
    ...reachOf(date),
    uncertain: date.uncertain,
    approximate: date.approximate,
    start: date.start,
    end: date.end,
  }
}

function reachOf({ earliest, latest }: UncertainDate): Pick<DateView, 'earliest' | 'latest'> {
  return { earliest, latest }
}

interface Heard {
  readonly publisher: { name: string; group: string } | null
  readonly facts: SpeakerFacts
  /** The day of speaking, EDTF. */
  readonly day: string | null
}

function mouthOf(link: ChainLink, heard: Heard): MouthView {
  const { publisher } = heard
  const polarity = link.polarity ?? null
  if ('unknown' in link) return { voice: 'unknown', speakers: [], polarity }
  if ('own' in link) {
    const own = {
      name: publisher?.name ?? '',
      group: publisher?.group ?? 'unknown',
      matter: null,
      as: null,
      for: null,
    }
    const named = publisher !== null
    return {
      voice: 'own',
      speakers: [{ ...own, named, inferred: false, roles: [], interests: [] }],
      polarity,
    }
  }
  if ('jointly' in link)
    return { voice: 'jointly', speakers: link.jointly.map((one) => speakerOf(one, heard)), polarity }
  return { voice: 'speaker', speakers: [speakerOf(link, heard)], polarity }
}

function speakerOf(speaker: Speaker, { facts, day }: Heard): MouthView['speakers'][number] {
  const { matter } = speaker
  return {
    name: speaker.name,
    group: speaker.group ?? 'unknown',
    matter: speaker.matter ?? null,
    as: speaker.as ?? null,
    for: speaker.for?.name ?? null,
    named: speaker.named !== false,
    inferred: speaker.attribution === 'inferred',
    roles: matter === undefined ? [] : facts.rolesOn(matter, speaker.said ?? day),
    interests: matter === undefined ? [] : facts.interestsOf(matter),
  }
}

type States = ReadonlyMap<string, 'proposed' | 'accepted' | 'rejected'>

function emendationStates(said: Said): States {
  return new Map(
    said.emendations.flatMap(({ emendation }) =>
      emendation.entries.map(({ statement, n }) => [`${statement}#${n}`, emendation.state] as const),
    ),
  )
}

function entryOf(
  said: Said,
  {
    id,
    dossier,
    entry,
    n,
    states,
    date,
  }: { id: string; dossier: string; entry: Entry; n: number; states: States; date: string | null },
): EntryView {
  const { valueType } = aspectOf(said, dossier, entry)
  const normalised = valueView(said, entry.normalised ?? null, valueType)
  return {
    n,
    matter: matterRef(said, entry.matter),
    aspect: entry.aspect,
    nameThen: nameThen(said, entry.matter, date),
    asStated: entry.asStated ?? null,
    value: valueView(said, entry.value ?? null, valueType),
    normalised,
    reason: entry.reason ?? null,
    state: normalised === null ? 'none' : (states.get(`${id}#${n}`) ?? 'proposed'),
    emendation: entry.emendation ?? null,
    implied: entry.implied === true,
  }
}

function nameThen(said: Said, id: string, day: string | null): string | null {
  const matter = said.matters.get(said.facts.standing(id))?.matter
  const then = matter ? nameOn(matter, day) : null
  return then === matter?.name ? null : then
}

/** `type` is the aspect's: the text "2014" is a date only where the aspect says so. */
export function valueView(
  said: Pick<Said, 'matters' | 'facts'>,
  value: Value,
  type: ValueType,
): ValueView | null {
  const none = { date: null, matter: null, quantity: null }
  if (value === null) return null
  if (typeof value === 'string') {
    const date = type === 'date' ? dateView(value) : null
    return date ? { ...none, type: 'date', text: date.edtf, date } : { ...none, type: 'text', text: value }
  }
  if ('term' in value) return { ...none, type: 'term', text: value.term }
  if ('matter' in value) {
    const matter = matterRef(said, value.matter)
    return { ...none, type: 'matter', text: matter.name, matter }
  }
  const { lower = null, upper = null, unit = null, scope = null, asOf = null } = value
  const quantity = {
    lower,
    upper,
    approx: value.approx === true,
    vague: value.vague === true,
    unit,
    scope,
    asOf,
  }
  return { ...none, type: 'quantity', text: quantityText(value), quantity }
}
