import { type KeyObject, sign, verify } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../foundation/refusal.ts'
import type { DataFolder } from './data-folder.ts'

/** What an erasure took out, without a word of it: a restore of an earlier backup does it again. */
export interface RegisteredErasure {
  readonly v: 1
  readonly organisation: string
  readonly entry: string
  readonly at: string
  /** Class of ground. */
  readonly ground: string
  readonly erased: readonly { readonly record: string; readonly n: number }[]
  /** SHA-256 of originals that nothing else needed. */
  readonly originals: readonly string[]
}

/** What signs lines, and what they are checked with. */
interface Signing {
  readonly privateKey: KeyObject
}
interface Checking {
  readonly publicKey: KeyObject
}

/** Beside backups, where records of several organisations may lie. */
export const REGISTER_BESIDE = 'rapporteur-erasures.jsonl'

/** The register of a data folder; it outlives the database. */
export function registerOf(folder: DataFolder): string {
  return join(folder.root, 'erasures.jsonl')
}

/** One line as it is kept: what was erased, and the signature of the record's own key over it. */
export function registerLine(erasure: RegisteredErasure, { privateKey }: Signing): string {
  const text = JSON.stringify(erasure)
  const signature = sign(null, Buffer.from(text), privateKey).toString('base64')
  return JSON.stringify({ erasure: text, signature })
}

/** The lines of a register; a last one that a crash cut off is none. Empty where there is no such file. */
export function readRegister(path: string): string[] {
  return existsSync(path) ? linesOf(readFileSync(path, 'utf8')) : []
}

export function linesOf(text: string): string[] {
  return text.split('\n').slice(0, -1).filter(Boolean)
}

/** What a line says, whoever signed it; null where it cannot be read. */
export function saidBy(line: string): RegisteredErasure | null {
  try {
    const { erasure }: { erasure: string } = JSON.parse(line)
    const said: RegisteredErasure = JSON.parse(erasure)
    const whole = said.v === 1 && Array.isArray(said.erased) && Array.isArray(said.originals)
    return whole && typeof said.entry === 'string' && typeof said.organisation === 'string' ? said : null
  } catch {
    return null
  }
}

/**
 * What the lines about one organisation say. Nobody but the record can write one, so that no stranger can have a restore
 * erase what they choose.
 *
 * @throws Refusal `register_altered`
 */
export function erasuresOf(
  lines: readonly string[],
  { organisation, publicKey }: Checking & { organisation: string },
): RegisteredErasure[] {
  const found = new Map<string, RegisteredErasure>()
  for (const line of lines) {
    const said = saidBy(line)
    if (said && said.organisation !== organisation) continue
    if (!said || !isSigned(line, publicKey)) {
      throw new Refusal(
        'register_altered',
        'A line of the erasure register was not written by this record; use the register as the record wrote it.',
      )
    }
    found.set(said.entry, said)
  }
  return [...found.values()].sort((a, b) => (a.at < b.at ? -1 : 1))
}

function isSigned(line: string, publicKey: KeyObject): boolean {
  const { erasure, signature }: { erasure: string; signature: string } = JSON.parse(line)
  return verify(null, Buffer.from(erasure), publicKey, Buffer.from(String(signature), 'base64'))
}

/** Add the lines that a register does not have yet; on disk when this returns. The number added. */
export function addToRegister(path: string, lines: readonly string[]): number {
  const have = new Set(readRegister(path))
  const missing = lines.filter((line) => !have.has(line))
  if (missing.length === 0) return 0
  const cut = existsSync(path) && !readFileSync(path, 'utf8').endsWith('\n') && readFileSync(path).length > 0
  const file = openSync(path, 'a', 0o600)
  try {
    writeSync(file, `${cut ? '\n' : ''}${missing.join('\n')}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  return missing.length
}
