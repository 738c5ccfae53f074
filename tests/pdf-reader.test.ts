import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codePointSlice, codePointsOf } from '../src/foundation/code-points.ts'
import { type KnownDossier, openDossier } from '../src/sources/dossier.ts'
import { fit, foldReading } from '../src/sources/fits.ts'
import { unpackLayout } from '../src/sources/layout.ts'
import type { MadeReading } from '../src/sources/make-reading.ts'
import { readOriginalAgain } from '../src/sources/read-again.ts'
import { readOriginalBytes } from '../src/sources/read-original.ts'
import { passagesOf } from '../src/sources/source-store.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { sourcePage } from '../src/statements/source-page.ts'
import { asActor, readAs, type Tx } from '../src/storage/database.ts'
import { aPdf, type PdfLine } from './a-pdf.ts'
import { recommendationsOf } from './recommendations.ts'
import { testWorkspace } from './workspace.ts'

const UPR = fileURLToPath(new URL('../../shared/data/upr/', import.meta.url))
const REAL = existsSync(UPR)

const HEAD = (n: number): PdfLine[] => [
  [72, 800, 8, 'PORT/2021/7'],
  [500, 40, 8, String(n)],
]
/** Three pages: heads and page numbers, a heading, a paragraph over two pages, broken words, a note, a ligature. */
const HARBOUR = aPdf(
  [
    [
      ...HEAD(1),
      [72, 740, 16, 'Findings of the harbour board'],
      [72, 710, 10, 'The harbour board heard eleven fishermen and the owner of the ware-'],
      [72, 698, 10, 'house, who had been asked to give the re-'],
      [72, 686, 10, 'port of that night.'],
      [172, 690, 6, '1'],
      [72, 660, 10, 'The report says that twelve boats were burnt, and that the keeper of'],
      [72, 648, 10, 'the lighthouse saw a second fire behind the fish market before the port'],
      [72, 100, 7, '1'],
      [80, 98, 8, 'The second report was never given.'],
    ],
    [
      ...HEAD(2),
      [72, 740, 10, 'authority answered, and that nobody was told.'],
      [72, 700, 10, 'Nothing more is known.'],
    ],
    [...HEAD(3), [72, 740, 10, 'The warehouse was rebuilt.']],
  ],
  { outline: [['Findings of the harbour board', 0]] },
)

const readPdf = async (bytes: Buffer, fileName = 'harbour.pdf') =>
  (await readOriginalBytes(bytes, { fileName })).reading
const wordsIn = ({ text }: MadeReading) => {
  const slice = codePointSlice(text)
  return ({ start, end }: { start: number; end: number }) => slice(start, end)
}

