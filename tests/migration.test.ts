import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord } from '../src/ledger/verify-record.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { searchRecord } from '../src/search/search-record.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { openBackup } from '../src/storage/backup-file.ts'
import { asActor, readAs } from '../src/storage/database.ts'
import { newestMigration } from '../src/storage/migrate.ts'
import { loadBackup, restore } from '../src/storage/restore.ts'
import { openWorkspace, type Workspace } from '../src/storage/workspace.ts'

const verify = async (workspace: Workspace) => (await verifyRecord(workspace, { kinds: ALL_KINDS })).altered
const schemaOf = async ({ database }: Workspace) =>
  (await database.owner.query('select max(number) as number from migration')).rows[0].number

/** Backups that the program made when these were its newest schemas: of an invented case, by an invented person. */
const madeWith = (schema: number) => join(import.meta.dirname, 'records', `schema-${schema}.zip`)

describe.each([1, 2])('a record made with schema %i', (schema) => {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-migration-'))
  const data = join(folder, 'record')
  const file = madeWith(schema)
  let checkpoint: string

  beforeAll(async () => {
    const made = await openBackup(file)
    checkpoint = made.manifest.checkpoint ?? ''
    expect(made.manifest.migration).toBe(schema)
    await loadBackup(made, { data })
    made.close()
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
    const found = await readAs(migrated.database, migrated.actor, (tx) =>
      searchRecord(tx, { typed: 'boats', kind: 'passage' }),
    )
    expect(found.hits.map(({ rank }) => rank > 0)).toEqual(Array(found.total).fill(true))
    expect(found.total).toBeGreaterThan(0)
    await migrated.close()
    const again = await openWorkspace({ data })
    expect(again.notices).toEqual([])
    await again.close()
    expect((await restore({ file: kept, data: join(folder, 'kept') }, { verify })).migration).toBe(schema)
  })

  test('T5 an empty record is migrated without a backup', async () => {
    const empty = join(folder, 'empty')
    await (await openWorkspace({ data: empty, restoring: { schemaOf: schema } })).close()
    const migrated = await openWorkspace({ data: empty })
    expect(await schemaOf(migrated)).toBe(newestMigration())
    expect(migrated.notices).toEqual([])
    await migrated.close()
  })

  test('T12 its backup is loaded into its own schema, migrated, and verified before it opens', async () => {
    const elsewhere = join(folder, 'elsewhere')
    const seen: number[] = []
    await restore(
      { file, data: elsewhere },
      {
        async verify(workspace) {
          seen.push(await schemaOf(workspace))
          return verify(workspace)
        },
      },
    )
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
    await expect(restore({ file, data: join(folder, 'served') }, { verify })).rejects.toMatchObject({
      code: 'already_running',
    })
    await served.close()
  })
})
