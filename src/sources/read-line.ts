import type { DataFolder } from '../storage/data-folder.ts'
import { originalPath } from '../storage/originals.ts'
import type { MadeReading } from './make-reading.ts'
import { readOriginalBytes } from './read-original.ts'
import { readerFor } from './readers/registry.ts'
import { readShutIn } from './shut-in.ts'

/** An original as it is known before it is read. */
export interface Unread {
  readonly sha256: string
  readonly bytes: Uint8Array
  readonly fileName: string
  readonly language: string | undefined
  /** Hears now and then how many bytes of memory a child has. */
  readonly watched?: ((bytes: number) => void) | undefined
}

/**
 * The reading line: read an original that is kept already. What is only decoded is read here; whatever needs a parser is read
 * in a child of its own, which has no network, no disk to write to, and ends with its file.
 *
 * @param passed hears now and then how many UTF-16 units of the text are parted into sentences, and of how many
 * @throws Refusal `too_large`, `binary_content`, `no_text`, `too_deep`, `too_many_sentences`, `reader_stopped`, `reader_failed`
 */
export async function readInLine(
  folder: DataFolder,
  { sha256, bytes, fileName, language, watched }: Unread,
  passed?: (done: number, total: number) => void,
): Promise<{ reading: MadeReading; mediaType: string }> {
  if (!readerFor(bytes, fileName).isShutIn) return readOriginalBytes(bytes, { fileName, language, passed })
  return readShutIn(originalPath(folder, sha256), { fileName, language, passed, watched })
}
