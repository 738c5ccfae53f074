import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { inOneScript } from './one-script.ts'
import type { PictureHead } from './picture-size.ts'
import { linesInHocr, type RecognisedLine, turnedBack } from './recognised.ts'

/** The parts of Tesseract's programming interface (baseapi.h) that are used, as its WebAssembly build gives them. */
interface Tesseract {
  readonly FS: {
    writeFile(path: string, bytes: Uint8Array): void
  }
  readonly TessBaseAPI: new () => {
    Init(folder: string, languages: string, mode: number): number
    SetImageFile(orientation: number, angle: number): number
    SetVariable(name: string, value: string): boolean
    FindLines(): number
    GetGradient(): number
    Recognize(monitor: null): number
    GetHOCRText(page: number): string
  }
}

export const RECOGNISER = { tool: 'tesseract', version: '5 (tesseract.js-core 7.0.0, tessdata_fast 4.1)' }

/** The models that come with the program, in the order in which they are tried where nothing is said of the language. */
const MODELS: Readonly<Record<string, string>> = { ru: 'rus', kk: 'kaz', en: 'eng' }
const ONLY_LSTM = 1
/** A page that leans less than this is left as it lies, in radians: about a tenth of a degree. */
const STRAIGHT = 0.002

/** Bytes of the program's model for a language; Apache-2.0, tessdata_fast. */
function model(name: string): Buffer {
  return readFileSync(fileURLToPath(new URL(`../../../tessdata/${name}.traineddata`, import.meta.url)))
}

/**
 * The words in a picture, with their boxes in it. The picture is turned upright first where its lines lean: two degrees are enough
 * to lose half of the words.
 *
 * @param language of the text where it is known; its model comes first, the others stay, for names and quotations
 * @returns null where the picture cannot be decoded
 */
export async function recognise(
  bytes: Uint8Array,
  {
    head,
    language,
  }: { head: Pick<PictureHead, 'width' | 'height' | 'orientation'>; language?: string | undefined },
): Promise<{ lines: RecognisedLine[]; width: number; height: number } | null> {
  const tesseract = await load()
  const first = MODELS[language ?? '']
  const names = [...new Set([...(first ? [first] : []), ...Object.values(MODELS)])]
  for (const name of names) tesseract.FS.writeFile(`/${name}.traineddata`, model(name))
  const api = new tesseract.TessBaseAPI()
  if (api.Init('/', names.join('+'), ONLY_LSTM) !== 0)
    throw new Error('The models of the recogniser cannot be opened.')
  // What it says on the way has nobody to hear it.
  api.SetVariable('debug_file', '/dev/null')
  tesseract.FS.writeFile('/input', bytes)
  if (api.SetImageFile(head.orientation, 0) !== 0) return null
  api.FindLines()
  const gradient = api.GetGradient()
  const angle = Number.isFinite(gradient) && Math.abs(gradient) > STRAIGHT ? Math.atan(gradient) : 0
  if (angle !== 0) api.SetImageFile(head.orientation, angle)
  if (api.Recognize(null) !== 0) return null
  const isOnItsSide = head.orientation > 4
  const [width, height] = isOnItsSide ? [head.height, head.width] : [head.width, head.height]
  return {
    lines: turnedBack(inOneScript(linesInHocr(api.GetHOCRText(0))), { angle, width, height }),
    width,
    height,
  }
}

async function load(): Promise<Tesseract> {
  const require = createRequire(import.meta.url)
  const make: unknown = require('tesseract.js-core/tesseract-core-simd-lstm.js')
  if (typeof make !== 'function') throw new TypeError('The recogniser has another shape than it had.')
  const quiet = () => undefined
  return make({
    wasmBinary: readFileSync(require.resolve('tesseract.js-core/tesseract-core-simd-lstm.wasm')),
    TesseractProgress: quiet,
    print: quiet,
    printErr: quiet,
  })
}
