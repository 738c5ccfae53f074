import { createHash } from 'node:crypto'
import { createReadStream, renameSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sha256Hex } from '../foundation/hashing.ts'
import { canonicalJson } from '../foundation/json.ts'
import { PlainZipWriter } from '../foundation/plain-zip.ts'
import { programVersion } from '../foundation/version.ts'
import { entriesOfType, newestCheckpoint, placedEntries } from '../ledger/entry-store.ts'
import { readLeaf } from '../ledger/leaf.ts'
import { signNote, verifierLine } from '../ledger/note.ts'
import { commitmentsOf, type KnownRevision } from '../ledger/revision-store.ts'
import { settle } from '../ledger/settle.ts'
import { allHashes } from '../ledger/tile-store.ts'
import { tileBytes, tilePath, tilesOf } from '../ledger/tiles.ts'
import { goingTo, type Leaving, leaveBy } from '../protection/exits.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { mustHaveProved } from '../protection/proved.ts'
import type { KnownDossier } from '../sources/dossier.ts'
import { readingText } from '../sources/source-store.ts'
import { exportCoding } from '../statements/export-coding.ts'
import { asActor, exportAs, readAs, type Tx } from '../storage/database.ts'
import { readOriginal } from '../storage/originals.ts'
import type { Workspace } from '../storage/workspace.ts'
import {
  MEMBER,
  originalMember,
  PACKAGE_FORMAT,
  type PackagedEntry,
  type PackagedRevision,
  type PackageManifest,
  readingMember,
} from './package-format.ts'
import { packageReadme } from './package-readme.ts'
import { recordsOfDossier } from './records-of-dossier.ts'

/** What was packaged. */
export interface Packaged {
  readonly manifest: PackageManifest
  readonly records: number
  readonly entries: number
  readonly checkpoint: string
  /** Uses of people's consent that were written. */
  readonly uses: number
}

/** For a court, with everything that people can be recognised by: what a package of the profile court holds. */
export const FOR_A_COURT: Leaving = {
  purpose: 'court',
  recipient: 'court',
  recipientName: '',
  identifiability: 'full_identity',
  conditionsRead: false,
}

type Members = Map<string, () => Promise<Buffer>>

/**
 * Write a dossier's whole record into one file that proves itself. The records are read in one snapshot; the ledger
 * after everything in that snapshot has its place, which is sound because the ledger only grows. The same record gives
 * the same bytes.
 *
 * Whether it may leave is asked before the work and again when the file is whole: it gets its name only after the uses
 * are on record.
 *
 * @throws Refusal `not_allowed`, `prove_again`, `original_missing`, `original_altered`, `package_too_large`, those of leaveBy
 */
export async function makePackage(
  workspace: Workspace,
  dossier: KnownDossier,
  file: string,
  leaving: Leaving = FOR_A_COURT,
): Promise<Packaged> {
  const { database, actor, key } = workspace
  mustBeAllowed(actor, 'export', {
    organisation: actor.organisation,
    level: 'organisation',
    dossier: dossier.id,
  })
  const name = basename(file)
  const outgoing = { kind: 'package', output: dossier.id, to: goingTo(leaving) } as const
  const { revisions, coding, readings } = await exportAs(database, actor, outgoing, async (tx) => {
    mustHaveProved(tx)
    const revisions = await recordsOfDossier(tx, dossier.id)
    const output = { thing: dossier.id, name, sha256: null }
    await leaveBy(tx, 'package', { records: recordsIn(revisions), leaving, output, onlyAsked: true })
    const ids = new Set(
      revisions.flatMap(({ kind, record, state }) => (kind === 'reading' && state ? [record] : [])),
    )
    const readings = new Map<string, Buffer>()
    for (const id of ids) readings.set(id, Buffer.from((await readingText(tx, id)) ?? ''))
    return { revisions, coding: await exportCoding(tx, dossier), readings }
  })
  await settle(workspace)
  const ledger = await readAs(database, actor, (tx) => ledgerMembers(tx, revisions))
  const { slug, title } = dossier.dossier
  const members: Members = new Map([
    ...texts({
      [MEMBER.coding]: `${JSON.stringify(coding, null, 1)}\n`,
      [MEMBER.key]: `${verifierLine(key)}\n`,
      [MEMBER.records]: jsonLines(revisions.map(packaged)),
    }),
    ...ledger.members,
    ...originals(revisions).map((sha256): [string, () => Promise<Buffer>] => [
      originalMember(sha256),
      () => readOriginal(workspace.folder, sha256),
    ]),
    ...[...readings].map(([id, text]): [string, () => Promise<Buffer>] => [
      readingMember(id),
      async () => text,
    ]),
  ])
  const ordered: Members = new Map([
    ...texts({ [MEMBER.readme]: packageReadme({ title, key: verifierLine(key) }) }),
    ...[...members].sort(([a], [b]) => (a < b ? -1 : 1)),
  ])
  const { manifest, uses } = await write(ordered, {
    file,
    leave: (sha256) =>
      asActor(database, actor, (tx) =>
        leaveBy(tx, 'package', {
          records: recordsIn(revisions),
          leaving,
          output: { thing: dossier.id, name, sha256 },
        }),
      ),
    sign: (members) => {
      const manifest: PackageManifest = {
        format: PACKAGE_FORMAT,
        program: programVersion(),
        profile: 'court',
        dossier: { id: dossier.id, slug, title },
        members,
      }
      return { manifest, note: signNote(`${PACKAGE_FORMAT}\n${canonicalJson(manifest)}\n`, key) }
    },
  })
  const records = recordsIn(revisions).length
  return { manifest, records, entries: ledger.entries, checkpoint: ledger.checkpoint, uses }
}

