import { z } from 'zod'
import { Guards, ReceiptView, reading, revision, writing } from '../foundation/operation.ts'
import { VALUE_TYPES } from './aspect.ts'
import { MatterName } from './matter.ts'

const ListedMatter = z.object({
  id: z.string(),
  name: z.string(),
  titles: z.record(z.string(), z.string()),
  kind: z.string(),
  statements: z.number(),
  sources: z.number(),
})
const FoundMatter = z.object({
  id: z.string(),
  key: z.string().nullable(),
  name: z.string(),
  titles: z.record(z.string(), z.string()),
  kind: z.string(),
  named: z.boolean(),
})

export const matterOperations = {
  listMatters: reading({
    path: '/dossiers/:slug/matters',
    summary: 'The matters of a dossier, those most spoken of first',
    refusals: ['dossier_unknown'],
    answer: z.object({ matters: z.array(ListedMatter), guards: Guards }),
  }),
  mattersLike: reading({
    path: '/matters',
    summary: 'Matters under a name, in any of three scripts; for type-ahead',
    query: z.strictObject({ typed: z.string().default('') }),
    answer: z.object({ matters: z.array(FoundMatter) }),
  }),
  listAspects: reading({
    path: '/dossiers/:slug/aspects',
    summary: 'The aspects a dossier works with',
    refusals: ['dossier_unknown'],
    answer: z.object({
      aspects: z.array(
        z.object({
          matterKind: z.string(),
          name: z.string(),
          valueType: z.enum(VALUE_TYPES),
          holds: z.string(),
          definition: z.string(),
          terms: z.array(z.string()),
          /** The units in which amounts of it are on record in this dossier, the most used first. */
          units: z.array(z.string()),
        }),
      ),
    }),
  }),
  mergeMatters: writing({
    path: '/matters/:id/merge',
    summary: 'Say that this matter and another are one; both keep their records',
    refusals: ['matter_unknown', 'merge_with_itself', 'merge_of_kinds', 'merged_already', 'reason_missing'],
    body: z.strictObject({ into: z.string(), reason: z.string() }),
    answer: ReceiptView,
  }),
  splitMatter: writing({
    path: '/matters/:id/split',
    summary: 'Undo a merge',
    refusals: ['matter_unknown', 'not_merged', 'reason_missing'],
    body: z.strictObject({ reason: z.string() }),
    answer: ReceiptView,
  }),
  describeMatter: writing({
    path: '/matters/:id/description',
    summary: 'Change our neutral title, names, note, and what it is part of',
    refusals: ['matter_unknown', 'date_unreadable', 'parent_in_circle'],
    body: z.strictObject({
      name: z.string().min(1).optional(),
      names: z.array(MatterName).optional(),
      note: z.string().nullable().optional(),
      /** What it is part of. */
      parent: z.string().nullable().optional(),
      revision: revision,
    }),
    answer: ReceiptView,
  }),
}
