import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord } from '../src/ledger/verify-record.ts'
import type { Actor } from '../src/protection/actor.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { makePackage } from '../src/publication/make-package.ts'
import { verifyPackage } from '../src/publication/verify-package.ts'
import { theDossier } from '../src/sources/dossier.ts'
import { readAs } from '../src/storage/database.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { somebody } from './people.ts'
import { request, type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const SECRET = 'Ainabat Seaborn'
const TOLD = `${SECRET} told us that nets were cut on 3 May 2021. She asked for silence.`

let workspace: Awaited<ReturnType<typeof testWorkspace>>
let mine: TestServer
/** On the case and the team, and may agree. */
let second: TestServer
/** Of the same organisation, on nothing. */
let other: TestServer
let people: Record<'second' | 'other' | 'auditor', Actor>
let auditor: TestServer
let dossier: string
let opened: string
let secret: string
let statement: string
let witness: string

const slug = 'harbour'
const inDossier = { params: { slug } }

beforeAll(async () => {
  workspace = await testWorkspace()
  const { organisation } = workspace.actor
  const roles = ['monitor', 'verifier', 'editor', 'legal'] as const
  people = {
    second: await somebody(workspace, { organisation, roles, name: 'A Second' }),
    other: await somebody(workspace, { organisation, roles, name: 'Another' }),
    auditor: await somebody(workspace, { organisation, roles: ['auditor'], name: 'An Auditor' }),
  }
  mine = await testServer(workspace)
  second = await testServer(workspace, { actor: people.second })
  other = await testServer(workspace, { actor: people.other })
  auditor = await testServer(workspace, { actor: people.auditor })
  dossier = (await mine.done('openDossier', { body: { slug } })).id
  await mine.done('takeIn', {
    ...inDossier,
    body: {
      // One entry over two sources, of which one is raised later.
      files: [
        { fileName: 'harbour.txt', base64: base64(A_TEXT) },
        { fileName: 'talk.txt', base64: base64(TOLD) },
      ],
    },
  })
  await mine.done('code', { ...inDossier, body: A_CODING_FILE })
  await mine.done('code', {
    ...inDossier,
    body: {
      ...A_CODING_FILE,
      matters: [{ key: 'ainabat', kind: 'person', name: SECRET, aliases: [] }],
      aspects: {},
      items: [
        {
          id: 'W1',
          type: 'Annotation',
          motivation: 'describing',
          target: {
            source: 'talk.txt',
            selector: [{ type: 'TextQuoteSelector', exact: 'nets were cut on 3 May 2021' }],
          },
          body: {
            type: 'Statement',
            kind: 'testimony',
            polarity: 'affirmed',
            speakers: [{ name: SECRET, key: 'ainabat', group: 'witness' }],
            about: [{ matter: 'fire-at-port-sample', aspect: 'when', value: '2021-05-03' }],
          },
        },
      ],
    },
  })
  const { sources } = await mine.done('listSources', inDossier)
  secret = sources.find(({ fileName }) => fileName === 'talk.txt')?.id ?? ''
  const page = await mine.done('sourcePage', { params: { id: secret } })
  statement = page.statements[0]?.id ?? ''
  witness = (await mine.done('mattersLike', { query: { typed: 'Ainabat' } })).matters[0]?.id ?? ''
  const body = { dossier, title: 'The net cutters', reason: 'A witness came to us.' }
  opened = (await mine.done('openCase', { body })).id
  const access = { params: { compartment: opened }, opened }
  await mine.done('giveAccess', {
    ...access,
    body: { person: people.second.person, reason: 'Second reader.' },
  })
})
afterAll(async () => {
  for (const server of [mine, second, other, auditor]) await server?.close()
  await workspace?.close()
})

/** Everything that somebody can be answered about the dossier and these records, in one string. */
async function allThatIsShown(server: TestServer, caseId?: string): Promise<string> {
  const asked = [
    server.ask('house', { opened: caseId }),
    server.ask('listSources', { ...inDossier, opened: caseId }),
    server.ask('desk', { ...inDossier, opened: caseId }),
    server.ask('timeline', { ...inDossier, opened: caseId }),
    server.ask('listMatters', { ...inDossier, opened: caseId }),
    server.ask('mattersLike', { query: { typed: 'Ainabat' }, opened: caseId }),
    server.ask('search', { query: { q: 'nets' }, opened: caseId }),
    server.ask('search', { query: { q: 'Seaborn' }, opened: caseId }),
    server.ask('changes', { query: { limit: 200 }, opened: caseId }),
    server.ask('ledger', { query: { limit: 500 }, opened: caseId }),
    server.ask('lowerings', { opened: caseId }),
  ]
  return JSON.stringify((await Promise.all(asked)).map(({ body }) => body))
}
const WORDS = [SECRET, 'Seaborn', 'nets were cut', 'talk.txt']

async function verified(): Promise<void> {
  await settle(workspace)
  expect(await verifyRecord(workspace, { kinds: ALL_KINDS })).toMatchObject({ state: 'intact', altered: [] })
}

/** A package as this person makes it, and what its verification says. */
async function packaged(actor: Actor) {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-test-'))
  try {
    const file = join(folder, 'p.zip')
    const theirs = { ...workspace, actor }
    const known = await readAs(workspace.database, actor, (tx) => theDossier(tx, slug))
    const made = await makePackage(theirs, known, file)
    return { made, result: verifyPackage(file, undefined) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

describe('levels', () => {
  test('P40 raising shows first what goes along, and needs a reason and the open case', async () => {
    const given = { params: { id: secret }, query: { level: 'case', within: opened } as const }
    expect((await mine.ask('whatRises', given)).code).toBe('not_there')
    const { counts, total } = await mine.done('whatRises', { ...given, opened })
    expect(counts).toEqual({ source: 1, reading: 1, passage: 1, statement: 1 })
    const raise = (body: object) =>
      mine.ask('raiseLevel', {
        params: { id: secret },
        opened,
        body: { level: 'case', within: opened, ...body },
      })
    expect((await raise({ reason: ' ', seen: total })).code).toBe('reason_missing')
    expect((await raise({ reason: 'She asked for it.', seen: total + 1 })).code).toBe('changed_meanwhile')
  })

  test('P40 P41 what was raised is gone for everybody outside at once: rows, derived rows, words, history, ledger', async () => {
    const before = await allThatIsShown(other)
    for (const word of WORDS) expect([word, before.includes(word)]).toEqual([word, true])
    for (const id of [secret, witness]) {
      const { total } = await mine.done('whatRises', {
        params: { id },
        query: { level: 'case', within: opened },
        opened,
      })
      await mine.done('raiseLevel', {
        params: { id },
        opened,
        body: { level: 'case', within: opened, reason: `${SECRET} asked for silence.`, seen: total },
      })
    }
    for (const shown of [await allThatIsShown(other), await allThatIsShown(mine)])
      for (const word of [...WORDS, secret, statement, witness])
        expect([word, shown.includes(word)]).toEqual([word, false])
    const inside = await allThatIsShown(second, opened)
    for (const word of WORDS) expect([word, inside.includes(word)]).toEqual([word, true])
    for (const id of [secret, statement, witness]) {
      const hidden = await other.ask('record', { params: { id } })
      const absent = await other.ask('record', { params: { id: id.replace(/.{4}$/, '0000') } })
      expect([hidden.status, hidden.code]).toEqual([absent.status, absent.code])
      expect((await second.done('record', { params: { id }, opened })).history.length).toBeGreaterThan(1)
    }
    const { rows } = await workspace.database.owner.query(
      `select distinct level from (
         select level from revision where record = any($1) union all select level from searched where record = any($1)
         union all select level from entry_index where statement = any($1) union all select level from name_index where matter = any($1)
         union all select i.level from line_index i join searched s on s.id = i.line where s.record = any($1)) all_rows`,
      [[secret, statement, witness]],
    )
    expect(rows).toEqual([{ level: 3 }])
    await verified()
  })

  test('P41 a row that says otherwise than the changes who may see a revision is found', async () => {
    const { owner } = workspace.database
    const spoil = async (sql: string, back: string) => {
      await owner.query(sql)
      const { altered } = await verifyRecord(workspace, { kinds: ALL_KINDS })
      expect(altered.map(({ sentence }) => sentence)).toContainEqual(
        expect.stringMatching(/^Who may see revision 1 was altered/),
      )
      await owner.query(back)
    }
    const row = `record = '${statement}' and n = 1`
    await spoil(
      `update revision set level = 1, "case" = null where ${row}`,
      `update revision set level = 3, "case" = '${opened}' where ${row}`,
    )
    const open = `kind = 'dossier' and n = 1`
    await spoil(
      `update revision set level = 3, "case" = '${opened}' where ${open}`,
      `update revision set level = 1, "case" = null where ${open}`,
    )
    await verified()
  })

  test('P41 a package holds its entries whole although not all of them may be seen', async () => {
    const { result, made } = await packaged(people.other)
    expect(result).toMatchObject({ state: 'intact', altered: [] })
    const all = await packaged({ ...people.second, cases: [opened] })
    expect(all.result).toMatchObject({ state: 'intact', altered: [] })
    expect(all.made.records).toBeGreaterThan(made.records)
  })

  test('P42 nothing new points at what was raised out of sight, and what is made of it in the case stays there', async () => {
    const tag = (subject: string) => ({ tags: [{ dossier, subject, scheme: 'rights', term: 'property' }] })
    expect((await other.ask('tag', { body: tag(statement) })).code).toBe('not_there')
    await second.done('tag', { body: tag(statement), opened })
    const { rows } = await workspace.database.owner.query(
      'select level, "case" from tag where subject = $1',
      [statement],
    )
    expect(rows).toEqual([{ level: 3, case: opened }])
  })

  test('P43 an earlier revision that named what was raised goes with it, and the record stays', async () => {
    const { matters } = await mine.done('mattersLike', { query: { typed: 'fire' } })
    const fire = matters[0]?.id ?? ''
    const code = (key: string, name: string) =>
      mine.done('code', {
        ...inDossier,
        body: {
          ...A_CODING_FILE,
          aspects: {},
          matters: [{ key, kind: 'person', name, aliases: [] }],
          items: [
            {
              id: `S-${key}`,
              type: 'Annotation',
              motivation: 'describing',
              target: {
                source: 'harbour.txt',
                selector: [{ type: 'TextQuoteSelector', exact: 'Harbour notes' }],
              },
              body: {
                type: 'Statement',
                kind: 'report',
                speakers: [{ name, key, group: 'witness' }],
                about: [],
              },
            },
          ],
        },
      })
    await code('cook', 'The ship’s cook')
    await code('bekzat', 'Bekzat Hidden')
    const find = async (typed: string) =>
      (await mine.done('mattersLike', { query: { typed } })).matters[0]?.id ?? ''
    const [cook, bekzat] = [await find('cook'), await find('Bekzat')]
    await mine.done('mergeMatters', { params: { id: cook }, body: { into: bekzat, reason: 'One man.' } })
    await mine.done('splitMatter', { params: { id: cook }, body: { reason: 'Two after all.' } })
    const rises = { params: { id: bekzat }, query: { level: 'case', within: opened } as const, opened }
    const { total, heldBack, counts } = await mine.done('whatRises', rises)
    expect([heldBack, counts.matter]).toEqual([1, 1])
    await mine.done('raiseLevel', {
      params: { id: bekzat },
      opened,
      body: { level: 'case', within: opened, reason: 'In danger.', seen: total },
    })
    const shown = await other.done('record', { params: { id: cook } })
    expect(shown.history.map(({ n }) => n)).toEqual([1, 3])
    expect(JSON.stringify(shown)).not.toContain('Bekzat')
    expect(JSON.stringify(shown)).not.toContain(bekzat)
    expect(await allThatIsShown(other)).not.toContain('Bekzat')
    await verified()
    const { result } = await packaged(people.other)
    expect(result).toMatchObject({ state: 'intact', altered: [] })
    expect(result.limits.join(' ')).toContain('Of 1 revision the proof alone is here')
    expect(fire).not.toBe('')
  })

  test('P44 lowering is proposed by one and agreed to by another, and nothing is lowered below what it points at', async () => {
    const given = { params: { id: statement }, opened }
    const { total, counts } = await mine.done('whatLowers', { ...given, query: { level: 'organisation' } })
    // A statement stands on its source, its passage and the people it names.
    expect(Object.keys(counts).sort()).toEqual(['matter', 'passage', 'reading', 'source', 'statement'])
    const body = { level: 'organisation', reason: 'She spoke in public since.', seen: total }
    const { id } = await mine.done('proposeLowering', { ...given, body })
    expect((await mine.ask('proposeLowering', { ...given, body })).code).toBe('lowering_waits')
    expect((await other.done('lowerings', {})).lowerings).toEqual([])
    const waits = await second.done('lowerings', { opened })
    expect(waits.lowerings).toMatchObject([{ id, yours: true, reason: body.reason }])
    const answer = (server: TestServer, agree: boolean, reason = '') =>
      server.ask('answerLowering', { params: { id }, opened, body: { agree, reason } })
    expect((await answer(mine, true)).code).toBe('second_person_is_first')
    expect((await answer(second, false)).code).toBe('reason_missing')
    expect((await other.ask('answerLowering', { params: { id }, body: { agree: true } })).code).toBe(
      'not_there',
    )
    expect((await answer(second, true)).code).toBe(null)
    expect((await answer(second, true)).code).toBe('already_decided')
    const shown = await other.done('record', { params: { id: statement } })
    // Earlier revisions stay with those who saw them.
    expect(shown.history.map(({ n }) => n)).toEqual([3])
    expect(JSON.stringify(shown)).not.toContain(body.reason)
    expect((await other.done('search', { query: { q: 'nets' } })).total).toBe(1)
    await verified()
    const { result } = await packaged(people.other)
    expect(result).toMatchObject({ state: 'intact', altered: [] })
  })

  test('P45 a dossier of a team is one for those on it alone, with everything in it', async () => {
    const team = { slug: 'quay' }
    const made = await mine.done('openDossier', { body: team })
    await mine.done('takeIn', {
      params: team,
      body: { files: [{ fileName: 'quay.txt', base64: base64('The quay was closed by night.') }] },
    })
    expect(await mine.done('team', { params: team })).toEqual({ stands: false, access: null })
    await mine.done('nameTeam', { params: team, body: { people: [people.second.person], reason: 'Ours.' } })
    expect((await other.ask('nameTeam', { params: team, body: { people: [], reason: 'x' } })).code).toBe(
      'team_stands',
    )
    expect(await other.done('team', { params: team })).toEqual({ stands: true, access: null })
    const rises = { params: { id: made.id }, query: { level: 'team', within: made.id } as const }
    const { total, counts } = await mine.done('whatRises', rises)
    expect(counts).toEqual({ dossier: 1, source: 1, reading: 1 })
    expect((await other.ask('whatRises', rises)).code).toBe('not_there')
    const body = { level: 'team', within: made.id, reason: 'Watched.', seen: total }
    await mine.done('raiseLevel', { params: { id: made.id }, body })
    expect((await other.ask('listSources', { params: team })).code).toBe('dossier_unknown')
    expect((await other.done('search', { query: { q: 'quay' } })).total).toBe(0)
    expect((await second.done('listSources', { params: team })).sources).toHaveLength(1)
    // What is made in it belongs to its team.
    await second.done('takeIn', {
      params: team,
      body: {
        files: [{ fileName: 'later.txt', base64: base64('It was opened again by the harbour master.') }],
      },
    })
    expect((await other.done('search', { query: { q: 'master' } })).total).toBe(0)
    await second.done('giveAccess', {
      params: { compartment: made.id },
      body: { person: people.other.person, reason: 'Helps us.' },
    })
    expect((await other.done('listSources', { params: team })).sources).toHaveLength(2)
    await mine.done('endAccess', {
      params: { compartment: made.id },
      body: { person: people.other.person, reason: 'Done.' },
    })
    expect((await other.ask('listSources', { params: team })).code).toBe('dossier_unknown')
    await verified()
  })

  test('P46 what is typed while a case is open is seen only in it', async () => {
    const draft = await second.done('saveDraft', { body: { id: null, body: { text: 'from her' } }, opened })
    expect((await second.done('listDrafts', {})).drafts).toEqual([])
    expect((await second.done('listDrafts', { opened })).drafts.map(({ id }) => id)).toEqual([draft.id])
    const outside = await second.done('saveDraft', { body: { id: null, body: { text: 'mine' } } })
    await second.done('saveDraft', { body: { id: outside.id, body: { text: 'from her too' } }, opened })
    expect((await second.done('listDrafts', {})).drafts).toEqual([])
  })

  test('P47 what leaves is written down with who, when and which, and read by those who audit', async () => {
    const bytes = (id: string, opens?: string) =>
      request(second.port, `/api/sources/${id}/original`, {
        headers: {
          Host: `localhost:${second.port}`,
          Authorization: `Bearer ${second.key}`,
          ...(opens ? { 'Rapporteur-Case': opens } : {}),
        },
      })
    expect((await bytes(secret, opened)).status).toBe(200)
    expect((await bytes('src_none')).status).toBe(404)
    const { lines } = await auditor.done('audit', { query: { what: 'export', limit: 500 } })
    expect(lines[0]).toMatchObject({
      name: 'A Second',
      operation: 'openOriginal',
      kind: 'original',
      output: secret,
      opened: [{ id: opened, code: expect.stringMatching(/^C-/) }],
    })
    expect(lines.filter(({ kind }) => kind === 'package').length).toBeGreaterThan(2)
    expect(JSON.stringify(lines)).not.toContain('talk.txt')
    expect((await second.ask('audit', {})).code).toBe('not_allowed')
    const all = await auditor.done('audit', { query: { limit: 500 } })
    const pages: string[] = []
    for (let before: string | null = ''; before !== null; ) {
      const page: Awaited<ReturnType<typeof auditor.done<'audit'>>> = await auditor.done('audit', {
        query: { limit: 7, ...(before === '' ? {} : { before }) },
      })
      pages.push(...page.lines.map(({ id }) => id))
      before = page.next
    }
    expect(pages).toEqual(all.lines.map(({ id }) => id))
    const ofCase = await auditor.done('audit', {
      query: { opened, person: people.second.person, limit: 500 },
    })
    expect(ofCase.lines.length).toBeGreaterThan(2)
    expect(new Set(ofCase.lines.map(({ person }) => person))).toEqual(new Set([people.second.person]))
    const today = new Date().toISOString().slice(0, 10)
    expect((await auditor.done('audit', { query: { to: '2020-01-01' } })).lines).toEqual([])
    expect((await auditor.done('audit', { query: { from: today, to: today } })).lines.length).toBeGreaterThan(
      30,
    )
  })

  test('P48 who sees no content is still told which record this is, and reads its ledger', async () => {
    const house = await auditor.done('house', {})
    expect(house).toMatchObject({ cleared: false, dossiers: [], roles: ['auditor'] })
    expect((await auditor.done('ledger', {})).entries.length).toBeGreaterThan(0)
    expect((await auditor.ask('changes', {})).code).toBe('not_allowed')
  })
})
