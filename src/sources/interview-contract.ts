import { z } from 'zod'
import { ReceiptView, reading, revision, writing } from '../foundation/operation.ts'
import { Interview, InterviewFacts, SensitiveAccount } from './interview.ts'

const ofPerson = ['case_not_open', 'interlocutor_unknown']
const ofInterview = ['case_not_open', 'interview_unknown']
const Received = z.object({ receipt: ReceiptView })

export const interviewOperations = {
  interviews: reading({
    path: '/interlocutors/:id/interviews',
    summary: 'Interviews with a person of the open case, the newest first',
    refusals: ofPerson,
    answer: z.object({
      interviews: z.array(z.object({ id: z.string(), revision: z.number(), interview: Interview })),
    }),
  }),
  recordInterview: writing({
    path: '/interlocutors/:id/interviews',
    summary: 'Record an interview; earlier accounts by the same person must have been seen',
    refusals: [...ofPerson, 'earlier_accounts', 'feedback_missing', 'source_unknown', 'helper_unknown'],
    body: z.strictObject({
      facts: InterviewFacts,
      seen: z.array(z.string()).default([]),
      whyAgain: z.string().default(''),
      feedback: z.strictObject({ due: z.iso.date(), note: z.string().default('') }),
    }),
    answer: z.object({ id: z.string(), receipt: ReceiptView }),
  }),
  describeInterview: writing({
    path: '/interviews/:id',
    summary: 'Correct or complete what is told of an interview',
    refusals: [...ofInterview, 'feedback_missing', 'source_unknown', 'helper_unknown'],
    body: InterviewFacts.extend({
      revision,
      /** Another day by which the person hears what became of it. */
      feedback: z.strictObject({ due: z.iso.date() }).optional(),
    }),
    answer: Received,
  }),
  openSensitiveForm: reading({
    path: '/interviews/:id/form',
    summary: 'The form for what was told of sexual violence, for those trained alone',
    refusals: [...ofInterview, 'not_trained'],
    answer: z.object({ account: SensitiveAccount.nullable() }),
  }),
  saveSensitiveForm: writing({
    path: '/interviews/:id/form',
    summary: 'Write that form, or write it anew',
    refusals: [...ofInterview, 'not_trained'],
    body: SensitiveAccount,
    answer: Received,
  }),
}
