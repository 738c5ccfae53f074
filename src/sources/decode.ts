import { Refusal } from '../foundation/refusal.ts'

export interface Decoded {
  readonly text: string
  /** As the Encoding Standard names it. */
  readonly charset: string
  /** Everything that a reader of the words should know: another charset than UTF-8, places that are lost. */
  readonly notes: DecodingNote[]
}

export interface DecodingNote {
  readonly code: string
  readonly sentence: string
}

const MAGIC: [string, number[]][] = [
  ['a PDF', [0x25, 0x50, 0x44, 0x46]],
  ['a ZIP archive or an Office document', [0x50, 0x4b, 0x03, 0x04]],
  ['a PNG picture', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG picture', [0xff, 0xd8, 0xff]],
  ['a GIF picture', [0x47, 0x49, 0x46, 0x38]],
  ['a gzip archive', [0x1f, 0x8b]],
  ['a program', [0x7f, 0x45, 0x4c, 0x46]],
  ['an old Office document', [0xd0, 0xcf, 0x11, 0xe0]],
]

/**
 * Bytes to text: by byte order mark, else strict UTF-8, else the declared charset, else the likeliest. What cannot be
 * decoded stays visible as U+FFFD and is counted in the notes.
 *
 * @throws Refusal `binary_content`
 */
export function decode(bytes: Uint8Array, declared: string | null = null): Decoded {
  refuseBinary(bytes)
  const [a, b, c] = bytes
  if (a === 0xef && b === 0xbb && c === 0xbf) return finish(bytes, 'utf-8', [])
  if (a === 0xff && b === 0xfe)
    return finish(bytes, 'utf-16le', otherCharset('Read as utf-16le, as its first bytes say.'))
  if (a === 0xfe && b === 0xff)
    return finish(bytes, 'utf-16be', otherCharset('Read as utf-16be, as its first bytes say.'))
  if (isUtf8(bytes)) return finish(bytes, 'utf-8', [])
  const known = declared === null ? null : charsetNamed(declared)
  if (known !== null && known !== 'utf-8')
    return finish(bytes, known, otherCharset(`Read as ${known}, which the file declares.`))
  const guessed = likeliest(bytes)
  if (guessed === 'utf-8') return finish(bytes, guessed, [])
  return finish(bytes, guessed, otherCharset(`Not valid UTF-8; read as ${guessed}, which is likeliest.`))
}

function otherCharset(sentence: string): DecodingNote[] {
  return [{ code: 'other_charset', sentence }]
}

function finish(bytes: Uint8Array, charset: string, notes: readonly DecodingNote[]): Decoded {
  const text = new TextDecoder(charset).decode(bytes)
  const lost = text.match(/\uFFFD/g)?.length ?? 0
  const storable = text.replaceAll('\u0000', '\uFFFD')
  const places = lost === 1 ? '1 place' : `${lost} places`
  const more =
    lost > 0 ? [`${places} could not be decoded and ${lost === 1 ? 'stands' : 'stand'} as \uFFFD.`] : []
  const nul = storable === text ? [] : ['NUL characters stand as \uFFFD.']
  const undecoded = [...more, ...nul].map((sentence) => ({ code: 'places_undecoded', sentence }))
  return { text: storable, charset, notes: [...notes, ...undecoded] }
}

/** @throws Refusal `binary_content` */
function refuseBinary(bytes: Uint8Array): void {
  const found = MAGIC.find(([, magic]) => magic.every((byte, n) => bytes[n] === byte))
  const sample = bytes.subarray(0, 65536)
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  const controls = sample.filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)).length
  if (found || (!utf16 && controls > Math.max(2, sample.length * 0.02))) {
    throw new Refusal(
      'binary_content',
      `This is ${found?.[0] ?? 'no text'}, which this version cannot read yet; its original is kept.`,
    )
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

function charsetNamed(label: string): string | null {
  try {
    return new TextDecoder(label).encoding
  } catch {
    return null
  }
}

/** The single-byte charset under which the text has the most small Cyrillic letters beside each other, else Western. */
function likeliest(bytes: Uint8Array): string {
  const sample = bytes.subarray(0, 65536)
  const high = sample.filter((byte) => byte > 127).length
  const valid = new TextDecoder('utf-8').decode(sample).match(/\uFFFD/g)?.length ?? 0
  if (valid * 4 < high) return 'utf-8'
  const scored = ['windows-1251', 'koi8-r', 'iso-8859-5', 'ibm866'].map((charset): [string, number] => [
    charset,
    new TextDecoder(charset).decode(sample).match(/[а-яё]{2}/gu)?.length ?? 0,
  ])
  const [best, score] = scored.sort(([, x], [, y]) => y - x)[0] ?? ['windows-1252', 0]
  return score * 2 > high * 0.4 ? best : 'windows-1252'
}
