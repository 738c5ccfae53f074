import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codePointLength, codePointSlice } from '../src/foundation/code-points.ts'
import { type KnownDossier, openDossier } from '../src/sources/dossier.ts'
import { fit, foldReading } from '../src/sources/fits.ts'
import { readOriginalAgain } from '../src/sources/read-again.ts'
import { passagesOf } from '../src/sources/source-store.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { exportCoding } from '../src/statements/export-coding.ts'
import { sourcePage } from '../src/statements/source-page.ts'
import { asActor, readAs, type Tx } from '../src/storage/database.ts'
import { targetOf } from '../src/web/parts/words-at-hand.ts'
import { testWorkspace } from './workspace.ts'

const QUOTE = 'Зелёный чайник цел'
const FILLER = 'Ещё одна ничья: свой ёж, чужой ёж, третий ёж. '
/** So much before the first that its place in the file is nearer to another one in the reading. */
const TEXT = `${FILLER.repeat(40)}\r\n${[1, 2, 3].map(() => `${FILLER.repeat(4)}\r\n${QUOTE}.\r\n`).join('')}`
const FILE = TEXT.normalize('NFD')

/** Where each of the three stands, in code points of the text given. */
function placesIn(text: string, quote: string): { start: number; end: number }[] {
  return [...text.matchAll(new RegExp(quote, 'g'))].map(({ index }) => {
    const start = codePointLength(text.slice(0, index))
    return { start, end: start + codePointLength(quote) }
  })
}

describe('a text whose letters stand apart from their marks', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let dossier: KnownDossier
  let source: string
  const write = <Result>(work: (tx: Tx) => Promise<Result>) =>
    asActor(workspace.database, workspace.actor, work)
  const read = <Result>(work: (tx: Tx) => Promise<Result>) =>
    readAs(workspace.database, workspace.actor, work)
  const code = (file: object) => write((tx) => applyCoding(tx, dossier, readCodingFile(JSON.stringify(file))))
  const inFile = placesIn(FILE, QUOTE.normalize('NFD'))
  const inReading = placesIn(TEXT.normalize('NFC'), QUOTE.normalize('NFC'))
  const position = (place: object) => ({ type: 'TextPositionSelector', ...place })
  const coding = {
    items: inFile.map((place, n) => ({
      id: `T${n + 1}`,
      target: {
        source: 'kettle.txt',
        selector: [{ type: 'TextQuoteSelector', exact: QUOTE }, position(place)],
      },
      body: { type: 'Statement', kind: 'report', speakers: [{ own: true }] },
    })),
  }
  const placed = () =>
    read(async (tx) =>
      (await passagesOf(tx, source)).map(({ passage: { start, end, state } }) => ({ start, end, state })),
    )
  const three = inReading.map((place) => ({ ...place, state: 'intact' }))
  const exportedPlaces = (file: Record<string, unknown>) =>
    readCodingFile(JSON.stringify(file)).items.map((item) => {
      const { target } = item as { target: { selector: { type: string; start?: number; end?: number }[] } }
      const found = target.selector.find(({ type }) => type === 'TextPositionSelector')
      return { start: found?.start, end: found?.end }
    })

  beforeAll(async () => {
    workspace = await testWorkspace()
    dossier = await write((tx) => openDossier(tx, 'kettle'))
    const [taken] = await takeIn(workspace, dossier, [
      { fileName: 'kettle.txt', bytes: new TextEncoder().encode(FILE) },
    ])
    source = taken?.source ?? ''
    expect(await code(coding)).toMatchObject({ added: 3, refused: 0 })
  })
  afterAll(() => workspace?.close())

  test('P5 each of three equal quotes is anchored where its position in the file says', async () => {
    expect(await placed()).toEqual(three)
    // As positions of the reading they would have chosen others.
    const reading = foldReading(TEXT.normalize('NFC'))
    expect(inFile.map((place) => fit(reading, { exact: QUOTE, ...place }))).not.toMatchObject(inReading)
  })

  test('P5 a position alone means the words that stand there in the file', async () => {
    const [, second] = inFile
    const [, item] = coding.items
    const alone = { ...item, target: { source: 'kettle.txt', selector: [position(second ?? {})] } }
    expect(await code({ items: [alone] })).toMatchObject({ added: 0, changed: 0, refused: 0, unchanged: 1 })
  })

  test('P5 N2 the export has the positions of the file, and applied to its own record changes nothing', async () => {
    const file = await read((tx) => exportCoding(tx, dossier))
    expect(exportedPlaces(file)).toEqual(inFile)
    expect(await code(file)).toMatchObject({ added: 0, changed: 0, unchanged: 3, refused: 0, receipt: null })
  })

  test('P5 words chosen on the page are the words recorded', async () => {
    const page = await read((tx) => sourcePage(tx, source))
    const [first] = inReading
    if (!first || !page.reading) throw new Error('The page has no reading.')
    const exact = codePointSlice(page.reading.text)(first.start, first.end)
    const words = { source, exact, ...first, drift: page.reading.drift }
    const body = { type: 'Remark', remark: 'sic' }
    expect(await code({ items: [{ id: 'page', target: targetOf(words), body }] })).toMatchObject({
      added: 1,
      refused: 0,
    })
    expect(await placed()).toEqual(three)
  })

  test('P5 P3 read again, all stay where they are and the positions given out are the same', async () => {
    const again = await readOriginalAgain(workspace, source)
    expect(again.passages).toEqual({ intact: 3, moved: 0, lost: 0 })
    const file = await read((tx) => exportCoding(tx, dossier))
    expect(exportedPlaces(file)).toEqual([inFile[0], ...inFile].filter((place) => place !== undefined))
    expect(await code(file)).toMatchObject({ added: 0, changed: 0, unchanged: 4, refused: 0, receipt: null })
  })
})
