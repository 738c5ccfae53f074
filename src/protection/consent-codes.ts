/** What something is used for. Access depends on it, so it is code and not a vocabulary. */
export const PURPOSES = [
  'internal_analysis',
  'statistics',
  'un_letter_to_government',
  'un_public_report',
  'un_reprisals_report',
  'treaty_body',
  'upr_submission',
  'national_complaint',
  'court',
  'media',
  'public_report',
  'exhibition',
  'training',
  'research',
] as const
export type Purpose = (typeof PURPOSES)[number]

/** Who is given it. Within the case team nothing leaves those whom the person told it to, so that is never granted. */
export const RECIPIENTS = [
  'case_team',
  'organisation',
  'lawyer',
  'partner',
  'national_institution',
  'government',
  'court',
  'un',
  'media',
  'researchers',
  'public',
] as const
export type Recipient = (typeof RECIPIENTS)[number]
export const GRANTABLE = RECIPIENTS.filter((one) => one !== 'case_team')

/** How far a person can be recognised, the most first. `none` is a refusal: asked, and not allowed at all. */
export const IDENTIFIABILITIES = [
  'full_identity',
  'initials',
  'pseudonym',
  'anonymised_story',
  'aggregate_only',
  'none',
] as const
export type Identifiability = (typeof IDENTIFIABILITIES)[number]
/** What an output can show; one that shows nothing of anybody is no use of theirs. */
export const SHOWN = IDENTIFIABILITIES.filter((one) => one !== 'none')

export const CONSENT_METHODS = ['written', 'audio', 'oral'] as const
export const GIVEN_BY = ['self', 'guardian', 'family', 'representative'] as const

/** What was explained before somebody decided: the consent talk has a part for each, in this order. */
export const EXPLAINED = [
  'who_we_are',
  'what_for',
  'who_sees',
  'how_named',
  'risks',
  'free_to_refuse',
  'withdrawal',
  'not_recallable',
  'no_promise',
  'contact',
] as const

export const HELPER_ROLES = ['interpreter', 'driver', 'national_staff', 'other'] as const
export const TASK_KINDS = ['feedback', 'contact', 'recall', 'tell'] as const

/** From these we can ask it back, or take it down ourselves; what courts, States, the press and the public have is out. */
const RECALLABLE: readonly Recipient[] = [
  'case_team',
  'organisation',
  'lawyer',
  'partner',
  'national_institution',
  'researchers',
]

export function isRecallable(recipient: Recipient): boolean {
  return RECALLABLE.includes(recipient)
}

/** Whether an output that shows this much of a person shows no more than that. */
export function showsNoMore(shown: Identifiability, allowed: Identifiability): boolean {
  return allowed !== 'none' && IDENTIFIABILITIES.indexOf(allowed) <= IDENTIFIABILITIES.indexOf(shown)
}
