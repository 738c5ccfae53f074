import type { RecordKind } from '../ledger/record-kind.ts'
import { aspectKind, matterKind } from '../matters/matter-kinds.ts'
import {
  accessKind,
  breachKind,
  caseKind,
  dataRequestKind,
  erasureKind,
  membershipKind,
  processingKind,
  reviewKind,
} from '../protection/protection-kinds.ts'
import { dossierKind } from '../sources/dossier.ts'
import { passageKind, readingKind, sourceKind } from '../sources/source-kinds.ts'
import {
  emendationKind,
  findingKind,
  linkKind,
  remarkKind,
  statementKind,
  tagKind,
} from '../statements/statement-kinds.ts'

/** Every noun of the record, in an order in which rows point only at rows before them. */
export const ALL_KINDS: readonly RecordKind[] = [
  dossierKind,
  sourceKind,
  readingKind,
  passageKind,
  matterKind,
  aspectKind,
  statementKind,
  remarkKind,
  linkKind,
  emendationKind,
  findingKind,
  tagKind,
  membershipKind,
  caseKind,
  accessKind,
  erasureKind,
  dataRequestKind,
  breachKind,
  processingKind,
  reviewKind,
]
