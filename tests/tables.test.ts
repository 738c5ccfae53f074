import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { openWorkspace } from '../src/storage/workspace.ts'
import { HAS_DEBIAN_SERVER } from './debian-server.ts'
import { testWorkspace } from './workspace.ts'

describe('the tables', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  beforeAll(async () => {
    workspace = await testWorkspace()
  })
  afterAll(() => workspace?.close())

  test('T6 every table has forced row security, policies, the three guards, and keys that begin with organisation', async () => {
    const { rows } = await workspace.database.owner.query<{
      name: string
      forced: boolean
      policies: number
      guards: number
    }>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
              (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
              (select count(*)::int from pg_attribute a where a.attrelid = c.oid and a.attname in ('organisation', 'level', 'case')) as guards
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'rapporteur' and c.relkind = 'r' and c.relname <> 'migration'`,
    )
    expect(rows.length).toBeGreaterThan(20)
    expect(rows.filter(({ forced, policies, guards }) => !forced || policies < 2 || guards < 3)).toEqual([])
    const { rows: keys } = await workspace.database.owner.query<{ name: string; first: string }>(
      `select i.indexrelid::regclass::text as name, a.attname as first from pg_index i
         join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        where n.nspname = 'rapporteur' and i.indisunique and c.relname <> 'migration' and a.attname <> 'organisation'
       union all
       select conname, a.attname from pg_constraint k join pg_namespace n on n.oid = k.connamespace
         join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
        where n.nspname = 'rapporteur' and k.contype = 'f' and a.attname <> 'organisation'`,
    )
    // Logins are the server's: whoever signs in has not said yet whose they are. The owner alone writes and sees them.
    expect(keys.map(({ name }) => name)).toEqual(['account_by_login'])
  })

  test.each([
    'alter table matter add column x int',
    'truncate matter',
    'drop table matter',
    'alter table matter disable row level security',
    'delete from revision',
    'update revision set why = why',
    'delete from ledger_inbox',
    'delete from ledger_entry',
    "insert into ledger_entry (organisation, index, entry, leaf) values ('x', 0, 'x', 'x')",
    'update ledger_checkpoint set size = 0',
    "update migration set sha256 = ''",
  ])('T7 the runtime role may not: %s', async (sql) => {
    await expect(workspace.database.runtime.query(sql)).rejects.toMatchObject({ code: '42501' })
  })

  test('T7 without an organisation, or with another one, nothing is seen and nothing can be put in', async () => {
    const client = await workspace.database.runtime.connect()
    try {
      expect((await client.query('select * from person')).rows).toEqual([])
      await client.query("begin; set local rapporteur.organisation = 'org_other'")
      expect((await client.query('select * from person')).rows).toEqual([])
      expect((await client.query('select * from organisation')).rows).toEqual([])
      const foreign = client.query("insert into person (organisation, id, name) values ($1, 'p', 'n')", [
        workspace.actor.organisation,
      ])
      await expect(foreign).rejects.toMatchObject({ code: '42501' })
    } finally {
      await client.query('rollback')
      client.release()
    }
  })

  test('T16 a server that is silent, or a role that may too little, is refused with what to do', async () => {
    const open = (url: string) => openWorkspace({ data: workspace.folder.root, url })
    await expect(open('postgresql://a:b@127.0.0.1:9/none')).rejects.toMatchObject({
      code: 'database_unreachable',
    })
    const { owner } = workspace.database
    const url = new URL(workspace.url)
    const weak = `${url.username}_weak`
    await owner.query(`create role ${weak} login password 'test'`)
    url.username = weak
    await expect(open(url.href)).rejects.toMatchObject({
      code: 'database_unfit',
      message: expect.stringContaining('own the database'),
    })
    await owner.query(
      `do $$ begin execute format('grant create on database %I to ${weak}', current_database()); end $$`,
    )
    await expect(open(url.href)).rejects.toMatchObject({
      code: 'database_unfit',
      message: expect.stringContaining('createrole'),
    })
  })

  test('T5 a migration that changed, or a record from a newer program, is refused', async () => {
    const { owner } = workspace.database
    const again = () => openWorkspace({ data: workspace.folder.root, url: workspace.url })
    await owner.query("insert into migration (number, name, sha256) values (9999, 'later', '')")
    await expect(again()).rejects.toMatchObject({ code: 'record_newer' })
    await owner.query("delete from migration where number = 9999; update migration set sha256 = 'x'")
    await expect(again()).rejects.toMatchObject({ code: 'migration_changed' })
  })
})

test(`T16 these tests run on PostgreSQL ${inject('major')}`, async () => {
  const workspace = await testWorkspace()
  const { rows } = await workspace.database.runtime.query('show server_version')
  expect(rows[0].server_version).toMatch(new RegExp(`^${inject('major')}\\.`))
  await workspace.close()
})
// vitest.config.ts repeats these and other tests there; where it cannot, that is seen.
if (!HAS_DEBIAN_SERVER)
  test.skip('T16 these tests run on PostgreSQL 15 (absent here: Debian package postgresql-15)')
