import type { z } from 'zod'
import type { consentOperations } from '../../protection/consent-contract.ts'
import type { interviewOperations } from '../../sources/interview-contract.ts'

export type PersonPage = z.output<(typeof consentOperations)['interlocutor']['answer']>
export type ListedPeople = z.output<(typeof consentOperations)['interlocutors']['answer']>
export type Task = z.output<(typeof consentOperations)['consentTasks']['answer']>['tasks'][number]
export type Interview = z.output<(typeof interviewOperations)['interviews']['answer']>['interviews'][number]
