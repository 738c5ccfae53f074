import type { RecordKind } from '../ledger/record-kind.ts'

export const interviewKind: RecordKind = {
  name: 'interview',
  table: 'interview',
  form: 'interview/1',
  derived: [],
}
/** Its words are kept beside the record, so that nobody reads them in its history; they are never found by search. */
export const sensitiveFormKind: RecordKind = {
  name: 'sensitive form',
  table: 'sensitive_form',
  form: 'sensitive-form/1',
  text: true,
  derived: [],
}