describe('PDF', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let dossier: KnownDossier
  const write = <Result>(work: (tx: Tx) => Promise<Result>) =>
    asActor(workspace.database, workspace.actor, work)
  const read = <Result>(work: (tx: Tx) => Promise<Result>) =>
    readAs(workspace.database, workspace.actor, work)

  beforeAll(async () => {
    workspace = await testWorkspace()
    dossier = await write((tx) => openDossier(tx, 'harbour'))
  })
  afterAll(() => workspace?.close())

  test('S44 a paragraph goes on over lines and pages; heads are kept apart and marked', async () => {
    const reading = await readPdf(HARBOUR)
    const paragraphs = reading.text.split('\n\n').map((one) => one.trim())
    expect(paragraphs).toContain('Findings of the harbour board')
    expect(paragraphs).toContain(
      'The report says that twelve boats were burnt, and that the keeper of the lighthouse saw a second fire behind the fish market before the port authority answered, and that nobody was told.',
    )
    const words = wordsIn(reading)
    const heads = reading.body.marks.filter(({ rule }) => rule === 'running head').map(words)
    expect(heads.sort()).toEqual(['1', '2', '3', 'PORT/2021/7', 'PORT/2021/7', 'PORT/2021/7'])
  })

  test('S44 a broken word is mended where the document writes it whole, else stays as printed', async () => {
    const reading = await readPdf(HARBOUR)
    expect(reading.text).toContain('who had been asked to give the report of that night.')
    expect(reading.text).toContain('the owner of the warehouse, who')
    const slice = codePointSlice(reading.text)
    const mended = reading.body.structure?.mended?.map(([start, end, was]) => [slice(start, end), was])
    expect(mended).toContainEqual(['report', 're-\nport'])
    const other = await readPdf(
      aPdf([
        [
          [72, 700, 10, 'They asked for it at the har-'],
          [72, 688, 10, 'bour, and left.'],
        ],
      ]),
    )
    expect(other.text).toContain('har-\nbour')
  })

  test('S44 a note follows its paragraph, and knows the place that calls it', async () => {
    const reading = await readPdf(HARBOUR)
    const [note] = reading.body.structure?.footnotes ?? []
    const slice = codePointSlice(reading.text)
    expect(note).toMatchObject({ kind: 'footnote', label: '1' })
    expect(slice((note?.at ?? 0) - 11, note?.at ?? 0)).toBe('that night.')
    expect(wordsIn(reading)(note ?? { start: 0, end: 0 })).toBe('1 The second report was never given.')
  })

  test('S44 headings are found by the outline and by size; pages know where their words begin', async () => {
    const reading = await readPdf(HARBOUR)
    const words = wordsIn(reading)
    expect(reading.body.structure?.headings?.map((one) => [one.level, words(one)])).toEqual([
      [1, 'Findings of the harbour board'],
    ])
    const slice = codePointSlice(reading.text)
    const pages = reading.body.structure?.pages?.map(({ start }) => slice(start, start + 12))
    expect(pages).toEqual(['Findings of ', 'authority an', 'The warehous'])
  })

  test('S44 every word has a box on its page, in the order of the text', async () => {
    const reading = await readPdf(HARBOUR)
    const { words, pages } = unpackLayout(reading.layout ?? Buffer.alloc(0))
    expect(pages.length).toBe(reading.body.structure?.layout?.words)
    const slice = codePointSlice(reading.text)
    const boxes = Array.from(pages, (page, n) => {
      const [start = 0, end = 0, left = 0, top = 0, right = 0, bottom = 0] = words.subarray(n * 6, n * 6 + 6)
      return { word: slice(start, end), page, left, top, right, bottom }
    })
    const boats = boxes.find(({ word }) => word === 'boats')
    expect(boats?.page).toBe(0)
    // Printed at 660 points from below on a page of 842, so its foot is near 182 from above.
    expect(boats?.bottom).toBeGreaterThan(1800)
    expect(boats?.bottom).toBeLessThan(1860)
    for (const { left, right, top, bottom } of boxes) expect(left < right && top < bottom).toBe(true)
  })

  test('S44 a locked file is refused by name, a damaged one too; S45 so is one whose name lies', async () => {
    const results = await takeIn(workspace, dossier, [
      { fileName: 'locked.pdf', bytes: aPdf([[[72, 700, 10, 'Secret']]], { locked: true }) },
      { fileName: 'damaged.pdf', bytes: Buffer.from('%PDF-1.4\nnothing more') },
      { fileName: 'notes.txt', bytes: HARBOUR },
      { fileName: 'notes.pdf', bytes: Buffer.from('These are words.\n') },
      { fileName: 'empty-page.pdf', bytes: aPdf([[]]) },
    ])
    expect(results.map(({ code, source }) => [code, source !== null])).toEqual([
      ['password_needed', true],
      ['file_damaged', true],
      ['kind_disagrees', true],
      ['kind_disagrees', true],
      ['no_text', true],
    ])
  })

  test('S49 a passage carries page and boxes, a box a line, also after the file is read again', async () => {
    const harbour = await write((tx) => openDossier(tx, 'report'))
    const [taken] = await takeIn(workspace, harbour, [{ fileName: 'harbour.pdf', bytes: HARBOUR }])
    const source = taken?.source ?? ''
    const selector = [{ type: 'TextQuoteSelector', exact: 'before the port authority answered' }]
    const item = {
      id: 'H1',
      target: { source: 'harbour.pdf', selector },
      body: { type: 'Remark', remark: 'sic' },
    }
    await write((tx) => applyCoding(tx, harbour, readCodingFile(JSON.stringify({ items: [item] }))))
    const regions = async () => (await read((tx) => passagesOf(tx, source)))[0]?.passage.regions
    const before = await regions()
    expect(before?.map(({ page }) => page)).toEqual([1, 2])
    expect(before?.[1]?.box[0]).toBeCloseTo(72, 0)
    expect((await readOriginalAgain(workspace, source)).passages).toEqual({ intact: 1, moved: 0, lost: 0 })
    expect(await regions()).toEqual(before)
    expect((await read((tx) => sourcePage(tx, source))).passages).toMatchObject([{ page: 1 }])
  })

  test.skipIf(!REAL)(
    'S44 S49 a real report: 128 of 129 recommendations anchor at one place, 127 under their number',
    async () => {
      const table = recommendationsOf(readFileSync(`${UPR}kazakhstan-session-7.csv`, 'utf8'))
      expect(table.length).toBe(129)
      const review = await write((tx) => openDossier(tx, 'review'))
      const [taken] = await takeIn(workspace, review, [
        { fileName: 'A-HRC-14-10.pdf', bytes: readFileSync(`${UPR}A-HRC-14-10.pdf`) },
      ])
      const items = table.map(({ text, from }, n) => ({
        id: `R${n}`,
        target: { source: 'A-HRC-14-10.pdf', selector: [{ type: 'TextQuoteSelector', exact: text }] },
        body: { type: 'Statement', kind: 'recommendation', speakers: [{ name: from, group: 'state' }] },
      }))
      const outcome = await write((tx) => applyCoding(tx, review, readCodingFile(JSON.stringify({ items }))))
      // Its words are printed otherwise: "and to consider".
      const refused = outcome.items.filter((one) => one.outcome === 'refused').map(({ item }) => item)
      const fromOf = (item: string) => table[Number(item.slice(1))]?.from
      expect(refused.map(fromOf)).toEqual(['Philippines'])
      expect(outcome.added).toBe(128)
      // N15: whoever applies the file is told of the one that stands under another State's number.
      const noted = outcome.items.filter(({ warnings }) =>
        warnings.some(({ code }) => code === 'words_of_another'),
      )
      expect(noted.map(({ item }) => fromOf(item))).toEqual(['Slovenia'])
      const page = await read((tx) => sourcePage(tx, taken?.source ?? ''))
      const { text = '' } = page.reading ?? {}
      const points = codePointsOf(text)
      const numbers = new Set<string>()
      const elsewhere: string[] = []
      for (const { item, passages } of page.statements) {
        const at = points.toUnits(passages[0]?.start ?? 0)
        const paragraph = text.slice(text.lastIndexOf('\n\n', at) + 2, text.indexOf('\n\n', at))
        const number = /^(\d{1,3})\. \p{Lu}/u.exec(paragraph)?.[1]
        const { from = '' } = table[Number(item.slice(1))] ?? {}
        if (number === undefined || !paragraph.includes(from.slice(0, 3))) elsewhere.push(from)
        else numbers.add(`${passages[0]?.page} ${number}`)
      }
      // Printed as "ratifying (Slovenia)/ratify (…)", so that the rule finds the words under Thailand's number.
      expect(elsewhere).toEqual(['Slovenia'])
      expect(numbers.size).toBeGreaterThan(100)
      expect(page.passages.filter(({ loose }) => loose.length > 0).length).toBe(126)
      expect(page.passages.every((one) => one.page !== null)).toBe(true)
    },
  )

  test.skipIf(!existsSync(`${UPR}A-HRC-24-7.pdf`))(
    'P2 S44 a real report that nothing was made for: 203 of 206 recommendations, each under its number',
    async () => {
      const whole = gunzipSync(readFileSync(`${UPR}recommendations-sessions-1-20.csv.gz`)).toString('utf8')
      const table = recommendationsOf(whole).filter(
        ({ to, session }) => to === 'Uzbekistan' && session === '16',
      )
      expect(table.length).toBe(206)
      const fileName = 'A-HRC-24-7.pdf'
      const { text } = await readPdf(readFileSync(`${UPR}${fileName}`), fileName)
      const folded = foldReading(text)
      const nowhere: string[] = []
      let numbered = 0
      for (const one of table) {
        const found = fit(folded, { exact: one.text })
        if (found.state !== 'fits') {
          nowhere.push(`${found.state} ${one.from}`)
          continue
        }
        const at = folded.points.toUnits(found.start)
        const paragraph = text.slice(text.lastIndexOf('\n\n', at) + 2, text.indexOf('\n\n', at))
        if (/^\d{1,3}\.(?:\d+\.?)? \p{Lu}/u.test(paragraph) && paragraph.includes(one.from.slice(0, 3)))
          numbered += 1
      }
      // Printed at several places, for several States.
      expect(nowhere).toEqual(['ambiguous Sri Lanka', 'ambiguous Belgium', 'ambiguous Guatemala'])
      expect(numbered).toBe(203)
    },
  )
})
