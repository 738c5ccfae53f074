import { z } from 'zod'
import { ReceiptView, reading, wholeNumber, writing } from '../foundation/operation.ts'
import { Access } from './case.ts'
import { LevelChange } from './level-change.ts'

const Counts = z.record(z.string(), z.number())
const raise = { level: z.enum(['team', 'case']), within: z.string() }
const lower = { level: z.enum(['organisation', 'team']), within: z.string().nullable().default(null) }
const yes = z.enum(['true', 'false']).default('false')

const LevelChangeView = LevelChange.extend({
  id: z.string(),
  byName: z.string(),
  decidedByName: z.string().nullable(),
  /** The records that are lowered together, with what they are and what they are called. */
  records: z.array(z.object({ id: z.string(), kind: z.string(), title: z.string() })),
  /** Whether whoever asks may be the second person. */
  yours: z.boolean(),
})
export type LevelChangeView = z.infer<typeof LevelChangeView>

const raising = ['not_there', 'level_fixed', 'level_stands', 'two_compartments']

export const levelOperations = {
  levelOf: reading({
    path: '/records/:id/level',
    summary: 'Who may see a record, and how that was raised or lowered so far',
    refusals: ['not_there'],
    answer: z.object({
      level: z.string(),
      within: z.string().nullable(),
      fixed: z.boolean(),
      /** The dossier it belongs to, whose team could see it alone; null where it belongs to none. */
      dossier: z.string().nullable(),
      changes: z.array(LevelChangeView),
    }),
  }),
  whatRises: reading({
    path: '/records/:id/raise',
    summary: 'What would go along if a record were raised to its team or into the open case',
    refusals: raising,
    query: z.strictObject(raise),
    answer: z.object({ counts: Counts, total: z.number(), heldBack: z.number() }),
  }),
  raiseLevel: writing({
    path: '/records/:id/raise',
    summary: 'Raise a record, with everything that points at it, to its team or into the open case',
    refusals: [
      ...raising.filter((one) => one !== 'two_compartments'),
      'reason_missing',
      'prove_again',
      'same_name_there',
      'record_busy',
    ],
    body: z.strictObject({ ...raise, reason: z.string(), seen: z.number().int() }),
    answer: z.object({ id: z.string(), total: z.number(), receipt: ReceiptView }),
  }),
  whatLowers: reading({
    path: '/records/:id/lower',
    summary: 'What would be lowered together if more people were to see a record',
    refusals: ['not_there', 'level_fixed', 'level_stands', 'less_guarded'],
    query: z.strictObject({ level: lower.level, within: z.string().optional(), whole: yes }),
    answer: z.object({ counts: Counts, total: z.number() }),
  }),
  proposeLowering: writing({
    path: '/records/:id/lower',
    summary: 'Propose that more people may see a record; a second person decides',
    refusals: ['not_there', 'level_fixed', 'level_stands', 'lowering_waits', 'reason_missing'],
    body: z.strictObject({
      ...lower,
      whole: z.boolean().default(false),
      reason: z.string(),
      seen: z.number().int(),
    }),
    answer: z.object({ id: z.string(), receipt: ReceiptView }),
  }),
  lowerings: reading({
    path: '/lowerings',
    summary: 'What is proposed to be lowered and waits for a second person',
    answer: z.object({ lowerings: z.array(LevelChangeView) }),
  }),
  answerLowering: writing({
    path: '/lowerings/:id',
    summary: 'Agree that a record is lowered, or decline with a reason',
    refusals: [
      'not_there',
      'already_decided',
      'second_person_is_first',
      'prove_again',
      'reason_missing',
      'record_busy',
      'consent_missing',
      'conditions_unread',
    ],
    body: z.strictObject({ agree: z.boolean(), reason: z.string().default('') }),
    answer: z.object({ receipt: ReceiptView }),
  }),
  team: reading({
    path: '/dossiers/:slug/team',
    summary: 'Whether a dossier has a team, and for those on it who is or was on it',
    refusals: ['dossier_unknown'],
    answer: z.object({
      stands: z.boolean(),
      access: z.array(Access.extend({ name: z.string() })).nullable(),
    }),
  }),
  nameTeam: writing({
    path: '/dossiers/:slug/team',
    summary: 'Name the team of a dossier: yourself, and these people',
    refusals: ['dossier_unknown', 'team_stands', 'person_unknown', 'reason_missing'],
    body: z.strictObject({ people: z.array(z.string()), reason: z.string() }),
    answer: z.object({ receipt: ReceiptView }),
  }),
  audit: reading({
    path: '/audit',
    summary: 'Who opened which case and who took what out: never the content',
    query: z.strictObject({
      what: z.enum(['opening', 'export']).optional(),
      person: z.string().optional(),
      opened: z.string().optional(),
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
      before: z.string().optional(),
      limit: wholeNumber(50, 500),
    }),
    answer: z.object({
      lines: z.array(
        z.object({
          id: z.string(),
          at: z.string(),
          what: z.enum(['opening', 'export']),
          person: z.string(),
          name: z.string(),
          operation: z.string(),
          kind: z.string().nullable(),
          output: z.string().nullable(),
          recipient: z.string().nullable(),
          opened: z.array(z.object({ id: z.string(), code: z.string() })),
        }),
      ),
      /** Where the next page begins; null at the end. */
      next: z.string().nullable(),
    }),
  }),
}
