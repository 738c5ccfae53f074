import { z } from 'zod'
import { ReceiptView, reading, revision, writing } from '../foundation/operation.ts'
import { SHOWN } from './consent-codes.ts'
import { Allowed, Day, Grant, PublicReason, Talk, Task } from './grant.ts'
import { Concern, Helper, Interlocutor, Training } from './interlocutor.ts'

const Made = z.object({ id: z.string(), receipt: ReceiptView })
const Received = z.object({ receipt: ReceiptView })
const inCase = ['case_not_open']
const ofPerson = [...inCase, 'interlocutor_unknown']

const About = Interlocutor.omit({ pseudonym: true }).extend({
  identity: Interlocutor.shape.identity.default(null),
  interpreter: z.string().nullable().default(null),
  matter: z.string().nullable().default(null),
})
const UseView = z.object({
  id: z.string(),
  at: z.string(),
  person: z.string(),
  interlocutor: z.string(),
  grant: z.string().nullable(),
  reason: z.string().nullable(),
  exit: z.string(),
  purpose: z.string(),
  recipient: z.string(),
  recipientName: z.string(),
  identifiability: z.string(),
  thing: z.string().nullable(),
  output: z.string(),
  sha256: z.string().nullable(),
  records: z.number(),
  recallable: z.boolean(),
})
const TaskView = z.object({
  id: z.string(),
  ...Task.shape,
  pseudonym: z.string(),
  whoName: z.string(),
  use: UseView.nullable(),
  done: z.object({ at: z.string(), by: z.string(), byName: z.string(), what: z.string() }).nullable(),
})
const HelperView = z.object({ id: z.string(), ...Helper.shape })

