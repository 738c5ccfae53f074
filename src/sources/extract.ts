import type { DecodingNote } from './decode.ts'
import type { Layout } from './layout.ts'
import type { RecognisedPage } from './readers/recognised.ts'
import type { Structure } from './structure.ts'

/** What one reader makes of an original's bytes; everything that holds for all formats is added to it afterwards. */
export interface Extract {
  /**
   * The words. Where `units` are given they are in NFC already and all positions count their code points; else the text
   * is as it was decoded.
   */
  readonly text: string
  /** Whether positions of coding files count this text as it stands in the file. */
  readonly isFileText: boolean
  readonly charset: string | null
  /** As the original declares it. */
  readonly language: string | null
  readonly title: string | null
  readonly date: string | null
  readonly warnings: readonly DecodingNote[]
  /** Paragraphs and cells, each of which is parted into sentences by itself; absent where the lines of the text decide. */
  readonly units?: readonly (readonly [start: number, end: number])[]
  readonly structure?: Omit<Structure, 'languages' | 'layout'>
  /** Stretches that belong to the page and not to its text, such as a running head. */
  readonly furniture?: readonly (readonly [start: number, end: number])[]
  /** What these stretches are; `running head` where nothing is said. */
  readonly furnitureIs?: string
  readonly layout?: Layout
  /** Who really read it, where the kind shows only inside. */
  readonly as?: Pick<Reader, 'tool' | 'version' | 'mediaType'>
  /** Pages, from 0, on which there is a picture and no word, and of which nothing was made out yet. */
  readonly pictures?: readonly number[]
  /** Files inside this one, which become sources of their own. */
  readonly inside?: readonly InsideFile[]
}

export interface InsideFile {
  readonly fileName: string
  readonly bytes: Uint8Array
  /** For what an archive of the web holds: where it stood, and when it was taken. */
  readonly captured?: { readonly address: string; readonly at: string } | undefined
}

/** What is known of a file besides its bytes. */
export interface AboutFile {
  readonly fileName: string
  /** As whoever takes it in says it: ISO 639. */
  readonly language?: string | undefined
  /** Pages of it that were only pictures, as they were made out since. */
  readonly recognised?: readonly RecognisedPage[] | undefined
}

/** One way to read one kind of file. A new one is a file in `readers/` and a line in their list; no other changes. */
export interface Reader {
  /** As the reading names it. */
  readonly tool: string
  /** Raised whenever the same bytes would be read otherwise than before. */
  readonly version: string
  readonly mediaType: string
  /**
   * Whether a parser of somebody else's format is at work, so that it runs in a child of its own, shut in. Only what is
   * decoded and nothing more is read here.
   */
  readonly isShutIn: boolean
  /** @throws Refusal where the bytes cannot be read; the original is kept all the same */
  read(bytes: Uint8Array, about: AboutFile): Extract | Promise<Extract>
}
