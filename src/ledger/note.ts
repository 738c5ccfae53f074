import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { sha256 } from '../foundation/hashing.ts'

/** Signed notes as C2SP signed-note has them: text, an empty line, one signature line a key. Ed25519 is type 1. */
const ED25519 = 1

interface SigningKey {
  readonly name: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** The 32 bytes of an Ed25519 public key. */
export function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(-32)
}

/** Key id: the first four bytes of SHA-256(name ‖ newline ‖ type ‖ public key). */
export function keyId(name: string, publicKey: KeyObject): Buffer {
  return sha256(`${name}\n`, new Uint8Array([ED25519]), rawPublicKey(publicKey)).subarray(0, 4)
}

/** `name+id+key`, as verifiers are given it. */
export function verifierLine({ name, publicKey }: VerifyingKey): string {
  const key = Buffer.concat([new Uint8Array([ED25519]), rawPublicKey(publicKey)])
  return `${name}+${keyId(name, publicKey).toString('hex')}+${key.toString('base64')}`
}

/** A key that notes are checked with. */
export type VerifyingKey = Pick<SigningKey, 'name' | 'publicKey'>

/** DER of an Ed25519 public key up to its 32 bytes, RFC 8410 §4. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

/** The key of a line `name+id+key`; null where the line is none, or its id is not the key's. */
export function parseVerifierLine(line: string): VerifyingKey | null {
  const [, name = '', id = '', base64 = ''] =
    /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(line) ?? []
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64') !== base64 || bytes.length !== 33 || bytes[0] !== ED25519) return null
  const publicKey = createPublicKey({
    key: Buffer.concat([SPKI, bytes.subarray(1)]),
    format: 'der',
    type: 'spki',
  })
  return keyId(name, publicKey).toString('hex') === id ? { name, publicKey } : null
}

/** Sign a text, which must end with a newline. */
export function signNote(text: string, { name, privateKey, publicKey }: SigningKey): string {
  if (!text.endsWith('\n')) throw new TypeError('A note ends with a newline.')
  const signature = Buffer.concat([keyId(name, publicKey), sign(null, Buffer.from(text), privateKey)])
  return `${text}\n— ${name} ${signature.toString('base64')}\n`
}

/** The text of a note that this key signed, or null. Base64 is read strictly: a loose reader accepts flipped bits. */
export function openNote(note: string, { name, publicKey }: VerifyingKey): string | null {
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n')) return null
  const text = note.slice(0, split + 1)
  const lines = note.slice(split + 2, -1).split('\n')
  const [line] = lines
  if (lines.length !== 1 || !line?.startsWith(`— ${name} `)) return null
  const base64 = line.slice(`— ${name} `.length)
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64') !== base64 || bytes.length !== 68) return null
  if (!bytes.subarray(0, 4).equals(keyId(name, publicKey))) return null
  return verify(null, Buffer.from(text), publicKey, bytes.subarray(4)) ? text : null
}
