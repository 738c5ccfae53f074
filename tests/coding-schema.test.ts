import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  CODING_FORMAT,
  CodingAspect,
  CodingItem,
  CodingMatter,
  CodingSource,
} from '../src/statements/coding-format.ts'

const PUBLISHED = fileURLToPath(new URL('../docs/coding.schema.json', import.meta.url))

/** A coding file whole, as other programs may check one before they send it. */
const CodingFile = z.object({
  '@context': z.unknown().optional(),
  type: z.literal('AnnotationCollection').optional(),
  format: z.literal(CODING_FORMAT).optional(),
  label: z.string().optional(),
  total: z.number().int().optional(),
  sources: z.array(CodingSource).optional(),
  matters: z.array(CodingMatter).optional(),
  aspects: z.record(z.string(), z.record(z.string(), CodingAspect)).optional(),
  items: z.array(CodingItem),
})

test('N6 the published coding schema is made of the shapes that the program reads with', async () => {
  const schema = {
    $comment: 'SPDX-License-Identifier: CC0-1.0',
    title: CODING_FORMAT,
    ...z.toJSONSchema(CodingFile, { io: 'input', unrepresentable: 'any' }),
  }
  await expect(`${JSON.stringify(schema, null, 1)}\n`).toMatchFileSnapshot(PUBLISHED)
})
