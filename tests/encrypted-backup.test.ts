import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { backUpRecord } from '../src/ledger/back-up-record.ts'
import { drill } from '../src/ledger/drill.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { decryptInto, encrypted, identitiesIn, mustBeRecipients } from '../src/storage/age.ts'
import { openBackup } from '../src/storage/backup-file.ts'
import { asActor } from '../src/storage/database.ts'
import { A_TEXT } from './a-case.ts'
import { testWorkspace } from './workspace.ts'

const HAS_AGE = spawnSync('age', ['--version']).status === 0
if (!HAS_AGE)
  process.stderr.write('skipped: the age program is not installed, so it does not open our backups here.\n')

describe('encrypted backups', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-age-'))
  const at = (name: string) => join(folder, name)
  let recipient: string

  beforeAll(async () => {
    workspace = await testWorkspace()
    const dossier = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'harbour'))
    await takeIn(workspace, dossier, [{ fileName: 'a.txt', bytes: new TextEncoder().encode(A_TEXT) }])
    const identity = await generateX25519Identity()
    recipient = await identityToRecipient(identity)
    writeFileSync(at('key'), `${identity}\n`)
    await backUpRecord(workspace, at('backup.age'), { recipients: [recipient] })
  })
  afterAll(async () => {
    await workspace?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('T22 recipients of two kinds are not mixed, a secret key is no recipient, and nothing is written then', async () => {
    const hybrid = await identityToRecipient(await generateHybridIdentity())
    const wanted = (recipients: string[]) => backUpRecord(workspace, at('none.age'), { recipients })
    await expect(wanted([recipient, hybrid])).rejects.toMatchObject({ code: 'recipients_mixed' })
    for (const one of [readFileSync(at('key'), 'utf8').trim(), 'age1none', `${recipient.slice(0, -1)}q`, ''])
      await expect(wanted([one])).rejects.toMatchObject({ code: 'recipient_unreadable' })
    expect(() => readFileSync(at('none.age'))).toThrow()
    expect(() => mustBeRecipients([hybrid, hybrid])).not.toThrow()
  })

  test('T22 no word, name or key of the record can be read in it', () => {
    const bytes = readFileSync(at('backup.age'))
    for (const words of ['harbour', 'manifest.json', 'pkcs8', 'PK\u0003\u0004'])
      expect(bytes.includes(words)).toBe(false)
  })

  test('T23 a drill restores it on an empty folder: the same root, rows and originals', async () => {
    const drilled = await drill({ file: at('backup.age'), identity: at('key') }, ALL_KINDS)
    expect(drilled).toMatchObject({ holds: true, otherCounts: [], originals: 1, erasedAgain: 0 })
    expect(drilled.root.backup).toBe(drilled.root.restored)
    expect(drilled.root.backup).toMatch(/^\d+ \S{44}$/)
    expect(drilled.rows).toBeGreaterThan(10)
    await expect(drill({ file: at('backup.age') }, ALL_KINDS)).rejects.toMatchObject({
      code: 'identity_missing',
    })
  }, 120_000)

  test.skipIf(!HAS_AGE)('T22 the age program opens ours, and we open its', async () => {
    expect(spawnSync('age', ['-d', '-i', at('key'), '-o', at('theirs.zip'), at('backup.age')]).status).toBe(0)
    const opened = await openBackup(at('theirs.zip'))
    expect(opened.names).toContain('tables/source.copy')
    opened.close()
    expect(spawnSync('age', ['-r', recipient, '-o', at('theirs.age'), at('theirs.zip')]).status).toBe(0)
    await decryptInto(at('theirs.age'), at('again.zip'), identitiesIn(at('key')))
    expect(readFileSync(at('again.zip')).equals(readFileSync(at('theirs.zip')))).toBe(true)
  })

  test('T22 it passes as a stream: what it needs of memory does not grow with it', async () => {
    const { Readable, Writable } = await import('node:stream')
    const { pipeline } = await import('node:stream/promises')
    const block = Buffer.alloc(1 << 20, 7)
    const of = (blocks: number) =>
      Readable.from(
        (function* () {
          for (let n = 0; n < blocks; n += 1) yield block
        })(),
      )
    let most = 0
    let bytes = 0
    const sink = new Writable({
      write(chunk: Buffer, _, done) {
        bytes += chunk.length
        most = Math.max(most, process.memoryUsage().arrayBuffers)
        done()
      },
    })
    const before = process.memoryUsage().arrayBuffers
    await pipeline(await encrypted(of(96), [recipient]), sink)
    expect(bytes).toBeGreaterThan(96 << 20)
    expect(most - before).toBeLessThan(64 << 20)
  }, 120_000)
})
