import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { PlainZipReader } from '../foundation/plain-zip.ts'
import type { Findings } from '../ledger/findings.ts'
import type { VerifyingKey } from '../ledger/note.ts'
import { MEMBER, PACKAGE_FORMAT, PackageManifest } from './package-format.ts'
import { noteText, type ReadMember, utf8 } from './package-reader.ts'

/**
 * The members against the manifest that the ledger's key signed: each there, once, in its order, with its bytes. Gives
 * the manifest, or null where nothing further can be checked.
 */
export function checkManifest(
  zip: PlainZipReader,
  { key, found, read }: { key: VerifyingKey | null; found: Findings; read: ReadMember },
): PackageManifest | null {
  const note = noteText(utf8(read(MEMBER.manifest)) ?? '', key)
  if (!note?.signed && key)
    found.add('manifest', MEMBER.manifest, "The manifest does not carry the signature of this ledger's key.")
  const [format = '', json = '', ...rest] = (note?.text ?? '').split('\n')
  if (note?.signed && format !== PACKAGE_FORMAT && /^rapporteur-package\/\d+$/.test(format)) {
    found.cannotTell.push(`This package is of the format ${format}; a newer program reads it.`)
    return null
  }
  const manifest = rest.length === 1 && format === PACKAGE_FORMAT ? parseManifest(json) : null
  if (!manifest) {
    found.add('manifest', MEMBER.manifest, 'The manifest cannot be read.')
    return null
  }
  compare(zip, { manifest, found })
  return manifest
}

function parseManifest(json: string): PackageManifest | null {
  try {
    return PackageManifest.parse(JSON.parse(json))
  } catch {
    return null
  }
}

function compare(
  zip: PlainZipReader,
  { manifest, found }: { manifest: PackageManifest; found: Findings },
): void {
  const listed = new Map(manifest.members.map((member) => [member.name, member]))
  const seen = new Set<string>()
  for (const member of zip.members) {
    const { name, crc, size } = member
    if (seen.has(name)) found.add('member', name, 'This member stands in the package twice.')
    seen.add(name)
    const signed = listed.get(name)
    if (!signed && name !== MEMBER.manifest) found.add('member', name, 'This member was put in.')
    const { sha256, checksum } = hashes(zip, member)
    if (signed && (signed.sha256 !== sha256 || signed.size !== size))
      found.add('member', name, 'This member is not what was packaged.')
    else if (checksum !== crc) found.add('member', name, 'This member does not fit its checksum.')
  }
  for (const name of [...listed.keys(), MEMBER.manifest])
    if (!seen.has(name)) found.add('member', name, 'This member is missing.')
  const order = [...listed.keys(), MEMBER.manifest]
  const known = zip.members.map(({ name }) => name).filter((name) => order.includes(name))
  if (known.length === order.length && known.some((name, place) => name !== order[place]))
    found.add('container', '', 'The members stand in another order than was signed.')
}

/** Bytes that are hashed at a time. */
const CHUNK = 1 << 22

function hashes(
  zip: PlainZipReader,
  { start, size }: { start: number; size: number },
): { sha256: string; checksum: number } {
  const hash = createHash('sha256')
  let checksum = 0
  for (let at = 0; at < size; at += CHUNK) {
    const bytes = zip.bytes(start + at, Math.min(CHUNK, size - at))
    hash.update(bytes)
    checksum = crc32(bytes, checksum)
  }
  return { sha256: hash.digest('hex'), checksum }
}
