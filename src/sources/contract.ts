import { z } from 'zod'
import { AnyJson } from '../foundation/json.ts'
import { Guards, ReceiptView, reading, revision, wholeNumber, writing } from '../foundation/operation.ts'
import { Note } from './note.ts'
import { Provenance, Publisher, SourceFacts } from './source.ts'

const DossierView = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  description: z.string().nullable(),
})

const ListedSource = z.object({
  id: z.string(),
  title: z.string(),
  kind: z.string(),
  date: z.string().nullable(),
  language: z.string().nullable(),
  publisher: z.string().nullable(),
  group: z.string(),
  fileName: z.string().nullable(),
  unread: z.string().nullable(),
  statements: z.number(),
})
export type ListedSource = z.infer<typeof ListedSource>

const TakenInView = z.object({
  fileName: z.string(),
  source: z.string().nullable(),
  outcome: z.enum(['added', 'there already', 'refused']),
  code: z.string().optional(),
  sentence: z.string().optional(),
  sha256: z.string().optional(),
  sentences: z.number().optional(),
  charset: z.string().optional(),
  warnings: z.array(z.object({ code: z.string(), sentence: z.string() })).optional(),
})

const DraftView = z.object({ id: z.string(), body: z.record(z.string(), AnyJson), savedAt: z.string() })

export const sourceOperations = {
  listDossiers: reading({
    path: '/dossiers',
    summary: 'All dossiers',
    answer: z.object({ dossiers: z.array(DossierView) }),
  }),
  openDossier: writing({
    path: '/dossiers',
    summary: 'Open a dossier; one that is there already stays as it is',
    refusals: ['slug_unreadable'],
    body: z.strictObject({ slug: z.string(), title: z.string().optional() }),
    answer: DossierView,
  }),
  listSources: reading({
    path: '/dossiers/:slug/sources',
    summary: 'The sources of a dossier',
    refusals: ['dossier_unknown'],
    answer: z.object({ sources: z.array(ListedSource), guards: Guards }),
  }),
  pageOfSources: reading({
    path: '/dossiers/:slug/sources/page',
    summary: 'The sources of a dossier a page at a time, by title or with the latest first',
    refusals: ['dossier_unknown'],
    query: z.strictObject({
      sort: z.enum(['title', 'date']).default('title'),
      /** Words of a title or a publisher. */
      typed: z.string().max(200).default(''),
      /** Where the page begins, as the one before it said. */
      after: z.string().max(2000).optional(),
      limit: wholeNumber(100, 200),
    }),
    answer: z.object({
      sources: z.array(ListedSource),
      /** Where the next page begins; null on the last one. */
      next: z.string().nullable(),
      guards: Guards,
    }),
  }),
  takeIn: writing({
    path: '/dossiers/:slug/sources',
    summary: 'Take files in; their bytes are kept exactly as sent',
    refusals: ['dossier_unknown'],
    body: z.strictObject({
      files: z.array(
        z.object({ fileName: z.string().min(1), base64: z.base64(), facts: SourceFacts.optional() }),
      ),
    }),
    answer: z.object({ results: z.array(TakenInView) }),
  }),
  describeSource: writing({
    path: '/sources/:id/facts',
    summary: 'Change what is known of a source beside its words',
    refusals: ['source_unknown', 'matter_unknown'],
    body: SourceFacts.extend({ holds: z.string().nullable().optional(), revision }),
    answer: z.object({}),
  }),
  readAgain: writing({
    path: '/sources/:id/read-again',
    summary:
      'Read the original anew and look for every passage again, or read for the first time what was kept unread',
    refusals: ['source_unknown', 'original_missing', 'original_altered'],
    body: z.strictObject({}),
    answer: z.object({
      /** The reading in use; null where there is still none. */
      reading: z.string().nullable(),
      /** Why it could not be read; what was read before stays as it was. */
      failed: z.object({ code: z.string(), sentence: z.string() }).nullable(),
      passages: z.object({ intact: z.number(), moved: z.number(), lost: z.number() }),
      receipt: ReceiptView.nullable(),
    }),
  }),
  tableOfSource: reading({
    path: '/sources/:id/tables/:table',
    summary: 'Up to 200 rows of a table of a source, from 1, each cell with its place in the reading',
    refusals: ['source_unknown', 'source_unread', 'table_unknown'],
    query: z.strictObject({ from: z.coerce.number().int().positive().optional() }),
    answer: z.object({
      name: z.string().nullable(),
      tables: z.number(),
      total: z.number(),
      rows: z.array(
        z.object({
          n: z.number(),
          cells: z.array(z.object({ start: z.number(), end: z.number(), text: z.string() })),
        }),
      ),
    }),
  }),
  settlePassage: writing({
    path: '/passages/:id/settle',
    summary: 'Say where words stand that a new reading moved or lost, or that they are gone',
    refusals: [
      'passage_unknown',
      'passage_settled',
      'passage_lost',
      'reason_missing',
      'source_unread',
      'nowhere',
      'ambiguous',
    ],
    body: z.strictObject({
      answer: z.union([
        z.strictObject({ as: z.literal('found') }),
        z.strictObject({ as: z.literal('gone') }),
        z.strictObject({
          as: z.literal('words'),
          exact: z.string().min(1),
          start: z.number().int().nonnegative().optional(),
        }),
      ]),
      reason: z.string(),
    }),
    answer: z.object({ state: z.enum(['intact', 'moved', 'lost']), receipt: ReceiptView }),
  }),
  finishNote: writing({
    path: '/dossiers/:slug/notes',
    summary: 'Freeze a note typed here: its text becomes an original',
    refusals: ['dossier_unknown', 'note_empty'],
    body: z.strictObject({
      title: z.string(),
      note: Note,
      date: SourceFacts.shape.date.unwrap().nullable(),
      language: z.string().optional(),
      publisher: Publisher.nullable(),
      provenance: Provenance,
      labels: z.record(z.string(), z.string()),
      draft: z.string().nullable(),
    }),
    answer: TakenInView,
  }),
  listDrafts: reading({
    path: '/drafts',
    summary: 'Your own drafts, the latest first',
    answer: z.object({ drafts: z.array(DraftView) }),
  }),
  saveDraft: writing({
    path: '/drafts',
    summary: 'Save what is being typed',
    refusals: ['draft_unknown'],
    body: z.strictObject({
      id: z.string().nullable(),
      body: z.record(z.string(), AnyJson),
      since: z.string().optional(),
    }),
    answer: DraftView,
  }),
  dropDraft: writing({
    path: '/drafts/drop',
    summary: 'Throw a draft away',
    body: z.strictObject({ id: z.string() }),
    answer: z.object({}),
  }),
}
