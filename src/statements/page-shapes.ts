import { z } from 'zod'
import { AnyJson } from '../foundation/json.ts'
import { VALUE_TYPES } from '../matters/aspect.ts'
import { Drift } from '../sources/drift.ts'
import { Provenance } from '../sources/source.ts'
import { SuggestionsView } from './suggestion-shapes.ts'
import {
  ConflictView,
  DateView,
  FindingView,
  MatterRef,
  PassageView,
  SourceRef,
  StatementView,
  TensionView,
} from './view-shapes.ts'

const NameView = z.object({
  text: z.string(),
  language: z.string(),
  use: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
})

/** A matter's page: accounts side by side, what cannot both hold, what is agreed, what we hold. */
export const MatterPageView = z.object({
  matter: z.object({
    id: z.string(),
    kind: z.string(),
    name: z.string(),
    titles: z.record(z.string(), z.string()),
    key: z.string().nullable(),
    named: z.boolean(),
    note: z.string().nullable(),
    revision: z.number(),
    names: z.array(NameView),
    parent: MatterRef.nullable(),
  }),
  merged: z.array(MatterRef),
  /** Of the whole matter, however much of it this page shows. */
  counts: z.object({ statements: z.number(), conflicts: z.number(), speakers: z.number() }),
  /** Speaker groups of all its statements. */
  groups: z.array(z.string()),
  accounts: z.array(
    z.object({
      aspect: z.string(),
      valueType: z.enum(VALUE_TYPES),
      holds: z.string(),
      definition: z.string(),
      total: z.number(),
      /** Independent origins of all that is affirmed or not denied. */
      origins: z.number(),
      entries: z.array(z.object({ statement: z.string(), n: z.number() })),
      /** The offset from which to fetch more of this account; null where nothing is left. */
      next: z.number().nullable(),
      /** Values of the entries shown. */
      values: z.array(
        z.object({
          text: z.string(),
          /** How many entries of the whole account give it. */
          total: z.number(),
          stands: z.array(z.object({ statement: z.string(), stance: z.string() })),
          origins: z.number(),
        }),
      ),
    }),
  ),
  statements: z.record(z.string(), StatementView),
  conflicts: z.array(ConflictView),
  /** One end may be a statement about another matter. */
  tensions: z.array(TensionView),
  commonGround: z.array(z.object({ aspect: z.string(), text: z.string(), statements: z.array(z.string()) })),
  findings: z.array(FindingView),
  tags: z.array(
    z.object({
      subject: z.string(),
      scheme: z.string(),
      term: z.string(),
      version: z.string().nullable(),
      by: z.string(),
    }),
  ),
  linked: z.array(MatterRef.extend({ aspects: z.array(z.string()) })),
  /** Words by which sources name it. */
  mentions: z.array(
    z.object({
      id: z.string(),
      words: z.string(),
      as: z.string(),
      source: z.object({ id: z.string(), title: z.string() }),
    }),
  ),
})
export type MatterPageView = z.infer<typeof MatterPageView>

const Proposal = z.object({
  id: z.string(),
  name: z.string(),
  reason: z.string().nullable(),
  entries: z.array(
    z.object({
      statement: z.string(),
      n: z.number(),
      matter: MatterRef,
      aspect: z.string(),
      asStated: z.string().nullable(),
      value: z.string().nullable(),
      normalised: z.string().nullable(),
    }),
  ),
})

/** What waits for somebody. */
const Prepared = z.object({ source: SourceRef, at: z.string() }).nullable()

export const DeskView = z.object({
  conflicts: z.array(ConflictView),
  tensions: z.array(TensionView),
  findings: z.array(FindingView),
  proposals: z.array(Proposal),
  /** Normalisations that nobody has accepted yet, outside groups. */
  normalisations: z.number(),
  cited: z.array(
    z.object({
      source: SourceRef,
      start: z.number(),
      end: z.number(),
      words: z.number(),
      begins: z.string(),
      asked: z.string().nullable(),
    }),
  ),
  speakerless: z.array(StatementView),
  hidden: z.array(StatementView),
  unsettled: z.array(PassageView.extend({ source: SourceRef })),
  unread: z.array(z.object({ source: SourceRef, sentence: z.string() })),
  /** The first plan and security assessment, and how many sources came while one of them was missing. */
  preparation: z.object({ plan: Prepared, risks: Prepared, before: z.number() }),
  passages: z.object({ intact: z.number(), moved: z.number(), lost: z.number() }),
  counts: z.object({ sources: z.number(), statements: z.number(), matters: z.number() }),
  /** Dates in words, and claims to be first or most, that nobody has answered yet; at most a hundred of each. */
  suggestions: SuggestionsView,
  /** Statements marked as needing a check; at most a hundred. */
  toCheck: z.array(StatementView),
})
export type DeskView = z.infer<typeof DeskView>

/** A source with its reading, and all that stands in its margin. */
export const SourcePageView = z.object({
  source: SourceRef.extend({
    fileName: z.string().nullable(),
    mediaType: z.string(),
    sha256: z.string(),
    size: z.number(),
    language: z.string().nullable(),
    script: z.string().nullable(),
    provenance: Provenance,
    dossier: z.string(),
    note: z.object({ template: z.string(), fields: z.record(z.string(), AnyJson) }).nullable(),
    /** The source that it came inside of. */
    within: z.object({ id: z.string(), title: z.string() }).nullable(),
    revision: z.number(),
  }),
  unread: z.string().nullable(),
  reading: z
    .object({
      id: z.string(),
      by: z.string(),
      text: z.string(),
      /** Where positions of the reading part from those of the file, which a coding file counts. */
      drift: Drift.optional(),
      sentences: z.array(z.tuple([z.number(), z.number()])),
      marks: z.array(z.object({ kind: z.string(), start: z.number(), end: z.number() })),
      quotations: z.array(z.object({ start: z.number(), end: z.number(), words: z.number() })),
      /** Turns of an interview record; the speaker is offered when words of the turn are coded. */
      turns: z.array(z.object({ start: z.number(), end: z.number(), speaker: z.string() })),
      notes: z.array(z.string()),
    })
    .nullable(),
  passages: z.array(PassageView),
  statements: z.array(StatementView),
  remarks: z.array(
    z.object({
      id: z.string(),
      item: z.string(),
      type: z.string(),
      label: z.string(),
      text: z.string().nullable(),
      readings: z.array(z.string()),
      matter: MatterRef.nullable(),
      passages: z.array(z.string()),
    }),
  ),
  /** Statements of this source that stand in a conflict, with the conflict's id. */
  conflicts: z.array(ConflictView),
})
export type SourcePageView = z.infer<typeof SourcePageView>

/** Everything with a date, by matter. */
export const TimelineView = z.object({
  lanes: z.array(
    z.object({
      matter: MatterRef,
      points: z.array(
        z.object({
          statement: z.string(),
          aspect: z.string(),
          asStated: z.string().nullable(),
          date: DateView,
          /** The proposed or accepted other reading of the date. */
          corrected: DateView.nullable(),
          accepted: z.boolean(),
          group: z.string(),
          speaker: z.string(),
          source: SourceRef,
          conflict: z.string().nullable(),
        }),
      ),
    }),
  ),
})
export type TimelineView = z.infer<typeof TimelineView>
