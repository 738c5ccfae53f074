import { z } from 'zod'
import { Guards, ReceiptView, reading, wholeNumber, writing } from '../foundation/operation.ts'
import { STANDARDS_OF_PROOF } from './finding.ts'
import { DeskView, MatterPageView, SourcePageView, TimelineView } from './page-shapes.ts'
import { LINK_RELS } from './statement.ts'
import { RelativeDateView, SuggestionsView } from './suggestion-shapes.ts'
import { ConflictView } from './view-shapes.ts'

const CodedView = z.object({
  item: z.string(),
  outcome: z.enum(['added', 'changed', 'unchanged', 'refused']),
  code: z.string().optional(),
  sentence: z.string().optional(),
  warnings: z.array(z.object({ code: z.string(), sentence: z.string() })),
})
const Coded = z.object({
  added: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  refused: z.number(),
  linksRefused: z.number(),
  items: z.array(CodedView),
  /** What is to be said of the head of the file. */
  notes: z.array(z.object({ code: z.string(), sentence: z.string() })),
  entry: z.string().nullable(),
})
/** A coding file; its members are read by the coding format itself, so that a bad item spoils only itself. */
const CodingFile = z.looseObject({ items: z.array(z.unknown()) })
const Made = z.object({ id: z.string(), receipt: ReceiptView })

export const statementOperations = {
  desk: reading({
    path: '/dossiers/:slug/desk',
    summary: 'What waits in a dossier',
    refusals: ['dossier_unknown'],
    answer: DeskView.extend({ guards: Guards }),
  }),
  timeline: reading({
    path: '/dossiers/:slug/timeline',
    summary: 'Everything with a date, by matter',
    refusals: ['dossier_unknown'],
    answer: TimelineView,
  }),
  sourcePage: reading({
    path: '/sources/:id',
    summary: 'A source, its reading, and what stands in its margin',
    refusals: ['source_unknown'],
    answer: SourcePageView.extend({ guards: Guards }),
  }),
  matterPage: reading({
    path: '/matters/:id',
    summary: 'A matter with its accounts side by side; of each account a hundred entries from an offset on',
    refusals: ['matter_unknown'],
    query: z.strictObject({ aspect: z.string().optional(), offset: wholeNumber(0, 1_000_000) }),
    answer: MatterPageView.extend({ guards: Guards }),
  }),
  code: writing({
    path: '/dossiers/:slug/coding',
    summary: 'Apply a coding file, or a single statement in its format',
    refusals: ['dossier_unknown', 'coding_unreadable', 'coding_format_unknown'],
    body: CodingFile,
    answer: Coded,
  }),
  previewCoding: writing({
    path: '/dossiers/:slug/coding/preview',
    summary: 'What a coding file would bring, conflicts above all; nothing is recorded',
    refusals: ['dossier_unknown', 'coding_unreadable', 'coding_format_unknown'],
    body: CodingFile,
    answer: Coded.extend({ conflicts: z.array(ConflictView), suggestions: SuggestionsView }),
  }),
  decide: writing({
    path: '/emendations/decide',
    summary: 'Accept or reject a normalisation, or a group of corrections, with a reason',
    refusals: [
      'emendation_unknown',
      'statement_unknown',
      'nothing_normalised',
      'part_of_group',
      'already_decided',
      'reason_missing',
    ],
    body: z.strictObject({
      decided: z.union([
        z.object({ dossier: z.string(), name: z.string() }),
        z.object({ statement: z.string(), n: z.number().int() }),
      ]),
      accept: z.boolean(),
      reason: z.string(),
      evidence: z.array(z.string()).default([]),
    }),
    answer: Made,
  }),
  settleCitation: writing({
    path: '/citations/settle',
    summary: 'Say that a cited document is held now, or why none is missing',
    refusals: ['source_unknown', 'source_unread', 'citation_unknown', 'reason_missing'],
    body: z.strictObject({
      source: z.string(),
      start: z.number().int(),
      end: z.number().int(),
      heldIn: z.string().nullable(),
      reason: z.string(),
    }),
    answer: Made,
  }),
  relativeDate: reading({
    path: '/dates/relative',
    summary:
      'What words such as "last week" resolve to, from the day of a document or of what they follow on',
    query: z.strictObject({
      words: z.string().min(1),
      language: z.enum(['en', 'ru', 'kk']),
      document: z.string().optional(),
      told: z.string().optional(),
    }),
    answer: z.object({ date: RelativeDateView.nullable() }),
  }),
  normalise: writing({
    path: '/statements/:id/normalisation',
    summary: 'Propose what a date in words resolves to; it waits for a decision',
    refusals: ['statement_unknown', 'normalised_already', 'reason_missing', 'date_unreadable'],
    body: z.strictObject({
      n: z.number().int().nonnegative(),
      normalised: z.string().min(1),
      reason: z.string(),
    }),
    answer: ReceiptView,
  }),
  proposeFinding: writing({
    path: '/findings',
    summary: 'Propose what our organisation should hold',
    refusals: [
      'dossier_unknown',
      'matter_unknown',
      'finding_without_statements',
      'statement_unknown',
      'finding_rests_on_ambiguous',
    ],
    body: z.strictObject({
      dossier: z.string(),
      matter: z.string(),
      aspect: z.string().nullable(),
      proposition: z.string().min(1),
      standard: z.enum(STANDARDS_OF_PROOF),
      met: z.boolean().nullable(),
      reasons: z.string().min(1),
      for: z.array(z.string()),
      against: z.array(z.string()),
    }),
    answer: Made,
  }),
  answerFinding: writing({
    path: '/findings/:id/answer',
    summary: "The second reader's answer",
    refusals: [
      'finding_unknown',
      'second_reader_is_first',
      'already_decided',
      'reason_missing',
      'paper_unknown',
      'paper_is_evidence',
    ],
    body: z.union([
      z.object({ agree: z.literal(true) }),
      z.object({ dissent: z.string() }),
      z.object({ attestedIn: z.string() }),
      z.object({ withdraw: z.string() }),
    ]),
    answer: z.object({ receipt: ReceiptView }),
  }),
  link: writing({
    path: '/links',
    summary: 'Put one statement beside another: a tension, an answer, an endorsement',
    refusals: ['statement_unknown', 'link_to_itself', 'link_exists'],
    body: z.strictObject({
      from: z.string(),
      to: z.string(),
      rel: z.enum(LINK_RELS),
      note: z.string().nullable(),
    }),
    answer: Made,
  }),
  tag: writing({
    path: '/tags',
    summary: 'Tag records with rights, affected groups, targets',
    refusals: ['dossier_unknown', 'not_there'],
    body: z.strictObject({
      tags: z.array(
        z.object({ dossier: z.string(), subject: z.string(), scheme: z.string(), term: z.string() }),
      ),
    }),
    answer: z.object({ receipt: ReceiptView.nullable() }),
  }),
}
