import { openNote, type VerifyingKey } from '../ledger/note.ts'

/** What a reader of a package's members is given: bytes by name, null where there is none. */
export type ReadMember = (name: string) => Buffer | null

/** Bytes as strict UTF-8; null where they are none, or missing. */
export function utf8(bytes: Buffer | null): string | null {
  if (!bytes) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** The text of a note, signed or not; null where it has not the form of one. */
export function noteText(note: string, key: VerifyingKey | null): { text: string; signed: boolean } | null {
  const signed = key === null ? null : openNote(note, key)
  if (signed !== null) return { text: signed, signed: true }
  const split = note.lastIndexOf('\n\n')
  return split < 0 ? null : { text: note.slice(0, split + 1), signed: false }
}

/** The lines of a member, each null where it is not of this shape. A member that is missing has none. */
export function parsedLines<Line>(
  bytes: Buffer | null,
  shape: { safeParse(value: unknown): { success: true; data: Line } | { success: false } },
): (Line | null)[] {
  const text = utf8(bytes)
  if (text === null) return bytes === null ? [] : [null]
  const lines = text.split('\n')
  // Every line ends with a newline; what stands after the last one is a line cut short.
  const rest = lines.pop()
  return [...lines, ...(rest === '' ? [] : [''])].map((line) => {
    try {
      const result = shape.safeParse(JSON.parse(line))
      return result.success ? result.data : null
    } catch {
      return null
    }
  })
}

/** The 32 bytes of a hash or salt; null where they are not spelt as 64 small hexadecimal digits. */
export function hashBytes(hex: string): Buffer | null {
  return /^[0-9a-f]{64}$/.test(hex) ? Buffer.from(hex, 'hex') : null
}
