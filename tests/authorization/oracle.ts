/**
 * Who may do what and see what, said once more and by itself: nothing here comes from the product, so that a mistake
 * there is not repeated here. Written from the rules of SPEC.md as sets and sentences.
 */

export const ROLES = [
  'reader',
  'monitor',
  'verifier',
  'editor',
  'legal',
  'administrator',
  'auditor',
  'none',
] as const
export type OneRole = (typeof ROLES)[number]

/** People by what they do. */
const READS: readonly OneRole[] = ['reader', 'monitor', 'verifier', 'editor', 'legal']
const WRITES: readonly OneRole[] = ['monitor', 'verifier', 'editor']
const GUARDS: readonly OneRole[] = ['monitor', 'verifier', 'editor', 'legal']
const DECIDES: readonly OneRole[] = ['verifier', 'editor', 'legal']
const HOLDS: readonly OneRole[] = ['verifier', 'legal']
const PROTECTS: readonly OneRole[] = ['editor', 'legal']
const CLEANS: readonly OneRole[] = ['editor', 'legal', 'administrator']
const EXPORTS: readonly OneRole[] = ['editor', 'legal']
const WORKS_HERE: readonly OneRole[] = [
  'reader',
  'monitor',
  'verifier',
  'editor',
  'legal',
  'administrator',
  'auditor',
]
const ADMINISTERS: readonly OneRole[] = ['administrator']
const AUDITS: readonly OneRole[] = ['auditor', 'administrator']
/** Who is named what is altered, by its id, without seeing any of it. */
export const AUDITORS = AUDITS
/** A live session is enough, whatever its person may do. */
const SIGNED_IN: readonly OneRole[] = ROLES
/** What a person does to their own account, at a browser: a token is never enough for it, whatever its person may do. */
const AT_A_BROWSER: readonly OneRole[] = WORKS_HERE
export const GROUPS = {
  EXPORTS,
  PROTECTS,
  CLEANS,
  SIGNED_IN,
  AT_A_BROWSER,
  READS,
  WRITES,
  GUARDS,
  DECIDES,
  HOLDS,
  WORKS_HERE,
  ADMINISTERS,
  AUDITS,
} as const
export type Group = keyof typeof GROUPS | 'ANYBODY'

/** Whose thing it is that is asked about: everybody's, a team's, or a case's that is opened with the request or is not. */
export const PLACES = ['public', 'organisation', 'team', 'case', 'case left shut'] as const
export type PlaceOf = (typeof PLACES)[number]

/** Whoever asks. */
export interface Asker {
  readonly role: OneRole
  readonly ours: boolean
  /** Named on the team of every dossier and on its cases. */
  readonly on: boolean
  readonly member: boolean
  readonly live: boolean
  /** Shows a token, or the cookie of a browser. */
  readonly by: 'token' | 'browser'
  /** How the session of the browser is, for whoever reads of it. */
  readonly how?: string
  /** At a browser: has shown within five minutes who they are. */
  readonly proved?: boolean
}

/**
 * How a browser's request comes: from a page of ours; from one elsewhere, as fetch metadata or as its origin says; from an
 * address that somebody typed; without a word of where from. And two things in each other's place.
 */
export const SHOWN = [
  'by a page',
  'cross-site',
  'foreign origin',
  'typed address',
  'from nowhere',
  'cookie as token',
  'token as cookie',
] as const
export type Shown = (typeof SHOWN)[number]

/**
 * What a question hangs on. `nothing`: on no thing at all. `dossier`: the dossier, which a case does not hide. `record`: a
 * record of it. `team`: being on the dossier's team, and seeing the record. `compartment`: being on the team, or on the
 * opened case. `case`: the opened case itself. `lowering`: a proposal, which there is in a team and a case alone.
 * `ours`: that it is of the same organisation. `never`: something that nobody who asks here has.
 */
