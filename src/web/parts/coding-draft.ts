import type { z } from 'zod'
import type { matterOperations } from '../../matters/contract.ts'
import type { STATEMENT_KINDS } from '../../statements/statement.ts'
import { freshKey } from './fresh-key.ts'
import type { Chosen } from './matter-field.tsx'
import { targetOf, type Words } from './words-at-hand.ts'

export type Kind = (typeof STATEMENT_KINDS)[number]
export type KnownAspect = z.output<(typeof matterOperations)['listAspects']['answer']>['aspects'][number]

/** One letter a kind, on the physical key. */
export const KIND_KEYS: Readonly<Record<string, Kind>> = {
  o: 'observation',
  t: 'testimony',
  i: 'inference',
  l: 'allegation',
  b: 'belief',
  p: 'opinion',
  f: 'forecast',
  g: 'conclusion',
  w: 'report',
  y: 'position',
  c: 'official claim',
  d: 'denial',
  j: 'justification',
  m: 'commitment',
  r: 'recommendation',
  e: 'demand',
  n: 'announcement',
  s: 'assessment',
  q: 'question',
}

/** Somebody in a speaker chain. */
export type Mouth = Chosen & {
  readonly group: string
  readonly as: string
  /** Of an interview's turn: one person, however often. */
  readonly turn?: true
}

/** What the palette holds while a statement is being coded. */
export interface CodingDraft {
  readonly kind: Kind
  readonly polarity: string
  /** Null: the source's own voice. */
  readonly speaker: Mouth | null
  /** Who passes the speaker's words on to the source; null where the source has them itself. */
  readonly through: Mouth | null
  readonly nobody: boolean
  readonly about: Chosen | null
  readonly newKind: string
  readonly aspect: string
  readonly valueType: KnownAspect['valueType']
  readonly value: string
  readonly valueMatter: Chosen | null
  readonly unit: string
  readonly normalised: string
  readonly reason: string
  readonly hedge: string
  readonly note: string
  /** What it is marked to be checked for. */
  readonly checks: readonly string[]
}

/** What is empty again for every new statement; who speaks and of what stays, for the next sentence. */
export const NOTHING_SAID = {
  value: '',
  valueMatter: null,
  normalised: '',
  reason: '',
  hedge: '',
  note: '',
  checks: [],
}

export const EMPTY_DRAFT: CodingDraft = {
  ...NOTHING_SAID,
  kind: 'report',
  polarity: 'affirmed',
  speaker: null,
  through: null,
  nobody: false,
  about: null,
  newKind: 'event',
  aspect: '',
  valueType: 'text',
  unit: '',
}

/** Whoever speaks in a turn, as the speaker of a statement: known by name within this record, made where it is not. */
export function turnSpeaker(name: string): Mouth {
  return { id: null, key: null, name, kind: 'person', group: 'witness', as: '', turn: true }
}

/** A coding file with this one statement: the palette and the command line go through the same door. */
export function codingFileOf(
  draft: CodingDraft,
  words: Words,
  /** `declared`: the aspect is known here, so the file says nothing of how it is compared. */
  { id, declared }: { id: string; declared: boolean },
): Record<string, unknown> & { items: unknown[] } {
  const matters: Record<string, unknown>[] = []
  const keyOf = (chosen: Chosen, kind: string): string => {
    if (chosen.id !== null) return chosen.key ?? chosen.id
    const same = matters.find((one) => one.name === chosen.name)
    if (same) return String(same.key)
    const key = chosen.key ?? freshKey(chosen.name)
    matters.push({ key, kind, name: chosen.name, aliases: [] })
    return key
  }
  const { speaker, through, about } = draft
  const named = ({ as, ...mouth }: Mouth) => ({
    name: mouth.name,
    ...(mouth.turn && mouth.id === null ? {} : { key: keyOf(mouth, 'person') }),
    group: mouth.group,
    ...(as.trim() === '' ? {} : { as: as.trim() }),
  })
  const own = { own: true }
  const speakers = draft.nobody
    ? [{ ...own, act: 'reports' }, { unknown: true }]
    : speaker === null
      ? [own]
      : [{ ...own, act: 'reports' }, ...(through === null ? [] : [named(through)]), named(speaker)]
  const aspect = draft.aspect.trim()
  const matterKind = about?.id === null ? draft.newKind : (about?.kind ?? draft.newKind)
  const entry =
    about === null || aspect === ''
      ? []
      : [
          {
            matter: keyOf(about, matterKind),
            aspect,
            asStated: words.exact,
            value: valueFrom(draft, keyOf),
            ...normalisedOf(draft),
          },
        ]
  return {
    type: 'AnnotationCollection',
    format: 'rapporteur-coding/1',
    label: 'reading room',
    matters,
    aspects:
      aspect === '' || about === null || declared
        ? {}
        : {
            [matterKind]: {
              [aspect]: { valueType: draft.valueType, holds: draft.valueType === 'text' ? 'many' : 'one' },
            },
          },
    items: [
      {
        id,
        target: targetOf(words),
        body: {
          type: 'Statement',
          kind: draft.kind,
          polarity: draft.polarity,
          speakers,
          about: entry,
          ...(draft.hedge.trim() === '' ? {} : { hedges: [draft.hedge.trim()] }),
          ...(draft.note.trim() === '' ? {} : { note: draft.note.trim() }),
          ...(draft.checks.length === 0 ? {} : { checks: draft.checks }),
        },
      },
    ],
  }
}

function valueFrom(draft: CodingDraft, keyOf: (chosen: Chosen, kind: string) => string): unknown {
  const text = draft.value.trim()
  if (draft.valueType === 'matter')
    return draft.valueMatter ? { matter: keyOf(draft.valueMatter, 'body') } : null
  if (text === '') return null
  if (draft.valueType === 'term') return { term: text }
  if (draft.valueType !== 'quantity') return text
  const bounds = boundsOf(text)
  return bounds === null
    ? null
    : { ...bounds, ...(draft.unit.trim() === '' ? {} : { unit: draft.unit.trim() }) }
}

function normalisedOf(draft: CodingDraft): Record<string, unknown> {
  const text = draft.normalised.trim()
  if (text === '') return {}
  return { normalised: text, reason: draft.reason.trim() === '' ? undefined : draft.reason.trim() }
}

/** "12", "10-15", ">= 3", "<= 30": what a person types for an amount. Null where it is none. */
export function boundsOf(text: string): { lower: number | null; upper: number | null } | null {
  const numbers = [...text.matchAll(/\d[\d  ,]*(?:\.\d+)?/g)].map((match) =>
    Number(match[0].replace(/[^\d.]/g, '')),
  )
  const [first, second] = numbers
  if (first === undefined) return null
  if (second !== undefined) return { lower: first, upper: second }
  if (/^\s*(>|≥|>=)/.test(text)) return { lower: first, upper: null }
  if (/^\s*(<|≤|<=)/.test(text)) return { lower: null, upper: first }
  return { lower: first, upper: first }
}