function recordsIn(revisions: readonly KnownRevision[]): string[] {
  return [...new Set(revisions.map(({ record }) => record))]
}

async function write(
  members: Members,
  {
    file,
    leave,
    sign,
  }: {
    file: string
    leave(sha256: string): Promise<{ uses: number }>
    sign(members: PackageManifest['members']): { manifest: PackageManifest; note: string }
  },
): Promise<{ manifest: PackageManifest; uses: number }> {
  const part = `${file}.part`
  const zip = new PlainZipWriter(part)
  try {
    const listed: PackageManifest['members'] = []
    for (const [name, read] of members) {
      const bytes = await read()
      zip.add(name, bytes)
      listed.push({ name, sha256: sha256Hex(bytes), size: bytes.length })
    }
    const { manifest, note } = sign(listed)
    zip.add(MEMBER.manifest, Buffer.from(note))
    zip.end()
    const { uses } = await leave(await hashOf(part))
    renameSync(part, file)
    return { manifest, uses }
  } finally {
    zip.close()
    rmSync(part, { force: true })
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** Checkpoint, tiles, and the entries of these revisions, with those that bear on all: erasures and clock jumps. */
async function ledgerMembers(
  tx: Tx,
  revisions: readonly KnownRevision[],
): Promise<{ members: Members; entries: number; checkpoint: string }> {
  const checkpoint = await newestCheckpoint(tx)
  if (!checkpoint) throw new Error('A dossier is on record, and the ledger has no checkpoint.')
  const records = new Set(revisions.map(({ record }) => record))
  const own = [...new Set(revisions.map(({ entry }) => entry))]
  const others = (await entriesOfType(tx, ['clock', 'erasure'])).filter(({ leaf }) => {
    const said = readLeaf(leaf)
    return said?.type === 'clock' || said?.erased?.some(({ record }) => records.has(record))
  })
  const commitments = await commitmentsOf(tx, own)
  const hashes = await allHashes(tx, checkpoint.size)
  const entries = [...(await placedEntries(tx, own)), ...others].sort((a, b) => a.index - b.index)
  const lines = entries.map(
    ({ index, entry, leaf }): PackagedEntry => ({
      index,
      leaf,
      proof: hashes.proof(index, checkpoint.size).map((hash) => hash.toString('hex')),
      commitments: commitments.get(entry) ?? [],
    }),
  )
  const tiles = tilesOf(checkpoint.size).map((tile): [string, () => Promise<Buffer>] => [
    `${MEMBER.tiles}${tilePath(tile)}`,
    async () => tileBytes(hashes, tile),
  ])
  return {
    members: new Map([
      ...texts({ [MEMBER.checkpoint]: checkpoint.note, [MEMBER.entries]: jsonLines(lines) }),
      ...tiles,
    ]),
    entries: entries.length,
    checkpoint: checkpoint.note,
  }
}

function packaged({ state: _, ...revision }: KnownRevision): PackagedRevision {
  return revision
}

/** SHA-256 of the original of every revision of every source, in order. */
function originals(revisions: readonly KnownRevision[]): string[] {
  const found = revisions.flatMap(({ kind, state }) => {
    const original = kind === 'source' ? state?.body.original : null
    return typeof original === 'object' && original !== null && 'sha256' in original
      ? [String(original.sha256)]
      : []
  })
  return [...new Set(found)].sort()
}

function jsonLines(lines: readonly object[]): string {
  return lines.map((line) => `${canonicalJson(line)}\n`).join('')
}

function texts(members: Readonly<Record<string, string>>): Members {
  return new Map(Object.entries(members).map(([name, text]) => [name, async () => Buffer.from(text)]))
}