export type HangsOn =
  | 'nothing'
  | 'dossier'
  | 'record'
  | 'team'
  | 'compartment'
  | 'case'
  | 'lowering'
  | 'ours'
  | 'never'

/** One way in: who may go it, and what it hangs on. */
export interface Way {
  readonly who: Group
  readonly on: HangsOn
  /** It reads nothing by itself in the name of whoever asks, so that an opened case is not looked for. */
  readonly opensNothing?: true
  /** Weighs so much that whoever sits at a browser shows once more who they are. */
  readonly proof?: true
  /** About the machine, which is the organisation's whose server it is. */
  readonly atHome?: true
}

export type Outcome = 'foreign' | 'signed out' | 'not allowed' | 'not there' | 'prove again' | 'done'

/**
 * What may become of a question. Where somebody may neither do it nor see what it is about, either refusal is right: to
 * whoever sees no content the first is the only one.
 */
export function outcomesOf(asker: Asker, place: PlaceOf, way: Way): readonly Outcome[] {
  const all = ofAnySession(asker, place, way)
  if (!way.proof || asker.by === 'token' || asker.proved) return all
  // Whether a thing is there may be looked at before or after the proof is asked for; whether one may at all, always before.
  return all.flatMap((one): Outcome[] =>
    one === 'done' ? ['prove again'] : one === 'not there' ? ['prove again', 'not there'] : [one],
  )
}

/** The same for a request of a browser, by how it came. Nothing that changes anything is done for a page elsewhere. */
export function outcomesShown(
  asker: Asker,
  place: PlaceOf,
  way: Way,
  { shown, writes }: { shown: Shown; writes: boolean },
): readonly Outcome[] {
  if (shown === 'cross-site' || shown === 'foreign origin') return ['foreign']
  if (way.who === 'ANYBODY' || shown === 'by a page') return outcomesOf(asker, place, way)
  if (shown === 'cookie as token' || shown === 'token as cookie') return ['signed out']
  return writes ? ['foreign'] : outcomesOf(asker, place, way)
}

function ofAnySession(asker: Asker, place: PlaceOf, way: Way): readonly Outcome[] {
  if (way.who === 'ANYBODY') return ['done']
  if (!asker.live || !asker.member) return ['signed out']
  if (way.atHome && !asker.ours) return ['not allowed']
  const opens = place === 'case'
  if (opens && !way.opensNothing && !opensCases(asker))
    return group(asker, way.who).includes(asker.role) ? ['not there'] : ['not there', 'not allowed']
  const hanging = hangs(asker, place, way.on)
  if (group(asker, way.who).includes(asker.role)) return [hanging ? 'done' : 'not there']
  return READS.includes(asker.role) && !hanging ? ['not allowed', 'not there'] : ['not allowed']
}

function group({ by }: Asker, who: keyof typeof GROUPS): readonly OneRole[] {
  return who === 'AT_A_BROWSER' && by === 'token' ? [] : GROUPS[who]
}

function opensCases({ role, ours, on }: Asker): boolean {
  return ours && on && READS.includes(role)
}

function hangs(asker: Asker, place: PlaceOf, on: HangsOn): boolean {
  const { ours } = asker
  if (on === 'nothing') return true
  if (on === 'never') return false
  if (on === 'ours') return ours
  if (on === 'dossier') return ours && (place !== 'team' || asker.on)
  if (on === 'record') return sees(asker, place)
  if (on === 'team') return sees(asker, place) && asker.on
  if (on === 'compartment') return ours && asker.on && place !== 'case left shut'
  if (on === 'case') return ours && asker.on && place === 'case'
  return sees(asker, place) && ['team', 'case'].includes(place)
}

/** Whether what stands in such a place is shown to this person at all. */
export function sees({ role, ours, on, member, live }: Asker, place: PlaceOf): boolean {
  if (!ours || !member || !live || !READS.includes(role)) return false
  if (place === 'public' || place === 'organisation') return true
  return on && place !== 'case left shut'
}
