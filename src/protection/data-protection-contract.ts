import { z } from 'zod'
import { ReceiptView, reading, writing } from '../foundation/operation.ts'
import { BREACH_CLASSES, BREACH_RISKS, Breach } from './breach.ts'
import { DataRequest, REQUEST_OUTCOMES, REQUEST_TYPES } from './data-request.ts'
import { Processing } from './processing.ts'
import { RETENTION_CLASSES, RETENTION_REASONS, RetentionTerms } from './retention.ts'

const Made = z.object({ id: z.string(), receipt: ReceiptView })
const Told = z.strictObject({ at: z.iso.datetime({ offset: true }).nullable(), why: z.string().default('') })

export const dataProtectionOperations = {
  dataProtection: reading({
    path: '/data-protection',
    summary: 'Requests of those concerned, breaches, lawful bases, terms of keeping and what is due',
    answer: z.object({
      requests: z.array(DataRequest.extend({ id: z.string() })),
      breaches: z.array(Breach.extend({ id: z.string(), open: z.array(z.string()) })),
      processing: z.array(Processing.extend({ id: z.string() })),
      terms: RetentionTerms,
      reviews: z.array(
        z.object({ id: z.string(), class: z.enum(RETENTION_CLASSES), title: z.string(), due: z.string() }),
      ),
    }),
  }),
  dueTasks: reading({
    path: '/due',
    summary: 'What has a clock and waits for you: requests, breaches, reviews, erasures, backups that failed',
    answer: z.object({
      tasks: z.array(
        z.object({
          what: z.enum(['request', 'breach', 'review', 'erasure', 'backup']),
          id: z.string(),
          title: z.string(),
          due: z.string().nullable(),
        }),
      ),
    }),
  }),
  recordDataRequest: writing({
    path: '/data-requests',
    summary: 'Record a request of somebody whose data are kept; its clock of one month begins',
    refusals: ['day_to_come'],
    body: z.strictObject({
      type: z.enum(REQUEST_TYPES),
      asker: z.string().min(1),
      contact: z.string().nullable().default(null),
      concerns: z.string().min(1),
      receivedOn: z.iso.date(),
    }),
    answer: Made,
  }),
  moveDataRequest: writing({
    path: '/data-requests/:id',
    summary: 'Answer a request, or extend its term once by two months with the reason given to the asker',
    refusals: ['not_there', 'already_decided', 'extended_already', 'reason_missing'],
    body: z.union([
      z.strictObject({ extend: z.string() }),
      z.strictObject({ outcome: z.enum(REQUEST_OUTCOMES), words: z.string() }),
    ]),
    answer: z.object({ receipt: ReceiptView }),
  }),
  keepBreach: writing({
    path: '/breaches',
    summary: 'Record a breach, add to one (by its id), or close it',
    refusals: ['not_there', 'already_decided', 'day_to_come', 'breach_open'],
    body: z.strictObject({
      id: z.string().nullable().default(null),
      close: z.boolean().default(false),
      noticedAt: z.iso.datetime({ offset: true }),
      what: z.string().min(1),
      classes: z.array(z.enum(BREACH_CLASSES)).min(1),
      people: z.number().int().nonnegative().nullable().default(null),
      effects: z.string().default(''),
      measures: z.string().default(''),
      risk: z.enum(BREACH_RISKS),
      authority: Told,
      subjects: Told,
    }),
    answer: Made,
  }),
  describeProcessing: writing({
    path: '/processing',
    summary: 'Say why, on what basis and where a dossier is kept',
    refusals: ['dossier_unknown'],
    body: Processing.omit({ setBy: true }),
    answer: Made,
  }),
  setTerms: writing({
    path: '/retention-terms',
    summary: 'After how many months records of each class are looked at; nothing is ever deleted by itself',
    body: RetentionTerms,
    answer: z.object({ terms: RetentionTerms }),
  }),
  keepOn: writing({
    path: '/reviews',
    summary: 'Keep on what is due for a review, for so many months and a reason',
    refusals: ['not_due'],
    body: z.strictObject({
      subject: z.string(),
      months: z.number().int().min(1).max(120),
      reason: z.enum(RETENTION_REASONS),
    }),
    answer: Made,
  }),
}
