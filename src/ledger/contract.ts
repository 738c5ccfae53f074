import { z } from 'zod'
import { AnyJson } from '../foundation/json.ts'
import { Guards, reading, wholeNumber, writing } from '../foundation/operation.ts'
import { SignedReceipt } from './signed-receipt.ts'

const state = {
  size: z.number(),
  waiting: z.number(),
  checkpoint: z.string().nullable(),
  at: z.string().nullable(),
}
const FieldChangeView = z.object({ field: z.string(), before: AnyJson, after: AnyJson })

export const ledgerOperations = {
  ledger: reading({
    path: '/ledger',
    summary: 'How far the ledger reaches, and its entries from the newest on',
    query: z.strictObject({
      before: z.coerce.number().int().nonnegative().optional(),
      limit: wholeNumber(50, 500),
    }),
    answer: z.object({
      ...state,
      key: z.string(),
      entries: z.array(
        z.object({
          index: z.number(),
          entry: z.string(),
          at: z.string(),
          type: z.string(),
          who: z.string().nullable(),
          why: z.string().nullable(),
          items: z.number(),
          /** For a jump of the clock: the time it should have been at least. */
          before: z.string().nullable(),
        }),
      ),
    }),
  }),
  verify: writing({
    path: '/ledger/verify',
    summary: 'Check everything stored against the ledger, now',
    body: z.strictObject({ since: z.string().optional() }),
    answer: z.object({
      state: z.enum(['intact', 'altered', 'cannot tell']),
      altered: z.array(z.object({ what: z.string(), id: z.string(), sentence: z.string() })),
      /** How many more things are altered that whoever asks may not see: auditors and administrators are named them. */
      unnamed: z.number(),
      cannotTell: z.array(z.string()),
      /** What no verification of this kind can know. */
      limits: z.array(z.string()),
      entries: z.number(),
      records: z.number(),
      rollback: z.string(),
      checkpoint: z.string().nullable(),
      milliseconds: z.number(),
    }),
  }),
  changes: reading({
    path: '/changes',
    summary: 'What was changed lately, a page at a time, the newest first',
    query: z.strictObject({
      /** Where the page begins, as the one before it said. */
      after: z.string().max(200).optional(),
      /** Entries; an import of thousands is one. */
      limit: wholeNumber(100, 200),
    }),
    answer: z.object({
      guards: Guards,
      /** Where the next page begins; null on the last one. */
      next: z.string().nullable(),
      changes: z.array(
        z.object({
          record: z.string(),
          kind: z.string(),
          n: z.number(),
          at: z.string(),
          who: z.string(),
          why: z.string(),
          index: z.number().nullable(),
          items: z.number(),
          title: z.string(),
        }),
      ),
    }),
  }),
  record: reading({
    path: '/records/:id',
    summary: 'Anything on record, with where it comes from and its whole history',
    refusals: ['not_there'],
    answer: z.object({
      guards: Guards,
      id: z.string(),
      kind: z.string(),
      body: AnyJson,
      words: z.array(
        z.object({
          passage: z.string(),
          exact: z.string(),
          start: z.number(),
          end: z.number(),
          state: z.string(),
        }),
      ),
      source: z
        .object({
          id: z.string(),
          title: z.string(),
          sha256: z.string(),
          publisher: z.string().nullable(),
          date: z.string().nullable(),
          independence: z.string().nullable(),
        })
        .nullable(),
      /** When it was erased, and the class of the ground; null while it is there. */
      erased: z.object({ at: z.string(), ground: z.string() }).nullable(),
      history: z.array(
        z.object({
          n: z.number(),
          at: z.string(),
          who: z.string(),
          why: z.string(),
          entry: z.string(),
          index: z.number().nullable(),
          changes: z.array(FieldChangeView),
          /** To keep: the ledger's signed promise, and the proof of the entry's place where it has one. */
          receipt: SignedReceipt.nullable(),
        }),
      ),
    }),
  }),
}
