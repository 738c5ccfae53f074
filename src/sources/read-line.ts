import type { Actor } from '../protection/actor.ts'
import type { MadeReading } from './make-reading.ts'
import { mustNotBeTooLarge, readOriginalBytes } from './read-original.ts'
import { readerFor } from './readers/registry.ts'
import { readShutIn } from './shut-in.ts'

/** An original as it is known before it is read. */
export interface Unread {
  readonly bytes: Uint8Array
  readonly fileName: string
  readonly language: string | undefined
  /** Who takes it in: files of one person are read by one child after the other. Absent: a child for this file alone. */
  readonly batch?: string | undefined
  /** Hears of each page that was made out in its picture, and how many there are. */
  readonly madeOut?: ((done: number, total: number) => void) | undefined
  /** Hears now and then how many bytes of memory a child has. */
  readonly watched?: ((bytes: number) => void) | undefined
}

/** Files of one person at work may be read by one child after the other. */
export function batchOf({ organisation, person }: Actor): string {
  return `${organisation} ${person}`
}

/**
 * The reading line: read an original that is kept already. What is only decoded is read here; whatever needs a parser is read
 * in a child that has no network and no disk to write to.
 *
 * @param passed hears now and then how many UTF-16 units of the text are parted into sentences, and of how many
 * @throws Refusal `too_large`, `binary_content`, `no_text`, `too_deep`, `too_many_sentences`, `reader_stopped`, `reader_failed`
 */
export async function readInLine(
  { bytes, fileName, language, batch, madeOut, watched }: Unread,
  passed?: (done: number, total: number) => void,
): Promise<{ reading: MadeReading; mediaType: string }> {
  mustNotBeTooLarge(bytes)
  if (!readerFor(bytes, fileName).isShutIn) return readOriginalBytes(bytes, { fileName, language, passed })
  return readShutIn(bytes, { fileName, language, batch, passed, madeOut, watched })
}
