import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CitableText } from '../src/sources/citable-text.ts'
import { findDossier } from '../src/sources/dossier.ts'
import { readingInUse, sourcesOfDossier } from '../src/sources/source-store.ts'
import { exportCoding } from '../src/statements/export-coding.ts'
import { readAs } from '../src/storage/database.ts'
import { codeSeeds, SHARED, seedText, takeInSeeds } from './seeds.ts'
import { testWorkspace } from './workspace.ts'

interface Item {
  id: string
  body: Record<string, unknown>
  inventory?: string[]
  target: { source: string; selector: { exact?: string; start?: number; end?: number }[] }
}

/** Rows that this version claims: docs/coverage.tsv names a test for each. */
const coverage = readFileSync(new URL('../docs/coverage.tsv', import.meta.url), 'utf8')
const claimed = coverage.split('\n').flatMap((line) => {
  const [row = '', , name = '-'] = line.split('\t')
  return name === '-' || name === '' ? [] : [row]
})
const inventory: { quote: string }[] = SHARED
  ? JSON.parse(readFileSync(join(SHARED, 'reference', 'seed-inventory.json'), 'utf8'))
  : []

describe.skipIf(!SHARED)('rows of the inventory', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let recorded: Map<string, Item>
  let coded: Item[]
  let texts: Map<string, CitableText>

  beforeAll(async () => {
    workspace = await testWorkspace()
    await takeInSeeds(workspace, 'seeds')
    await codeSeeds(workspace, 'seeds')
    coded = JSON.parse(seedText('coding.json')).items
    await readAs(workspace.database, workspace.actor, async (tx) => {
      const dossier = await findDossier(tx, 'seeds')
      if (!dossier) throw new Error('no dossier')
      const file = await exportCoding(tx, dossier)
      recorded = new Map((file.items as Item[]).map((item) => [item.id, item]))
      texts = new Map()
      for (const { id, source } of await sourcesOfDossier(tx, dossier.id)) {
        const reading = await readingInUse(tx, id)
        if (reading) texts.set(source.fileName ?? '', new CitableText(reading.text, [], reading.id))
      }
    })
  })
  afterAll(() => workspace?.close())

  test.each(claimed)('%s', (row) => {
    const items = coded.filter((item) => item.inventory?.includes(row))
    expect(items.length).toBeGreaterThan(0)
    for (const item of items) {
      const held = recorded.get(item.id)
      expect(unordered(held?.body)).toEqual(unordered(item.body))
      expect(held?.target).toEqual({
        source: item.target.source,
        selector: item.target.selector.map((selector) => expect.objectContaining({ ...selector })),
      })
    }
    // The row's own words stand in the source its items cite, once or more.
    const [article, number] = row.split('-')
    const { quote } = inventory[Number(number) - 1 + (article === 'B' ? 83 : 0)] ?? { quote: '' }
    const text = texts.get(items[0]?.target.source ?? '')
    expect(text?.text.replace(/\s+/g, ' ')).toContain(quote.replace(/\s+/g, ' '))
  })
})

/** The links of a statement have no order. */
function unordered(body: Record<string, unknown> | undefined): unknown {
  const links = Array.isArray(body?.links) ? [...body.links] : undefined
  return links
    ? { ...body, links: links.map((link) => JSON.stringify(link, Object.keys(link).sort())).sort() }
    : body
}
