import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord } from '../src/ledger/verify-record.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { backup } from '../src/storage/backup.ts'
import { asActor } from '../src/storage/database.ts'
import { newestMigration } from '../src/storage/migrate.ts'
import { restore } from '../src/storage/restore.ts'
import { openWorkspace, type Workspace } from '../src/storage/workspace.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'

const verify = async (workspace: Workspace) => (await verifyRecord(workspace, { kinds: ALL_KINDS })).altered
const schemaOf = async ({ database }: Workspace) =>
  (await database.owner.query('select max(number) as number from migration')).rows[0].number

describe('a record made with the first schema', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-migration-'))
  const data = join(folder, 'record')
  const file = join(folder, 'schema-1.zip')
  let checkpoint: string

  beforeAll(async () => {
    const workspace = await openWorkspace({ data, restoring: { schemaOf: 1 } })
    expect(await schemaOf(workspace)).toBe(1)
    const { database, actor } = workspace
    const dossier = await asActor(database, actor, (tx) => openDossier(tx, 'harbour'))
    await takeIn(workspace, dossier, [{ fileName: 'harbour.txt', bytes: new TextEncoder().encode(A_TEXT) }])
    const coding = readCodingFile(JSON.stringify(A_CODING_FILE))
    await asActor(database, actor, (tx) => applyCoding(tx, dossier, coding))
    await settle(workspace)
    checkpoint = (await verifyRecord(workspace, { kinds: ALL_KINDS })).checkpoint ?? ''
    expect((await backup(workspace, file)).migration).toBe(1)
    await workspace.close()
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

  test('T5 a backup is made before it is migrated, kept and named; afterwards it is intact and nothing is made again', async () => {
    const migrated = await openWorkspace({ data })
    expect(await schemaOf(migrated)).toBe(newestMigration())
    const [notice = ''] = migrated.notices
    const kept = /a backup was made: (.*\.zip)$/.exec(notice)?.[1] ?? ''
    expect(existsSync(kept)).toBe(true)
    expect(await verifyRecord(migrated, { kinds: ALL_KINDS, since: checkpoint })).toMatchObject({
      state: 'intact',
      rollback: 'ruled out',
    })
    await migrated.close()
    const again = await openWorkspace({ data })
    expect(again.notices).toEqual([])
    await again.close()
    expect((await restore({ file: kept, data: join(folder, 'kept') }, verify)).migration).toBe(1)
  })

  test('T5 an empty record is migrated without a backup', async () => {
    const empty = join(folder, 'empty')
    await (await openWorkspace({ data: empty, restoring: { schemaOf: 1 } })).close()
    const migrated = await openWorkspace({ data: empty })
    expect(await schemaOf(migrated)).toBe(newestMigration())
    expect(migrated.notices).toEqual([])
    await migrated.close()
  })

  test('T12 its backup is loaded into its own schema, migrated, and verified before it opens', async () => {
    const elsewhere = join(folder, 'elsewhere')
    const seen: number[] = []
    await restore({ file, data: elsewhere }, async (workspace) => {
      seen.push(await schemaOf(workspace))
      return verify(workspace)
    })
    expect(seen).toEqual([newestMigration()])
    const restored = await openWorkspace({ data: elsewhere })
    const after = await verifyRecord(restored, { kinds: ALL_KINDS, since: checkpoint })
    expect(after).toMatchObject({ state: 'intact', rollback: 'ruled out' })
    await asActor(restored.database, restored.actor, (tx) => openDossier(tx, 'more'))
    await settle(restored)
    expect(await verify(restored)).toEqual([])
    await restored.close()
  })

  test('T11 a record that is being served is not restored into', async () => {
    const served = await openWorkspace({ data: join(folder, 'served'), serve: true })
    await expect(restore({ file, data: join(folder, 'served') }, verify)).rejects.toMatchObject({
      code: 'already_running',
    })
    await served.close()
  })
})