export const consentOperations = {
  interlocutors: reading({
    path: '/interlocutors',
    summary: 'The people of the open case: who tells us something, and who helps us',
    refusals: inCase,
    answer: z.object({
      people: z.array(
        z.object({
          id: z.string(),
          pseudonym: z.string(),
          language: z.string(),
          allows: z.number(),
          refuses: z.number(),
          withdrawn: z.number(),
          due: z.string().nullable(),
        }),
      ),
      helpers: z.array(HelperView.extend({ revision: z.number() })),
    }),
  }),
  addInterlocutor: writing({
    path: '/interlocutors',
    summary: 'Put a person who tells us something into the open case, under a random pseudonym',
    refusals: [...inCase, 'helper_unknown', 'matter_unknown'],
    body: About,
    answer: Made.extend({ pseudonym: z.string() }),
  }),
  interlocutor: reading({
    path: '/interlocutors/:id',
    summary: 'One person: what they allow, what was used, what is owed to them, what concerns them',
    refusals: ofPerson,
    answer: z.object({
      id: z.string(),
      revision: z.number(),
      person: Interlocutor,
      grants: z.array(
        z.object({
          id: z.string(),
          ...Grant.shape,
          state: z.enum(['stands', 'refused', 'withdrawn', 'expired', 'not yet', 'replaced']),
        }),
      ),
      reasons: z.array(
        z.object({ id: z.string(), ...PublicReason.shape, byName: z.string(), mine: z.boolean() }),
      ),
      uses: z.array(UseView.extend({ byName: z.string() })),
      tasks: z.array(TaskView),
      links: z.array(z.object({ id: z.string(), ...Concern.shape })),
      concerns: z.record(z.string(), z.number()),
      helpers: z.array(HelperView),
      trained: z.boolean(),
    }),
  }),
  describeInterlocutor: writing({
    path: '/interlocutors/:id',
    summary: 'Change what is known of a person',
    refusals: [...ofPerson, 'helper_unknown', 'matter_unknown'],
    body: About.partial().extend({ revision }),
    answer: Received,
  }),
  addHelper: writing({
    path: '/helpers',
    summary: 'Put an interpreter, a driver or national staff into the open case',
    refusals: inCase,
    body: Helper,
    answer: Made,
  }),
  describeHelper: writing({
    path: '/helpers/:id',
    summary: 'Change what is known of a helper',
    refusals: [...inCase, 'helper_unknown'],
    body: Helper.extend({ revision }),
    answer: Received,
  }),
  giveConsent: writing({
    path: '/interlocutors/:id/consent',
    summary: 'Record what a person allowed and refused in one talk',
    refusals: [
      ...ofPerson,
      'nothing_allowed',
      'talk_unfinished',
      'giver_missing',
      'term_backwards',
      'helper_unknown',
      'evidence_unfit',
    ],
    body: z.strictObject({ allowed: z.array(Allowed), talk: Talk }),
    answer: z.object({ ids: z.array(z.string()), receipt: ReceiptView }),
  }),
  withdrawConsent: writing({
    path: '/interlocutors/:id/withdraw',
    summary: 'A person takes back what they allowed; every use is listed, with a task each',
    refusals: [...ofPerson, 'nothing_to_withdraw', 'person_unknown'],
    body: z.strictObject({
      grants: z.union([z.literal('all'), z.array(z.string())]),
      on: Day,
      takenBy: z.string().nullable().default(null),
      words: z.string().trim().default(''),
      due: Day,
    }),
    answer: z.object({ uses: z.array(UseView), receipt: ReceiptView }),
  }),
  linkConcern: writing({
    path: '/interlocutors/:id/concerns',
    summary: 'Say that a record concerns a person, beside all that does by itself',
    refusals: [...ofPerson, 'not_there', 'concern_stands', 'reason_missing'],
    body: z.strictObject({ record: z.string(), reason: z.string() }),
    answer: Made,
  }),
  endConcern: writing({
    path: '/concerns/:id/end',
    summary: 'Take back such a link',
    refusals: [...inCase, 'not_there', 'reason_missing'],
    body: z.strictObject({ reason: z.string() }),
    answer: Received,
  }),
  givePublicReason: writing({
    path: '/interlocutors/:id/public-reason',
    summary: 'Write down why something about a public figure is used though nobody could ask them',
    refusals: [...ofPerson, 'consent_known', 'reason_missing'],
    body: PublicReason.pick({ purpose: true, recipient: true, reason: true }).extend({
      identifiability: z.enum(SHOWN),
    }),
    answer: Made,
  }),
  answerPublicReason: writing({
    path: '/public-reasons/:id/answer',
    summary: 'Agree with such a reason as its second reader, or end it',
    refusals: [
      ...inCase,
      'not_there',
      'already_decided',
      'second_reader_is_first',
      'consent_known',
      'reason_missing',
    ],
    body: z.union([z.strictObject({ agree: z.literal(true) }), z.strictObject({ end: z.string() })]),
    answer: Received,
  }),
  consentTasks: reading({
    path: '/tasks',
    summary: 'What is owed to people: how much in each of your cases, and each task of the open one',
    answer: z.object({
      cases: z.array(
        z.object({
          id: z.string(),
          code: z.string(),
          dossier: z.string(),
          open: z.number(),
          due: z.string(),
        }),
      ),
      tasks: z.array(TaskView),
    }),
  }),
  finishTask: writing({
    path: '/tasks/:id/done',
    summary: 'Say that a task is done, and what was done',
    refusals: [...inCase, 'task_unknown', 'task_done', 'reason_missing'],
    body: z.strictObject({ what: z.string() }),
    answer: Received,
  }),
  training: reading({
    path: '/training',
    summary: 'Who was trained to take accounts of sexual violence',
    answer: z.object({
      trained: z.array(z.object({ ...Training.shape, name: z.string() })),
    }),
  }),
  markTrained: writing({
    path: '/training',
    summary: 'Mark somebody as trained to take accounts of sexual violence',
    refusals: ['person_unknown', 'training_stands', 'reason_missing'],
    body: z.strictObject({ person: z.string(), note: z.string() }),
    answer: Received,
  }),
  endTraining: writing({
    path: '/training/end',
    summary: 'Take that mark away, from the next request on',
    refusals: ['not_there', 'reason_missing'],
    body: z.strictObject({ person: z.string(), note: z.string() }),
    answer: Received,
  }),
}
