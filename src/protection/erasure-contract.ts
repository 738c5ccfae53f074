import { z } from 'zod'
import { ReceiptView, reading, writing } from '../foundation/operation.ts'
import { ERASURE_ASKERS, ERASURE_EXCEPTIONS, ERASURE_GROUNDS, ERASURE_REACHES, Erasure } from './erasure.ts'

const Titled = z.object({ id: z.string(), kind: z.string(), title: z.string() })
const Cleaned = z.object({
  began: z.string(),
  tables: z.number(),
  bytes: z.number(),
  milliseconds: z.number(),
  limits: z.array(z.string()),
  unreached: z.array(z.string()),
})
/** How the clean-up after erasures stands; `estimate` is in seconds. */
const CleaningView = z.object({
  running: z.object({ done: z.number(), of: z.number(), what: z.string(), began: z.string() }).nullable(),
  failed: z.string().nullable(),
  last: Cleaned.nullable(),
  waiting: z.number(),
  estimate: z.number(),
})
const CarriedOut = z.object({
  at: z.string(),
  by: z.string(),
  way: z.string(),
  what: z.string(),
  recipient: z.string().nullable(),
  recallable: z.boolean().nullable(),
})
const previewRefusals = ['not_there', 'part_of_another', 'still_works_here']

export const erasureOperations = {
  previewErasure: reading({
    path: '/erasures/preview',
    summary:
      'What would go if this were erased, what stays and names it, what left already, and what you would have to delete yourself',
    refusals: previewRefusals,
    query: z.strictObject({ target: z.string(), reach: z.enum(ERASURE_REACHES).default('record') }),
    answer: z.object({
      target: z.string(),
      kind: z.string(),
      title: z.string(),
      reach: z.enum(ERASURE_REACHES),
      goes: z.record(z.string(), z.number()),
      total: z.number(),
      originals: z.number(),
      stays: z.array(Titled),
      staying: z.number(),
      /** Matters of which nothing would speak any more. */
      unspoken: z.array(Titled),
      /** What left already and carried it: exports, and uses of what people of the open case told. */
      exports: z.array(CarriedOut),
      exported: z.number(),
      uses: z.array(CarriedOut.extend({ recipientName: z.string() })),
      used: z.number(),
      backups: z.number(),
      lastBackup: z.string().nullable(),
      /** Files of the data folder that nothing here touches. */
      files: z.array(z.string()),
      /** Seconds that the clean-up after it takes, about. */
      estimate: z.number(),
    }),
  }),
  erasures: reading({
    path: '/erasures',
    summary: 'All erasures, proposed, declined and done, and how the clean-up after them stands',
    answer: z.object({
      erasures: z.array(
        Erasure.extend({
          id: z.string(),
          title: z.string(),
          by: z.string(),
          second: z.string().nullable(),
          mayConfirm: z.boolean(),
          confirmFrom: z.string().nullable(),
        }),
      ),
      cleaning: CleaningView,
      files: z.array(z.string()),
      /** Folders with backups made before the newest erasure: they still hold what was erased. */
      backups: z.array(z.string()),
    }),
  }),
  proposeErasure: writing({
    path: '/erasures',
    summary: 'Propose that a record be erased; a second person confirms it',
    refusals: [...previewRefusals, 'erasure_proposed'],
    body: z.strictObject({
      target: z.string(),
      reach: z.enum(ERASURE_REACHES).default('record'),
      ground: z.enum(ERASURE_GROUNDS),
      askedBy: z.enum(ERASURE_ASKERS),
      request: z.string().nullable().default(null),
    }),
    answer: z.object({ id: z.string(), receipt: ReceiptView }),
  }),
  decideErasure: writing({
    path: '/erasures/:id',
    summary: 'Confirm a proposed erasure, having seen so many records go, or decline it',
    refusals: ['not_there', 'already_decided', 'erasure_needs_second', 'erasure_waits', 'prove_again'],
    body: z.union([
      z.strictObject({ seen: z.number().int().positive() }),
      z.strictObject({ decline: z.enum(ERASURE_EXCEPTIONS) }),
    ]),
    answer: z.object({
      receipt: ReceiptView,
      erased: z
        .object({
          entries: z.array(z.string()),
          revisions: z.number(),
          originals: z.number(),
          drafts: z.number(),
        })
        .nullable(),
    }),
  }),
  cleanUp: writing({
    path: '/cleaning',
    summary: 'Clean up after erasures now: registers, originals, and the files of the database',
    body: z.strictObject({}),
    answer: z.object({ started: z.boolean() }),
  }),
}
