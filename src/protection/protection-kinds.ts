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
export const erasureKind: RecordKind = { name: 'erasure', table: 'erasure', form: 'erasure/1', derived: [] }
export const dataRequestKind: RecordKind = {
  name: 'data request',
  table: 'data_request',
  form: 'data-request/1',
  derived: [],
}
export const breachKind: RecordKind = { name: 'breach', table: 'breach', form: 'breach/1', derived: [] }
export const processingKind: RecordKind = {
  name: 'processing',
  table: 'processing',
  form: 'processing/1',
  derived: [],
}
export const reviewKind: RecordKind = { name: 'review', table: 'review', form: 'review/1', derived: [] }
