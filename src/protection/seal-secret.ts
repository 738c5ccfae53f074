import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { LedgerKey } from '../storage/workspace.ts'

/**
 * Secrets of codes stand sealed in the database (AES-256-GCM): whoever has its tables alone, a copy of a server's disk or
 * another role there, has no second factor. The key is derived from the record's own, which lies in the data folder and
 * goes with a backup, so that people sign in after a restore.
 */
export function sealSecret(secret: Uint8Array, { key, whose }: { key: LedgerKey; whose: string }): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(key), nonce).setAAD(Buffer.from(whose))
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** Null where it was altered, moved to another person, or sealed with another record's key. */
export function openSecret(sealed: Buffer, { key, whose }: { key: LedgerKey; whose: string }): Buffer | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(key), sealed.subarray(0, 12))
    decipher.setAAD(Buffer.from(whose)).setAuthTag(sealed.subarray(12, 28))
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
  } catch {
    return null
  }
}

function keyOf({ privateKey }: LedgerKey): Buffer {
  const own = privateKey.export({ format: 'der', type: 'pkcs8' })
  return Buffer.from(hkdfSync('sha256', own, Buffer.alloc(0), 'rapporteur: secrets of codes', 32))
}
