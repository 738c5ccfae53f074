import type { RecordKind } from '../ledger/record-kind.ts'

export const membershipKind: RecordKind = {
  name: 'membership',
  table: 'membership',
  form: 'membership/1',
  derived: [],
}
export const caseKind: RecordKind = {
  name: 'case',
  table: 'case_file',
  form: 'case/1',
  derived: [],
}
export const accessKind: RecordKind = {
  name: 'access',
  table: 'access',
  form: 'access/1',
  derived: [],
}
export const levelChangeKind: RecordKind = {
  name: 'level change',
  table: 'level_change',
  form: 'level change/1',
  derived: [],
}
