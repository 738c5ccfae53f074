import { Refusal } from '../foundation/refusal.ts'
import { type MadeReading, makeReading } from './make-reading.ts'
import type { RecognisedPage } from './readers/recognised.ts'
import { readerFor } from './readers/registry.ts'

/** Bytes. */
const LARGEST = 64 * 1024 * 1024

/**
 * Read an original with the reader for its kind, in this very process. Whoever takes in files goes through the reading
 * line (`read-line.ts`), which calls this in a child that is shut in.
 *
 * @param passed hears now and then how many UTF-16 units of the text are parted into sentences, and of how many
 * @throws Refusal `too_large`, `binary_content`, `no_text`, `too_deep`, `too_many_sentences`
 * @throws PagesInPictures where `ask` was said and pages wait to be made out
 */
export async function readOriginalBytes(
  bytes: Uint8Array,
  {
    fileName,
    language,
    passed,
    recognised = [],
  }: {
    fileName: string
    language?: string | undefined
    passed?: ((done: number, total: number) => void) | undefined
    /** Pages that were made out in their pictures; `ask` where whoever calls can have them made out first. */
    recognised?: readonly RecognisedPage[] | 'ask' | undefined
  },
): Promise<{ reading: MadeReading; mediaType: string }> {
  mustNotBeTooLarge(bytes)
  const reader = readerFor(bytes, fileName)
  const known = recognised === 'ask' ? [] : recognised
  const extract = await reader.read(bytes, { fileName, language, recognised: known })
  if (recognised === 'ask' && extract.pictures && extract.pictures.length > 0)
    throw new PagesInPictures(extract.pictures)
  const by = extract.as ?? reader
  return { reading: makeReading(extract, { reader: by, language, passed }), mediaType: by.mediaType }
}

/** Some pages, from 0, are pictures: they are to be made out before the whole can be read. */
export class PagesInPictures extends Error {
  readonly pages: readonly number[]

  constructor(pages: readonly number[]) {
    super('Pages are pictures.')
    this.pages = pages
  }
}

/** @throws Refusal `too_large` */
export function mustNotBeTooLarge(bytes: Uint8Array): void {
  if (bytes.length > LARGEST)
    throw new Refusal(
      'too_large',
      'This file is larger than 64 MB; split it, or take in the part that is needed.',
    )
}
