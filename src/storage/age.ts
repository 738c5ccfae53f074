import { closeSync, createReadStream, createWriteStream, openSync, readFileSync, readSync } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { Decrypter, Encrypter, generateHybridIdentity, identityToRecipient } from 'age-encryption'
import { Refusal } from '../foundation/refusal.ts'

/** First line of every age file (C2SP age). */
const MAGIC = 'age-encryption.org/v1\n'
/** Bech32 as age writes recipients; a hybrid one holds a post-quantum key beside the classical one. */
const CLASSICAL = /^age1[02-9ac-hj-np-z]{58}$/
const HYBRID = /^age1pq1[02-9ac-hj-np-z]{100,}$/

/**
 * All recipients of a backup are of one kind: one classical key among hybrid ones would give the file to whoever can break
 * that one, and nobody would see it.
 *
 * @throws Refusal `recipient_unreadable`, `recipients_mixed`
 */
export function mustBeRecipients(recipients: readonly string[]): void {
  const encrypter = new Encrypter()
  for (const one of recipients) {
    const known = CLASSICAL.test(one) || HYBRID.test(one)
    if (!known || !taken(() => encrypter.addRecipient(one))) {
      throw new Refusal(
        'recipient_unreadable',
        `No age recipient: "${one.slice(0, 12)}…"; give the public line that begins with age1, never the secret key.`,
      )
    }
  }
  if (new Set(recipients.map((one) => HYBRID.test(one))).size > 1) {
    throw new Refusal(
      'recipients_mixed',
      'Hybrid recipients (age1pq1…) and classical ones are not mixed: the weakest would decide; use one kind.',
    )
  }
}

/** What is written is readable with the secret keys of these recipients alone. @throws Refusal of mustBeRecipients() */
export async function encrypted(plain: Readable, recipients: readonly string[]): Promise<Readable> {
  mustBeRecipients(recipients)
  const encrypter = new Encrypter()
  for (const one of recipients) encrypter.addRecipient(one)
  const made = await encrypter.encrypt(Readable.toWeb(plain) as ReadableStream<Uint8Array>)
  return Readable.fromWeb(made as WebStream<Uint8Array>)
}

/** Whether a file says of itself that it is encrypted with age. */
export function isAgeFile(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(MAGIC.length)
    return readSync(file, head, 0, head.length, 0) === head.length && head.toString() === MAGIC
  } finally {
    closeSync(file)
  }
}

/** The secret keys in a file as age-keygen writes it. @throws Refusal `identity_unfit` */
export function identitiesIn(path: string): string[] {
  const text = attempted(() => readFileSync(path, 'utf8')) ?? ''
  const found = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^AGE-SECRET-KEY-(PQ-)?1/.test(line))
  if (found.length > 0) return found
  throw new Refusal(
    'identity_unfit',
    `${path} holds no age secret key; name the file with the line AGE-SECRET-KEY-… that was kept offline.`,
  )
}

/**
 * Decrypt a file into another one, as a stream. Every block carries its own proof, and the last one says that it is the last.
 *
 * @throws Refusal `identity_unfit` where none of the keys opens it, `backup_altered` where a block is not what was written,
 *   `backup_unreadable` where its head is none
 */
export async function decryptInto(
  path: string,
  target: string,
  identities: readonly string[],
): Promise<void> {
  const decrypter = new Decrypter()
  for (const one of identities) {
    if (!taken(() => decrypter.addIdentity(one)))
      throw new Refusal(
        'identity_unfit',
        'A line of the key file is no age secret key; use the file as it was made.',
      )
  }
  const source = createReadStream(path)
  try {
    const plain = await decrypter
      .decrypt(Readable.toWeb(source) as ReadableStream<Uint8Array>)
      .catch((cause: unknown) => {
        throw notOpened(cause)
      })
    await pipeline(
      Readable.fromWeb(plain as WebStream<Uint8Array>),
      createWriteStream(target, { mode: 0o600 }),
    ).catch((cause: unknown) => {
      if (cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC') throw cause
      const sentence = 'The encrypted backup is not what was written, or was cut off; use another backup.'
      throw new Refusal('backup_altered', sentence, {}, { cause })
    })
  } finally {
    source.destroy()
  }
}

function notOpened(cause: unknown): Refusal {
  if (cause instanceof Error && /no identity matched/.test(cause.message)) {
    const sentence =
      'This key does not open the backup; name the file with the secret key of one of its recipients.'
    return new Refusal('identity_unfit', sentence, {}, { cause })
  }
  const sentence = 'The head of the encrypted backup cannot be read; use another backup.'
  return new Refusal('backup_unreadable', sentence, {}, { cause })
}

function taken(work: () => void): boolean {
  return (
    attempted(() => {
      work()
      return true
    }) ?? false
  )
}

function attempted<Result>(work: () => Result): Result | null {
  try {
    return work()
  } catch {
    return null
  }
}

/** A new hybrid key pair: what is recorded today does not open to tomorrow's quantum computers. */
export async function newIdentity(): Promise<{ identity: string; recipient: string }> {
  const identity = await generateHybridIdentity()
  return { identity, recipient: await identityToRecipient(identity) }
}
