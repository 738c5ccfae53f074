import type { Language, Term, Vocabulary } from './list.ts'
import { actKinds } from './lists/act-kinds.ts'
import { affectedGroups } from './lists/affected-groups.ts'
import { aspectNames } from './lists/aspect-names.ts'
import { checks, checksDismissed } from './lists/checks.ts'
import {
  consentGivers,
  consentMethods,
  consentPurposes,
  consentRecipients,
  consentTasks,
  exits,
  grantStates,
  helperRoles,
  identifiabilities,
  presenceRoles,
  referralKinds,
} from './lists/consent.ts'
import { consentExplained, consentTalk } from './lists/consent-talk.ts'
import {
  breachClasses,
  breachRisks,
  cleaningLimits,
  erasureAskers,
  erasureExceptions,
  erasureGrounds,
  lawfulBases,
  nationalBases,
  requestOutcomes,
  requestTypes,
  retentionClasses,
  retentionReasons,
  specialBases,
  storagePlaces,
} from './lists/data-protection.ts'
import { dateRules } from './lists/date-rules.ts'
import { inquiryTypes } from './lists/inquiry-types.ts'
import { intents } from './lists/intents.ts'
import { actorTypes, involvementDegrees } from './lists/involvement.ts'
import { levels } from './lists/levels.ts'
import { linkRels } from './lists/link-rels.ts'
import { matterKinds } from './lists/matter-kinds.ts'
import { mentionKinds } from './lists/mention-kinds.ts'
import { methods } from './lists/methods.ts'
import { nameUses } from './lists/name-uses.ts'
import {
  incidentFields,
  interviewFields,
  noteTemplates,
  planFields,
  riskFields,
} from './lists/note-fields.ts'
import { officialAnswers } from './lists/official-answers.ts'
import { polarities } from './lists/polarities.ts'
import { positions } from './lists/positions.ts'
import { recordKinds } from './lists/record-kinds.ts'
import { remarkKinds } from './lists/remark-kinds.ts'
import { rights } from './lists/rights.ts'
import { sdgGoals, sdgTargets } from './lists/sdg.ts'
import { balances, bases, sourceFacts } from './lists/source-facts.ts'
import { sourceKinds } from './lists/source-kinds.ts'
import { speakerGroups } from './lists/speaker-groups.ts'
import { standardsOfProof } from './lists/standards-of-proof.ts'
import { statementKinds } from './lists/statement-kinds.ts'
import {
  conflictGrounds,
  emendationStates,
  findingStates,
  holdings,
  passageStates,
  valueTypes,
} from './lists/states.ts'

export type { Language } from './list.ts'

/** Every list this program ships, in the order in which they are shown. */
export const VOCABULARIES: readonly Vocabulary[] = [
  matterKinds,
  aspectNames,
  statementKinds,
  polarities,
  speakerGroups,
  linkRels,
  remarkKinds,
  mentionKinds,
  nameUses,
  recordKinds,
  sourceKinds,
  sourceFacts,
  bases,
  balances,
  standardsOfProof,
  levels,
  noteTemplates,
  interviewFields,
  incidentFields,
  planFields,
  riskFields,
  checks,
  checksDismissed,
  dateRules,
  rights,
  affectedGroups,
  sdgGoals,
  sdgTargets,
  actKinds,
  involvementDegrees,
  actorTypes,
  methods,
  intents,
  positions,
  inquiryTypes,
  officialAnswers,
  passageStates,
  emendationStates,
  findingStates,
  conflictGrounds,
  valueTypes,
  holdings,
  consentPurposes,
  consentRecipients,
  identifiabilities,
  consentMethods,
  consentGivers,
  consentExplained,
  consentTalk,
  grantStates,
  helperRoles,
  consentTasks,
  referralKinds,
  presenceRoles,
  exits,
  erasureGrounds,
  erasureAskers,
  erasureExceptions,
  requestTypes,
  requestOutcomes,
  breachClasses,
  breachRisks,
  lawfulBases,
  specialBases,
  nationalBases,
  storagePlaces,
  retentionClasses,
  retentionReasons,
  cleaningLimits,
]

interface Indexed {
  readonly vocabulary: Vocabulary
  readonly terms: ReadonlyMap<string, Term>
}

const BY_NAME: ReadonlyMap<string, Indexed> = new Map(
  VOCABULARIES.map((one) => [
    one.list,
    { vocabulary: one, terms: new Map(one.terms.map((term) => [term.key, term])) },
  ]),
)

/** A list by its name; null where this program has none of that name. */
export function vocabularyNamed(list: string): Vocabulary | null {
  return BY_NAME.get(list)?.vocabulary ?? null
}

/** The terms of a list in its order; none where there is no such list. */
export function termsOf(list: string): readonly Term[] {
  return BY_NAME.get(list)?.vocabulary.terms ?? []
}

/** Whether a list has a term. */
export function hasTerm(list: string, key: string): boolean {
  return BY_NAME.get(list)?.terms.has(key) ?? false
}

/** What a term means, in one line; null where its list says no more than its label. */
export function definitionOf(list: string, key: string, language: Language): string | null {
  return BY_NAME.get(list)?.terms.get(key)?.definition?.[language] ?? null
}

/** What a term is called. A term that the list does not have (a dossier's own) is called by its key. */
export function labelOf(list: string, key: string, language: Language): string {
  return BY_NAME.get(list)?.terms.get(key)?.labels[language] ?? key
}
