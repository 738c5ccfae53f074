import type { RecordKind } from '../ledger/record-kind.ts'

/** What is kept of people stands in their case and stays there; interviews are declared by a later room. */
export const KEPT_IN_CASE: readonly string[] = [
  'interlocutor',
  'helper',
  'grant',
  'public reason',
  'concern',
  'task',
  'interview',
  'sensitive form',
]

/** None of these is found by search: whoever looks for a person opens the case first. */
export const interlocutorKind: RecordKind = {
  name: 'interlocutor',
  table: 'interlocutor',
  form: 'interlocutor/1',
  derived: [],
}
export const helperKind: RecordKind = { name: 'helper', table: 'helper', form: 'helper/1', derived: [] }
export const grantKind: RecordKind = { name: 'grant', table: 'consent_grant', form: 'grant/1', derived: [] }
export const publicReasonKind: RecordKind = {
  name: 'public reason',
  table: 'public_reason',
  form: 'public-reason/1',
  derived: [],
}
export const concernKind: RecordKind = { name: 'concern', table: 'concern', form: 'concern/1', derived: [] }
export const taskKind: RecordKind = { name: 'task', table: 'consent_task', form: 'task/1', derived: [] }
/** Written by the database alone, with its revision (leave_by); here it is only checked. */
export const useKind: RecordKind = { name: 'use', table: 'consent_use', form: 'use/1', derived: [] }
export const trainingKind: RecordKind = {
  name: 'training',
  table: 'training',
  form: 'training/1',
  derived: [],
}
