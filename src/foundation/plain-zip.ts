import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import { Refusal } from './refusal.ts'

/**
 * A zip with one spelling: members stored as they are, every header a function of name, size and checksum alone, no
 * gap, no comment, nothing after the end (docs/package-format.md). So whatever byte of it is altered, that shows.
 */
const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const LOCAL_BYTES = 30
const END_BYTES = 22
/** PKWARE APPNOTE 4.4.3: version 1.0 is enough for stored members. */
const VERSION = 10
/** 1 January 1980, the first day that the format can hold. */
const DATE = 0x21
const LARGEST = 0xffff_fffe
const MOST_MEMBERS = 0xfffe
const NAME = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/

export interface ZipMember {
  readonly name: string
  readonly crc: number
  readonly size: number
  /** Where its bytes begin in the file. */
  readonly start: number
}

/** What both headers say of a member, APPNOTE 4.3.7: version, flags, method, time, date, checksum, sizes, name. */
function common({ name, crc, size }: Omit<ZipMember, 'start'>): Buffer {
  const head = Buffer.alloc(26)
  head.writeUInt16LE(VERSION, 0)
  head.writeUInt16LE(DATE, 8)
  head.writeUInt32LE(crc, 10)
  head.writeUInt32LE(size, 14)
  head.writeUInt32LE(size, 18)
  head.writeUInt16LE(name.length, 22)
  return head
}

function localHeader(member: Omit<ZipMember, 'start'>): Buffer {
  const signature = Buffer.alloc(4)
  signature.writeUInt32LE(LOCAL)
  return Buffer.concat([signature, common(member), Buffer.from(member.name)])
}

function centralHeader(member: ZipMember): Buffer {
  const head = Buffer.alloc(6)
  head.writeUInt32LE(CENTRAL)
  head.writeUInt16LE(VERSION, 4)
  const tail = Buffer.alloc(14)
  tail.writeUInt32LE(member.start - LOCAL_BYTES - member.name.length, 10)
  return Buffer.concat([head, common(member), tail, Buffer.from(member.name)])
}

function endRecord({ members, size, start }: { members: number; size: number; start: number }): Buffer {
  const end = Buffer.alloc(END_BYTES)
  end.writeUInt32LE(END)
  end.writeUInt16LE(members, 8)
  end.writeUInt16LE(members, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(start, 16)
  return end
}

/** Writes such a zip; what it holds is on disk when `end` returns. */
export class PlainZipWriter {
  readonly #file: number
  readonly #members: ZipMember[] = []
  #at = 0

  constructor(path: string) {
    this.#file = openSync(path, 'w', 0o600)
  }

  /** @throws Refusal `package_too_large` */
  add(name: string, bytes: Uint8Array): void {
    if (!NAME.test(name)) throw new TypeError(`A member cannot be called "${name}".`)
    const member = {
      name,
      crc: crc32(bytes),
      size: bytes.length,
      start: this.#at + LOCAL_BYTES + name.length,
    }
    if (this.#members.length >= MOST_MEMBERS || member.start + bytes.length > LARGEST)
      throw new Refusal(
        'package_too_large',
        'This would be over 4 GB or 65,534 members, which this format does not hold; package smaller dossiers.',
      )
    this.#write(localHeader(member))
    this.#write(bytes)
    this.#members.push(member)
  }

  end(): void {
    const start = this.#at
    for (const member of this.#members) this.#write(centralHeader(member))
    this.#write(endRecord({ members: this.#members.length, size: this.#at - start, start }))
    fsyncSync(this.#file)
  }

  close(): void {
    closeSync(this.#file)
  }

  #write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at)
    this.#at += bytes.length
  }
}

/** Something of a zip that is not as this format writes it: of which member, or of the whole (''). */
export interface ZipProblem {
  readonly member: string
  readonly sentence: string
}

/** Reads such a zip from a file, a member at a time. */
export class PlainZipReader {
  readonly size: number
  readonly members: ZipMember[] = []
  readonly problems: ZipProblem[] = []
  /** False where the file could not be followed to its end, so that members may be missing from the list. */
  whole = false
  readonly #file: number

  constructor(path: string) {
    this.#file = openSync(path, 'r')
    this.size = fstatSync(this.#file).size
    const centralAt = this.#readMembers()
    if (centralAt !== null) this.#readEnd(centralAt)
  }

  /** Up to `length` bytes from a place in the file; fewer where it ends before. */
  bytes(start: number, length: number): Buffer {
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, this.size - start)))
    let read = 0
    while (read < bytes.length) {
      const got = readSync(this.#file, bytes, read, bytes.length - read, start + read)
      if (got === 0) break
      read += got
    }
    return bytes.subarray(0, read)
  }

  read({ start, size }: ZipMember): Buffer {
    return this.bytes(start, size)
  }

  close(): void {
    closeSync(this.#file)
  }

  #problem(member: string, sentence: string): null {
    this.problems.push({ member, sentence })
    return null
  }

  /** All members in their order; gives where the directory begins, or null where the file cannot be followed. */
  #readMembers(): number | null {
    for (let at = 0; ; ) {
      const before = this.members.at(-1)?.name ?? ''
      const head = this.bytes(at, LOCAL_BYTES)
      if (head.length >= 4 && head.readUInt32LE(0) === CENTRAL && at > 0) return at
      if (head.length < LOCAL_BYTES) return this.#problem(before, 'The file ends here, before its directory.')
      if (head.readUInt32LE(0) !== LOCAL)
        return this.#problem(before, 'After this member comes neither another nor the directory.')
      const [crc, size, length] = [head.readUInt32LE(14), head.readUInt32LE(18), head.readUInt16LE(26)]
      const name = this.bytes(at + LOCAL_BYTES, length).toString('latin1')
      if (!NAME.test(name) || name.length !== length)
        return this.#problem(before, 'After this member comes one with a name that cannot be.')
      const member = { name, crc, size, start: at + LOCAL_BYTES + length }
      if (member.start + size > this.size) return this.#problem(name, 'The file ends within this member.')
      if (!localHeader(member).equals(this.bytes(at, LOCAL_BYTES + length)))
        this.#problem(name, 'The header of this member is not as the format writes it.')
      this.members.push(member)
      at = member.start + size
    }
  }

  #readEnd(start: number): void {
    let at = start
    for (const member of this.members) {
      const wanted = centralHeader(member)
      if (!wanted.equals(this.bytes(at, wanted.length)))
        this.#problem(member.name, 'What the directory says of this member is not as the format writes it.')
      at += wanted.length
    }
    const wanted = endRecord({ members: this.members.length, size: at - start, start })
    if (!wanted.equals(this.bytes(at, wanted.length)))
      this.#problem('', 'The end of the directory is not as the format writes it.')
    if (this.size > at + wanted.length) this.#problem('', 'There is something after the end.')
    this.whole = true
  }
}
