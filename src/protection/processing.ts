import { z } from 'zod'

/** On what basis, GDPR article 6 (1). Labels: lawful-bases. */
export const LAWFUL_BASES = [
  'consent',
  'contract',
  'legal_obligation',
  'vital_interests',
  'public_task',
  'legitimate_interests',
] as const
/** What lifts the prohibition for special categories, article 9 (2), or none. Labels: special-bases. */
export const SPECIAL_BASES = [
  'none_kept',
  'explicit_consent',
  'vital_interests',
  'not_for_profit_body',
  'made_public',
  'legal_claims',
  'substantial_public_interest',
  'archive_research',
  'expression',
] as const
/** What a national law says beside it. Labels: national-bases. */
export const NATIONAL_BASES = [
  'none',
  'kz_consent',
  'kz_rights',
  'kz_journalism',
  'kz_other',
  'other',
] as const

/** Why, on what basis and where a dossier is kept: what article 30 asks a controller to be able to show. */
export const Processing = z.strictObject({
  dossier: z.string(),
  controller: z.string().min(1),
  contact: z.string(),
  purposes: z.string().min(1),
  basis: z.enum(LAWFUL_BASES),
  special: z.enum(SPECIAL_BASES),
  national: z.enum(NATIONAL_BASES),
  /** The provision, where the law of a country is relied on. */
  provision: z.string(),
  people: z.string(),
  recipients: z.string(),
  /** ISO 3166-1 alpha-2. */
  country: z.string().regex(/^[A-Z]{2}$/),
  place: z.enum(['own_machine', 'own_server', 'provider']),
  provider: z.string(),
  transfers: z.string(),
  assessedOn: z.iso.date().nullable(),
  setBy: z.string(),
})
export type Processing = z.infer<typeof Processing>
