import { termsOf } from '../vocabularies/vocabulary.ts'
import type { Aspect, ValueType } from './aspect.ts'

/** The version of the aspects below; it goes into every aspect that is recorded from them. */
export const KNOWN_ASPECTS_VERSION = '1'

type Holds = Aspect['holds']
type Row = readonly [name: string, valueType: ValueType, holds: Holds, definition: string, more?: More]
interface More {
  readonly conflict?: string
  /** The list whose terms are the only values. */
  readonly list?: string
}

const APART: More = { conflict: 'differ' }
const NO_OVERLAP: More = { conflict: 'no overlap' }
const COUNTED: More = { conflict: 'disjoint bounds, same scope and as-of' }
const AS_OF: More = { conflict: 'differ, same as-of' }
const BY_STANCE: More = { conflict: 'one value asserted and denied or doubted, or by a contradicts link' }

/** Who had which part in it. Each is said by a speaker; the aspect is the degree. */
const INVOLVEMENTS: readonly Row[] = termsOf('involvement-degrees').map(({ key, labels }) => [
  key,
  'matter',
  'many',
  `Of whom it is said: ${labels.en}.`,
])

const HAPPENS: readonly Row[] = [
  ['when', 'date', 'one', 'When it was.', NO_OVERLAP],
  ['where', 'matter', 'one', 'Where it was.', { conflict: 'neither contains the other' }],
  ['label', 'text', 'many', 'What a speaker calls it; our own title is neutral.'],
  ['cause', 'text', 'one', 'What brought it about, in words.', BY_STANCE],
  ['triggered by', 'matter', 'many', 'What set it off, as a speaker claims.'],
  ['led to', 'matter', 'many', 'What came of it, as a speaker claims.'],
  ['part of', 'matter', 'many', 'The whole of which it is a part or a phase.'],
  ['phase', 'matter', 'many', 'A part of it that has a time of its own.'],
  ['victim', 'matter', 'many', 'Who was harmed.'],
  ['killed', 'quantity', 'one', 'How many died.', COUNTED],
  ['injured', 'quantity', 'one', 'How many were injured.', COUNTED],
  ['arrested', 'quantity', 'one', 'How many were arrested.', COUNTED],
]
const STANDS: readonly Row[] = [
  ['position', 'term', 'many', 'How the speaker stands towards it.', { list: 'positions' }],
]
const SPEAKS: readonly Row[] = [
  ['interest', 'text', 'many', 'What interest it has in what it speaks of, as somebody declares.'],
]
const STARTS: readonly Row[] = [
  ['founded', 'date', 'one', 'When it began.', NO_OVERLAP],
  ['part of', 'matter', 'one at a time', 'The body above it.', { conflict: 'differ, same as-of' }],
  ['renamed from', 'text', 'many', 'A former name.'],
]

const KNOWN: Readonly<Record<string, readonly Row[]>> = {
  act: [
    ['kind', 'term', 'many', 'What was done.', { list: 'act-kinds' }],
    ['method', 'term', 'many', 'By which method.', { list: 'methods' }],
    ['intent', 'term', 'many', 'With what intent, as a speaker states it.', { list: 'intents' }],
    ['official answer', 'term', 'many', 'How officials answer for it.', { list: 'official-answers' }],
    ...INVOLVEMENTS,
    ...HAPPENS,
    ...STANDS,
  ],
  event: [...HAPPENS, ...STANDS],
  pattern: [...HAPPENS, ...STANDS],
  mission: [...HAPPENS, ...STANDS],
  meeting: [...HAPPENS, ['participant', 'matter', 'many', 'Who took part.'], ...STANDS],
  role: [
    ['person', 'matter', 'one', 'Who held it.', APART],
    ['post', 'matter', 'one', 'The post that was held.', APART],
    ['body', 'matter', 'one', 'The body for which it was held.', APART],
    ['title', 'text', 'many', 'How the role is called.'],
    ['period', 'date', 'one', 'From when to when, as an interval.', NO_OVERLAP],
  ],
  post: [
    ['part of', 'matter', 'one', 'The body that it belongs to.', APART],
    ['holder', 'matter', 'one at a time', 'Who holds it.', AS_OF],
  ],
  body: [...STARTS, ...SPEAKS],
  group: [['size', 'quantity', 'one', 'How many they are.', COUNTED], ...SPEAKS],
  person: [['affiliation', 'matter', 'many', 'The body or group that the person belongs to.'], ...SPEAKS],
  place: [['part of', 'matter', 'many', 'The place around it.']],
  call: [
    ['caller', 'matter', 'many', 'Who calls.'],
    ['addressee', 'matter', 'many', 'Who is called upon.'],
    [
      'inquiry type',
      'term',
      'one',
      'Which kind of inquiry is called for.',
      { conflict: 'differ', list: 'inquiry-types' },
    ],
  ],
  narrative: [
    ['claim', 'text', 'many', 'What it says.'],
    ['backer', 'matter', 'many', 'Who puts it forward.'],
    ...STANDS,
  ],
  norm: STANDS,
  package: STANDS,
  commitment: STANDS,
  document: STANDS,
}

const BY_KEY: ReadonlyMap<string, Aspect> = new Map(
  Object.entries(KNOWN).flatMap(([matterKind, rows]) =>
    rows.map(([name, valueType, holds, definition, { conflict, list } = {}]): [string, Aspect] => [
      `${matterKind}\n${name}`,
      {
        dossier: null,
        matterKind,
        name,
        valueType,
        holds,
        definition,
        conflict: conflict ?? null,
        terms: list === undefined ? [] : termsOf(list).map(({ key }) => key),
        version: KNOWN_ASPECTS_VERSION,
      },
    ]),
  ),
)

/** What every installation knows from the start; each is recorded when somebody first uses it. */
export const KNOWN_ASPECTS: readonly Aspect[] = [...BY_KEY.values()]

export function knownAspect(matterKind: string, name: string): Aspect | null {
  return BY_KEY.get(`${matterKind}\n${name}`) ?? null
}
