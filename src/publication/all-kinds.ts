import type { RecordKind } from '../ledger/record-kind.ts'
import { aspectKind, matterKind } from '../matters/matter-kinds.ts'
import {
  concernKind,
  grantKind,
  helperKind,
  interlocutorKind,
  publicReasonKind,
  taskKind,
  trainingKind,
  useKind,
} from '../protection/consent-kinds.ts'
import {
  accessKind,
  breachKind,
  caseKind,
  dataRequestKind,
  erasureKind,
  levelChangeKind,
  membershipKind,
  processingKind,
  reviewKind,
} from '../protection/protection-kinds.ts'
import { dossierKind } from '../sources/dossier.ts'
import { interviewKind, sensitiveFormKind } from '../sources/interview-kinds.ts'
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
  levelChangeKind,
  interlocutorKind,
  helperKind,
  grantKind,
  publicReasonKind,
  concernKind,
  interviewKind,
  sensitiveFormKind,
  useKind,
  taskKind,
  trainingKind,
  erasureKind,
  dataRequestKind,
  breachKind,
  processingKind,
  reviewKind,
]
