import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { MatterName } from '../matters/matter.ts'
import { Provenance, Publisher } from '../sources/source.ts'
import type { Incoming } from '../sources/take-in.ts'
import { type CodingHead, readCodingFile } from '../statements/coding-format.ts'
import { STANDARDS_OF_PROOF } from '../statements/finding.ts'

/** The folder that ships with the program, beside `src` and `dist` alike. */
export const SAMPLE_FOLDER = fileURLToPath(new URL('../../sample/', import.meta.url))

const item = z.string()

/** dossier.json: which dossier it is, and what somebody decided in it. Matters by key, statements by item. */
const SampleDossier = z.strictObject({
  slug: z.string(),
  title: z.string(),
  merges: z.array(z.strictObject({ merged: z.string(), into: z.string(), reason: z.string() })),
  tags: z.array(z.strictObject({ matter: z.string(), scheme: z.string(), term: z.string() })),
  findings: z.array(
    z.strictObject({
      matter: z.string(),
      aspect: z.string(),
      proposition: z.string(),
      standard: z.enum(STANDARDS_OF_PROOF),
      met: z.boolean().nullable(),
      reasons: z.string(),
      for: z.array(item),
      against: z.array(item),
    }),
  ),
})

/** sources.json: facts by file name; every one of them is stated. */
const SampleSources = z.record(
  z.string(),
  z.strictObject({
    kind: z.string(),
    title: z.string(),
    date: z.string(),
    language: z.string(),
    publisher: Publisher,
    provenance: Provenance,
  }),
)

const SampleNames = z.record(
  z.string(),
  z.strictObject({ names: z.array(MatterName), parent: z.string().optional() }),
)

const Words = z.strictObject({ en: z.string().min(1), ru: z.string().min(1), kk: z.string().min(1) })

/** Where a step of the tour leads, by things that stay the same in every record: keys, items, doors. */
const TourPlace = z.discriminatedUnion('door', [
  z.strictObject({ door: z.enum(['desk', 'timeline', 'ledger', 'history', 'notes', 'sources', 'matters']) }),
  z.strictObject({ door: z.literal('matter'), matter: z.string(), aspect: z.string().optional() }),
  z.strictObject({ door: z.literal('source'), item }),
  z.strictObject({ door: z.literal('search'), typed: z.string() }),
])
export type TourPlace = z.infer<typeof TourPlace>

/** tour.json: short steps, each in three languages. */
const SampleTour = z.array(z.strictObject({ id: z.string(), place: TourPlace, title: Words, text: Words }))
export type TourStep = z.infer<typeof SampleTour>[number]

export interface Sample {
  readonly dossier: z.infer<typeof SampleDossier>
  readonly notes: readonly Incoming[]
  readonly coding: CodingHead
  readonly names: z.infer<typeof SampleNames>
}

/** The shipped dossier as it lies in its folder. */
export function readSample(folder = SAMPLE_FOLDER): Sample {
  const sources = SampleSources.parse(readJson(folder, 'sources.json'))
  return {
    dossier: readSampleDossier(folder),
    notes: Object.entries(sources).map(([fileName, facts]) => ({
      fileName,
      bytes: new Uint8Array(readFileSync(join(folder, 'notes', fileName))),
      facts,
    })),
    coding: readCodingFile(readFileSync(join(folder, 'coding.json'), 'utf8')),
    names: SampleNames.parse(readJson(folder, 'names.json')),
  }
}

export function readSampleDossier(folder = SAMPLE_FOLDER): Sample['dossier'] {
  return SampleDossier.parse(readJson(folder, 'dossier.json'))
}

export function readTour(folder = SAMPLE_FOLDER): TourStep[] {
  return SampleTour.parse(readJson(folder, 'tour.json'))
}

function readJson(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'))
}
