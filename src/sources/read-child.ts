import { readFileSync, writeSync } from 'node:fs'
import { isRefusal } from '../foundation/refusal.ts'
import { FRAME, frame } from './frames.ts'
import { readOriginalBytes } from './read-original.ts'

/**
 * The whole life of a shut-in reader: one file from standard input, its reading in frames on standard output. It is told
 * nothing but the file's name and language, and whatever it says is checked by whoever started it.
 *
 * @param asked JSON: `fileName`, `language`
 */
export async function readStandardInput(asked = '{}'): Promise<void> {
  const { fileName = '', language }: { fileName?: string; language?: string } = JSON.parse(asked)
  try {
    const { reading, mediaType } = await readOriginalBytes(readFileSync(0), {
      fileName,
      language,
      passed: (done, total) => say(FRAME.progress, JSON.stringify([done, total])),
    })
    const { text, body, warnings, found, layout, inside = [] } = reading
    say(FRAME.text, text)
    say(FRAME.made, JSON.stringify({ body, warnings, found, mediaType }))
    if (layout) say(FRAME.layout, layout)
    for (const one of inside) {
      say(FRAME.insideName, JSON.stringify(one.fileName))
      say(FRAME.insideBytes, one.bytes)
    }
  } catch (error) {
    if (!isRefusal(error)) throw error
    say(FRAME.refusal, JSON.stringify({ code: error.code, sentence: error.message }))
  }
  say(FRAME.end, '')
}

function say(kind: number, payload: Uint8Array | string): void {
  const bytes = frame(kind, payload)
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at)
    } catch (error) {
      // A pipe that does not block says so while it is full.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
    }
  }
}
