import { readSync, writeSync } from 'node:fs'
import { isRefusal } from '../foundation/refusal.ts'
import { FRAME, frame, HEAD } from './frames.ts'
import { PagesInPictures, readOriginalBytes } from './read-original.ts'
import { recognisePdfPage } from './readers/pdf.ts'
import { preparePdf } from './readers/pdf-library.ts'
import type { RecognisedPage } from './readers/recognised.ts'

/**
 * The whole life of a shut-in reader: files in frames on standard input, one after the other, their readings in frames on standard
 * output, until the input ends. It is told nothing but each file's name and language, and whatever it says is checked by
 * whoever started it, who also decides how many files one reader may see.
 */
export async function readStandardInput(): Promise<void> {
  seal()
  preparePdf()
  say(FRAME.ready, '')
  for (let asked = hear(FRAME.asked); asked; asked = hear(FRAME.asked)) {
    const about: Asked = JSON.parse(asked.toString('utf8'))
    const bytes = hear(FRAME.original)
    if (!bytes) return
    await readOne(bytes, about)
  }
}

/** What a reader is told of a file. */
export interface Asked {
  readonly fileName: string
  readonly language?: string | undefined
  /** Only this page, from 0, is to be made out in its picture. */
  readonly picture?: number | undefined
  /** Pages that were made out before, by other readers. */
  readonly recognised?: readonly RecognisedPage[] | undefined
}

async function readOne(bytes: Uint8Array, { fileName, language, picture, recognised }: Asked): Promise<void> {
  try {
    if (picture !== undefined) {
      say(FRAME.recognised, JSON.stringify(await recognisePdfPage(bytes, { page: picture, language })))
      say(FRAME.end, '')
      return
    }
    const { reading, mediaType } = await readOriginalBytes(bytes, {
      fileName,
      language,
      recognised: recognised ?? 'ask',
      passed: (done, total) => say(FRAME.progress, JSON.stringify([done, total])),
    })
    const { text, body, warnings, found, layout, inside = [] } = reading
    say(FRAME.text, text)
    say(FRAME.made, JSON.stringify({ body, warnings, found, mediaType }))
    if (layout) say(FRAME.layout, layout)
    for (const one of inside) {
      say(FRAME.insideName, JSON.stringify({ fileName: one.fileName, captured: one.captured }))
      say(FRAME.insideBytes, one.bytes)
    }
  } catch (error) {
    if (error instanceof PagesInPictures) say(FRAME.pictures, JSON.stringify(error.pages))
    else if (!isRefusal(error)) throw error
    else say(FRAME.refusal, JSON.stringify({ code: error.code, sentence: error.message }))
  }
  say(FRAME.end, '')
}

/**
 * What every object, list and function inherits takes nothing new, so that a file that got hold of it by a name leaves nothing for
 * the next one. Those of texts and patterns stay as they are: sealed, all that works with words takes a fifth longer.
 */
function seal(): void {
  for (const one of [Object, Array, Function, Uint8Array, Error]) Object.preventExtensions(one.prototype)
}

/** The payload of the next frame, which must be of this kind; nothing where the input has ended. */
function hear(kind: number): Buffer | null {
  const head = take(HEAD)
  if (!head) return null
  if (head.readUInt8(0) !== kind) throw new TypeError('A reader was told something else than it expects.')
  return take(head.readUInt32BE(1))
}

function take(length: number): Buffer | null {
  const bytes = Buffer.allocUnsafe(length)
  for (let at = 0; at < length; ) {
    const count = patiently(() => readSync(0, bytes, at, length - at, null))
    if (count === 0) return null
    at += count
  }
  return bytes
}

function say(kind: number, payload: Uint8Array | string): void {
  const bytes = frame(kind, payload)
  for (let at = 0; at < bytes.length; ) at += patiently(() => writeSync(1, bytes, at))
}

/** A pipe that does not block says so while it is full, or empty. */
function patiently(work: () => number): number {
  for (;;) {
    try {
      return work()
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
}
