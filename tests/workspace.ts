import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { openWorkspace, type Workspace } from '../src/storage/workspace.ts'

/**
 * A record of its own on the run's server: a fresh database with the real migrations, owned by a role that is no
 * superuser, and a data folder. `close` drops both.
 */
export async function testWorkspace(): Promise<Workspace & { url: string }> {
  const { host, user, password } = inject('server')
  const name = `t_${Math.random().toString(36).slice(2, 12)}`
  const root = new pg.Client({ host, user, password, database: 'postgres' })
  await root.connect()
  const owner = `${name}_owner`
  await root.query(`create role ${owner} login createrole password 'test'`)
  await root.query(`create database ${name} owner ${owner}`)
  await root.end()
  const url = `postgresql://${owner}:test@localhost/${name}?host=${encodeURIComponent(host)}`
  const data = mkdtempSync(join(tmpdir(), 'rapporteur-test-'))
  const workspace = await openWorkspace({ data, url })
  return {
    ...workspace,
    url,
    async close() {
      await workspace.close()
      const after = new pg.Client({ host, user, password, database: 'postgres' })
      await after.connect()
      await after.query(`drop database ${name} with (force)`)
      await after.end()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
