import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { isRefusal, Refusal } from '../../foundation/refusal.ts'

/** What a container may hold; nobody's document comes near. */
const MOST_ENTRIES = 10_000
const LARGEST_ENTRY = 200 * 1024 * 1024
const LARGEST_WHOLE = 1024 * 1024 * 1024
/** Times its packed size that something may unpack to, once that is over a megabyte. */
const RATIO = 200
const SMALL = 1024 * 1024
const FILE_TYPE = 0o170000
const SYMBOLIC_LINK = 0o120000

/** A zip whose directory was looked at before anything in it is unpacked. */
export interface Container {
  /** Names of files, in the order of the directory, folders left out. */
  readonly names: readonly string[]
  readonly sizes: ReadonlyMap<string, number>
  has(name: string): boolean
  /** The bytes of a member; null where it is not there. */
  read(name: string): Promise<Buffer | null>
}

/**
 * Open a zip by the rules for what comes from strangers.
 *
 * @throws Refusal `file_damaged`, `unpacks_too_large`, `path_leaves_folder`, `password_needed`
 */
export async function openContainer(bytes: Uint8Array): Promise<Container> {
  const entries = new Map<string, Entry>()
  let whole = 0
  const zip = await orDamaged(fromBufferPromise(asBuffer(bytes), { lazyEntries: true, autoClose: false }))
  if (zip.entryCount > MOST_ENTRIES) throw tooLarge(`holds more than ${MOST_ENTRIES} files`)
  await eachEntry(zip, (entry) => {
    mustBeFit(entry)
    whole += entry.uncompressedSize
    if (whole > LARGEST_WHOLE) throw tooLarge('would unpack to more than a gigabyte')
    if (entries.has(entry.fileName)) throw damaged('names one of its files twice')
    entries.set(entry.fileName, entry)
  })
  const files = [...entries.values()].filter(({ fileName }) => !fileName.endsWith('/'))
  return {
    names: files.map(({ fileName }) => fileName),
    sizes: new Map(files.map(({ fileName, uncompressedSize }) => [fileName, uncompressedSize])),
    has: (name) => entries.has(name),
    async read(name) {
      const entry = entries.get(name)
      return entry ? orDamaged(unpack(zip, entry)) : null
    },
  }
}

/** The member's text, UTF-8 or UTF-16 by its mark; null where it is not there. */
export async function readText(container: Container, name: string): Promise<string | null> {
  const bytes = await container.read(name)
  if (!bytes) return null
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  return new TextDecoder(isUtf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(bytes)
}

function mustBeFit(entry: Entry): void {
  const { uncompressedSize: size, compressedSize: packed, externalFileAttributes } = entry
  if (size > LARGEST_ENTRY) throw tooLarge('holds a file that would unpack to more than 200 MB')
  if (size > SMALL && size > packed * RATIO)
    throw tooLarge(`would unpack to more than ${RATIO} times its size`)
  if (((externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK) throw leaves()
  if (entry.isEncrypted())
    throw new Refusal(
      'password_needed',
      'What is in this file is locked with a password; its original is kept: unpack it, and take in what it holds.',
    )
}

function eachEntry(zip: ZipFile, look: (entry: Entry) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      try {
        look(entry)
        zip.readEntry()
      } catch (error) {
        reject(error)
      }
    })
    zip.on('end', resolve)
    zip.on('error', (error: Error) => reject(toRefusal(error)))
    zip.readEntry()
  })
}

async function unpack(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of await zip.openReadStreamPromise(entry)) {
    size += piece.length
    if (size > entry.uncompressedSize) throw damaged('holds more than it says')
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

async function orDamaged<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work
  } catch (error) {
    throw toRefusal(error)
  }
}

function toRefusal(error: unknown): Refusal {
  if (isRefusal(error)) return error
  const says = error instanceof Error ? error.message : ''
  return /absolute path|invalid relative path|invalid characters/.test(says)
    ? leaves()
    : damaged('cannot be unpacked')
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
}

function tooLarge(what: string): Refusal {
  return new Refusal(
    'unpacks_too_large',
    `This file ${what}, so it is not unpacked; its original is kept: take in the parts that are needed.`,
  )
}

function leaves(): Refusal {
  return new Refusal(
    'path_leaves_folder',
    'This file holds names or links that point out of it, so it is not unpacked; its original is kept.',
  )
}

/** What a container that cannot be followed is refused with. */
export function damaged(what: string): Refusal {
  return new Refusal(
    'file_damaged',
    `This file ${what}, so it cannot be read; its original is kept: get another copy, or save it in another format.`,
  )
}
