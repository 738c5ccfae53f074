import { randomInt } from 'node:crypto'
import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { openPromise } from 'yauzl'

/** All canaries begin so: whoever finds a piece of one finds it by this. */
const MARK = 'qzkanari'

/** A word that stands nowhere else, and which no stemmer shortens to less than its beginning. */
export function newCanary(n: number): string {
  const letters = Array.from({ length: 10 }, () => 'bcdfghjkmnprtvwx'[randomInt(16)]).join('')
  return `${MARK}${String(n).padStart(3, '0')}${letters}`
}

/** The forms in which words may stand in a file. */
const FORMS: readonly (readonly [string, Buffer])[] = [
  ['UTF-8', Buffer.from(MARK)],
  ['UTF-8 in capitals', Buffer.from(MARK.toUpperCase())],
  ['UTF-16, little end first', Buffer.from(MARK, 'utf16le')],
  ['UTF-16, big end first', Buffer.from(MARK, 'utf16le').swap16()],
  ['hexadecimal', Buffer.from(Buffer.from(MARK).toString('hex'))],
  ['hexadecimal in capitals', Buffer.from(Buffer.from(MARK).toString('hex').toUpperCase())],
]
/** Bytes read at once, and kept of the round before. */
const ROUND = 1 << 22
const OVERLAP = 64

/** What is found of canaries in bytes: the form, and the canary's number as far as it can be read. */
export function canariesIn(bytes: Buffer, where: string): string[] {
  return FORMS.flatMap(([form, mark]) => {
    const found = new Set<string>()
    for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + mark.length)) {
      const after = bytes.subarray(at + mark.length, at + mark.length + 3).toString('latin1')
      found.add(`${where}: ${form} ${after}`)
    }
    return [...found]
  })
}

/** Every file below these folders, each read whole, and the members of zips unpacked. */
export async function canariesBelow(...folders: string[]): Promise<{ files: number; found: string[] }> {
  const found: string[] = []
  let files = 0
  for (const path of folders.flatMap(filesBelow)) {
    files += 1
    found.push(...canariesIn(Buffer.from(path), `name of ${path}`))
    found.push(...canariesInFile(path))
    if (/\.zip$/.test(path)) found.push(...(await canariesInZip(path)))
  }
  return { files, found }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesBelow(path)
    return entry.isFile() ? [path] : []
  })
}

function canariesInFile(path: string): string[] {
  // A file of the database may go while it is read.
  if (!statSync(path, { throwIfNoEntry: false })) return []
  const file = openSync(path, 'r')
  try {
    const found = new Set<string>()
    const { size } = fstatSync(file)
    const bytes = Buffer.alloc(Math.min(ROUND, size) + OVERLAP)
    for (let at = 0; at < size; at += ROUND) {
      const read = readSync(file, bytes, 0, bytes.length, at)
      for (const one of canariesIn(bytes.subarray(0, read), path)) found.add(one)
    }
    return [...found]
  } finally {
    closeSync(file)
  }
}

async function canariesInZip(path: string): Promise<string[]> {
  const zip = await openPromise(path, { autoClose: false, lazyEntries: true })
  const found: string[] = []
  for await (const entry of zip.eachEntry()) {
    const bytes = await buffer(await zip.openReadStreamPromise(entry))
    found.push(...canariesIn(Buffer.from(bytes), `${path} ${entry.fileName}`))
  }
  zip.close()
  return found
}

/** The numbers of the canaries that were found at all. */
export function numbersOf(found: readonly string[]): Set<number> {
  return new Set(
    found.map((one) => Number(/ (\d{3})$/.exec(one)?.[1] ?? Number.NaN)).filter(Number.isInteger),
  )
}
