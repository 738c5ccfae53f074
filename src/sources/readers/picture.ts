import { Refusal } from '../../foundation/refusal.ts'
import type { Extract, Reader } from '../extract.ts'
import { writePages } from './pdf.ts'
import { headOfPicture, type PictureHead } from './picture-size.ts'
import { madeOut } from './recognised-pages.ts'
import { RECOGNISER, recognise } from './recogniser.ts'

/** Pixels that are decoded: a page of A4 in colour at 600 dots an inch has 35 million. */
const MOST_PIXELS = 40_000_000
/** Where a picture does not say how large it is on paper; so are most scans of offices. */
const USUAL_DENSITY = 200
/** What a density must lie between to be believed: a photograph says 72 whatever it shows. */
const BELIEVED = { from: 100, to: 1200 }

/** Pictures and scans, by Tesseract: words with their boxes, and how sure it is of them. */
export function pictureReader(mediaType: string): Reader {
  return {
    ...RECOGNISER,
    mediaType,
    isShutIn: true,
    async read(bytes, { language }): Promise<Extract> {
      const head = headOfPicture(bytes)
      if (!head) throw broken()
      if (head.width * head.height > MOST_PIXELS)
        throw new Refusal(
          'picture_too_large',
          `This picture has ${Math.round((head.width * head.height) / 1e6)} million points, more than ${MOST_PIXELS / 1e6} million; its original is kept: scan it at 300 dots an inch, or take in a smaller copy too.`,
        )
      const found = await recognise(bytes, { head, language })
      if (!found) throw broken()
      const points = (pixels: number) => (pixels * 72) / densityOf(head)
      const [width, height] = [points(found.width), points(found.height)]
      const made = madeOut([{ page: 0, ...found }], [width])
      const { extract, structure } = writePages([{ width, height, lines: made.lines.get(0) ?? [] }], [])
      return {
        ...extract,
        structure: { ...structure, ...made.about(extract.layout) },
        isFileText: false,
        charset: null,
        language: null,
        title: null,
        date: null,
        warnings: [...made.warnings, ...onlyTheFirst(head)],
      }
    },
  }
}

function onlyTheFirst({ pages }: PictureHead): Extract['warnings'] {
  if (pages === 1) return []
  return [
    {
      code: 'first_picture_only',
      sentence: `This file holds ${pages} pictures, of which the first was read; save them as a PDF, and take that in too.`,
    },
  ]
}

function densityOf({ density }: PictureHead): number {
  return density !== null && density >= BELIEVED.from && density <= BELIEVED.to
    ? Math.round(density)
    : USUAL_DENSITY
}

function broken(): Refusal {
  return new Refusal(
    'file_damaged',
    'This picture is damaged and cannot be opened; its original is kept: get another copy of it, or save it as PNG.',
  )
}
