import type { PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../src/foundation/ids.ts'
import type { Actor } from '../src/protection/actor.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { asActor, readAs } from '../src/storage/database.ts'
import { A_TEXT } from './a-case.ts'
import { somebody } from './people.ts'
import { testWorkspace } from './workspace.ts'

let workspace: Awaited<ReturnType<typeof testWorkspace>>
let dossier: string
let reader: Actor
const caseId = newId('case')

beforeAll(async () => {
  workspace = await testWorkspace()
  const { database, actor } = workspace
  const opened = await asActor(database, actor, (tx) => openDossier(tx, 'harbour'))
  await takeIn(workspace, opened, [{ fileName: 'a.txt', bytes: new TextEncoder().encode(A_TEXT) }])
  dossier = opened.id
  reader = await somebody(workspace, { organisation: actor.organisation, roles: ['reader'] })
})
afterAll(() => workspace?.close())

/** SQL as somebody who got it into a query of ours would run it: in the runtime role, within the transaction of `actor`. */
async function injected<Row extends object>(actor: Actor | null, ...sql: string[]): Promise<Row[]> {
  const client: PoolClient = await workspace.database.runtime.connect()
  try {
    await client.query('begin')
    if (actor) await client.query("select enter($1, '{}', '')", [actor.pass])
    let rows: Row[] = []
    for (const one of sql) rows = (await client.query<Row>(one)).rows
    return rows
  } finally {
    await client.query('rollback')
    client.release()
  }
}

async function give(
  person: string,
  compartment: string,
  level: 2 | 3,
  changes: object = {},
): Promise<string> {
  const id = newId('access')
  const body = { compartment, person, ended: null, ...changes }
  await workspace.database.owner.query(
    'insert into access (organisation, level, "case", id, revision, body) values ($1, $2, $3, $4, 1, $5)',
    [workspace.actor.organisation, level, compartment, id, JSON.stringify(body)],
  )
  return id
}

/** A row of every content table's kind would do; tags point at nothing. */
async function putTag(level: number, compartment: string | null): Promise<string> {
  const id = newId('tag')
  const body = { dossier, subject: id, scheme: 'rights', term: 'assembly', by: 'x' }
  await workspace.database.owner.query(
    'insert into tag (organisation, level, "case", id, revision, body) values ($1, $2, $3, $4, 1, $5)',
    [workspace.actor.organisation, level, compartment, id, JSON.stringify(body)],
  )
  return id
}

const tagsSeenBy = async (actor: Actor) =>
  (await readAs(workspace.database, actor, (tx) => tx.query<{ id: string }>('select id from tag'))).map(
    ({ id }) => id,
  )

describe('who asks', () => {
  test('P20 a setting that an attacker makes is an error, not a person', async () => {
    const [real] = await injected<{ held: string }>(
      reader,
      "select current_setting('rapporteur.context') as held",
    )
    const payload = JSON.parse(real?.held.slice(65) ?? '{}')
    const forged = [
      `select set_config('rapporteur.context', '${'0'.repeat(64)} ${JSON.stringify(payload)}', true)`,
      `select set_config('rapporteur.context', '${real?.held.slice(0, 64)} ${JSON.stringify({ ...payload, level: 3 })}', true)`,
      `select set_config('rapporteur.context', 'x', true)`,
      // Its own earlier context is worth nothing in another transaction.
      `select set_config('rapporteur.context', '${real?.held}', true)`,
    ]
    for (const sql of forged) await expect(injected(null, sql, 'select * from person')).rejects.toThrow()
    await expect(injected(reader, forged[1] ?? '', 'select * from source')).rejects.toMatchObject({
      code: '28000',
    })
  })

  test('P20 what proves who asks can be neither read nor written by whoever serves people', async () => {
    for (const sql of [
      'select * from session',
      'select * from context_key',
      "select context_code('x', 'y')",
      'update session set revoked_at = null',
      `insert into session (organisation, id, person, kind, pass) values ('${reader.organisation}', 'x', '${reader.person}', 'token', 'x')`,
      "insert into opening (organisation, person, session, operation, opened) values ('x', 'x', 'x', 'x', 'x')",
      'delete from opening',
    ])
      await expect([
        sql,
        await injected(reader, sql).then(
          () => 'done',
          ({ code }) => code,
        ),
      ]).toEqual([sql, '42501'])
  })

  test('P20 the context ends with its transaction', async () => {
    const client = await workspace.database.runtime.connect()
    try {
      await client.query('begin')
      await client.query("select enter($1, '{}', '')", [reader.pass])
      expect((await client.query('select * from source')).rows.length).toBe(1)
      await client.query('commit')
      expect((await client.query('select * from source')).rows).toEqual([])
    } finally {
      client.release()
    }
  })

  test('P21 an unknown, ended or revoked session, and a removed member, enter nowhere', async () => {
    const ask = (actor: Actor) => readAs(workspace.database, actor, (tx) => tx.query('select * from source'))
    const { owner } = workspace.database
    const refused = { code: 'signed_out' }
    await expect(ask({ ...reader, pass: 'guess' })).rejects.toMatchObject(refused)
    await expect(ask({ ...reader, person: workspace.actor.person })).rejects.toMatchObject(refused)
    for (const [off, on] of [
      ['revoked_at = now()', 'revoked_at = null'],
      ["ends_at = now() - interval '1 second'", 'ends_at = null'],
      ["idle = interval '1 second', seen_at = now() - interval '1 minute'", 'idle = null'],
    ]) {
      await owner.query(`update session set ${off} where person = $1`, [reader.person])
      await expect(ask(reader)).rejects.toMatchObject(refused)
      await owner.query(`update session set ${on} where person = $1`, [reader.person])
      expect(await ask(reader)).toHaveLength(1)
    }
    const end = (ended: string | null) =>
      owner.query("update membership set body = jsonb_set(body, '{ended}', $2::jsonb) where person = $1", [
        reader.person,
        JSON.stringify(ended),
      ])
    await end('2026-01-01')
    await expect(ask(reader)).rejects.toMatchObject(refused)
    await end(null)
    expect(await ask(reader)).toHaveLength(1)
  })

  test('P22 an administrator and an auditor see no content, whatever they ask the database', async () => {
    const { organisation } = workspace.actor
    for (const role of ['administrator', 'auditor'] as const) {
      const one = await somebody(workspace, { organisation, roles: [role] })
      for (const table of ['source', 'reading', 'dossier', 'searched', 'visibility_class'])
        expect([role, table, await injected(one, `select * from ${table}`)]).toEqual([role, table, []])
      // Who was given which role is theirs to see; nothing else that was ever recorded is.
      expect(await injected(one, "select * from revision where kind <> 'membership'")).toEqual([])
      const [answer] = await injected<{ answer: { total: number } }>(
        one,
        `select search_lines('{"any": "''boat''"}') as answer`,
      )
      expect(answer?.answer.total).toBe(0)
      expect((await injected(one, 'select * from person')).length).toBeGreaterThan(0)
    }
  })

  test('P23 what is a team’s or a case’s is seen by those on it alone, and a case only where it was opened', async () => {
    const { organisation } = workspace.actor
    const [ours, teams, cases] = [await putTag(1, null), await putTag(2, dossier), await putTag(3, caseId)]
    const member = await somebody(workspace, { organisation, roles: ['monitor'] })
    await give(member.person, dossier, 2)
    await give(member.person, caseId, 3)
    expect((await tagsSeenBy(reader)).sort()).toEqual([ours])
    expect((await tagsSeenBy(member)).sort()).toEqual([ours, teams].sort())
    expect((await tagsSeenBy({ ...member, cases: [caseId], doing: 'reading tags' })).sort()).toEqual(
      [ours, teams, cases].sort(),
    )
    // Whoever is not on it is told what they would be told of a case that is not there.
    const absent = { code: 'not_there' }
    await expect(tagsSeenBy({ ...reader, cases: [caseId] })).rejects.toMatchObject(absent)
    await expect(tagsSeenBy({ ...reader, cases: [newId('case')] })).rejects.toMatchObject(absent)
    const lapsed = await somebody(workspace, { organisation, roles: ['monitor'] })
    await give(lapsed.person, caseId, 3, { until: '2020-01-01T00:00:00Z' })
    await give(lapsed.person, dossier, 2, { ended: '2026-01-01' })
    expect(await tagsSeenBy(lapsed)).toEqual([ours])
    await expect(tagsSeenBy({ ...lapsed, cases: [caseId] })).rejects.toMatchObject(absent)
  })

  test('P24 every opening of a case is written down with it, and rolled back with nothing else', async () => {
    const { owner } = workspace.database
    const lines = async () =>
      (
        await owner.query<{ person: string; operation: string; opened: string }>(
          'select person, operation, opened from opening order by id',
        )
      ).rows
    expect(await lines()).toEqual([{ person: expect.any(String), operation: 'reading tags', opened: caseId }])
    const auditor = await somebody(workspace, {
      organisation: workspace.actor.organisation,
      roles: ['auditor'],
    })
    expect(await injected(auditor, 'select operation from opening')).toEqual([{ operation: 'reading tags' }])
    expect(await injected(reader, 'select * from opening')).toEqual([])
  })

  test('P23 nothing is written into a compartment by whoever is not on it', async () => {
    const put = (level: number, compartment: string | null) =>
      injected(
        reader,
        `insert into tag (organisation, level, "case", id, revision, body) values ('${reader.organisation}', ${level}, ${compartment === null ? 'null' : `'${compartment}'`}, 'tag_x', 1, '{"dossier": "d", "subject": "s", "scheme": "x", "term": "y"}')`,
      ).then(
        () => 'done',
        ({ code }) => code,
      )
    expect(await put(1, null)).toBe('done')
    expect(await put(3, caseId)).toBe('42501')
    expect(await put(2, dossier)).toBe('42501')
    expect(await put(1, caseId)).toBe('23514')
    expect(await put(3, null)).toMatch(/^(42501|23514)$/)
  })
})
