import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sha256Hex } from '../src/foundation/hashing.ts'
import { canonicalJson } from '../src/foundation/json.ts'
import { PlainZipReader, PlainZipWriter } from '../src/foundation/plain-zip.ts'
import { signNote } from '../src/ledger/note.ts'
import { PACKAGE_FORMAT } from '../src/publication/package-format.ts'
import type { LedgerKey } from '../src/storage/workspace.ts'

/** The members of a package, in their order; a list, because somebody may put one in twice. */
export type Members = [name: string, bytes: Buffer][]

/** What a tampering starts from. */
export interface Original {
  readonly bytes: Buffer
  readonly members: Members
  readonly key: LedgerKey
  readonly folder: string
}

export function membersOf(path: string): Members {
  const zip = new PlainZipReader(path)
  try {
    return zip.members.map((member) => [member.name, Buffer.from(zip.read(member))])
  } finally {
    zip.close()
  }
}

/** The bytes of a package with these members, as somebody who knows the format would write it. */
export function zipOf(folder: string, members: Members): Buffer {
  const path = join(folder, 'rebuilt.zip')
  const zip = new PlainZipWriter(path)
  for (const [name, bytes] of members) zip.add(name, bytes)
  zip.end()
  zip.close()
  const bytes = readFileSync(path)
  if (existsSync(path)) rmSync(path)
  return bytes
}

/** The same, with a manifest that a holder of this key signed over whatever is in it now. */
export function signedZip({ folder, key }: Pick<Original, 'folder' | 'key'>, members: Members): Buffer {
  const content = members.filter(([name]) => name !== 'manifest.note')
  const old =
    members
      .find(([name]) => name === 'manifest.note')?.[1]
      .toString()
      .split('\n')[1] ?? ''
  const listed = content.map(([name, bytes]) => ({ name, sha256: sha256Hex(bytes), size: bytes.length }))
  const manifest = canonicalJson({ ...JSON.parse(old), members: listed })
  const note = signNote(`${PACKAGE_FORMAT}\n${manifest}\n`, key)
  return zipOf(folder, [...content, ['manifest.note', Buffer.from(note)]])
}

export function edit(members: Members, which: string | RegExp, change: (text: string) => string): Members {
  let changed = false
  const edited = members.map(([name, bytes]): [string, Buffer] => {
    if (changed || (typeof which === 'string' ? name !== which : !which.test(name))) return [name, bytes]
    const text = change(bytes.toString('latin1'))
    changed = text !== bytes.toString('latin1')
    return [name, Buffer.from(text, 'latin1')]
  })
  if (!changed) throw new Error(`Nothing to change in ${which}.`)
  return edited
}

/** The nth line of a member, parsed, changed and put back. */
export function editLine(
  members: Members,
  name: string,
  which: (line: Record<string, unknown>) => boolean,
  change: (line: Record<string, unknown>) => Record<string, unknown> | null,
): Members {
  return members.map(([known, bytes]): [string, Buffer] => {
    if (known !== name) return [known, bytes]
    const lines = bytes
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const at = lines.findIndex(which)
    if (at < 0) throw new Error(`No such line in ${name}.`)
    const changed = change(lines[at])
    lines.splice(at, 1, ...(changed ? [changed] : []))
    return [known, Buffer.from(lines.map((line) => `${canonicalJson(line)}\n`).join(''))]
  })
}

export const flipHex = (hex: unknown) => String(hex).replace(/^./, (digit) => (digit === '0' ? '1' : '0'))
export const kind = (name: string) => (line: Record<string, unknown>) => line.kind === name

export function swap(members: Members, a: number, b: number): Members {
  const swapped = [...members]
  const [one, other] = [members[a], members[b]]
  if (one && other) [swapped[a], swapped[b]] = [other, one]
  return swapped
}

/** Where a text stands in the directory at the end of a package. */
export function inDirectory(bytes: Buffer, text: string): number {
  return bytes.lastIndexOf(text)
}

export function withByte(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = value
  return copy
}

export type Tampering = [name: string, tamper: (original: Original) => Buffer, named: string]
