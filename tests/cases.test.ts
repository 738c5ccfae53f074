import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../src/foundation/ids.ts'
import { change } from '../src/ledger/change.ts'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord } from '../src/ledger/verify-record.ts'
import { matterKind } from '../src/matters/matter-kinds.ts'
import type { Actor } from '../src/protection/actor.ts'
import { accessKind } from '../src/protection/protection-kinds.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { dossierKind } from '../src/sources/dossier.ts'
import { tagKind } from '../src/statements/statement-kinds.ts'
import { asActor, type Tx } from '../src/storage/database.ts'
import { termsOf } from '../src/vocabularies/vocabulary.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { somebody } from './people.ts'
import { type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
/** Words of a witness that nobody outside the case may ever be shown. */
const SECRET = 'Ainabat Seaborn'
const TOLD = `${SECRET} told us that nets were cut on 3 May 2021. She asked for silence.`

let workspace: Awaited<ReturnType<typeof testWorkspace>>
let mine: TestServer
let theirs: TestServer
let other: Actor
let dossier: string
let opened: string
let secretSource: string

beforeAll(async () => {
  workspace = await testWorkspace()
  const { organisation } = workspace.actor
  other = await somebody(workspace, {
    organisation,
    roles: ['monitor', 'editor', 'legal'],
    name: 'A Colleague',
  })
  mine = await testServer(workspace)
  theirs = await testServer(workspace, { actor: other })
  dossier = (await mine.done('openDossier', { body: { slug: 'harbour' } })).id
  const files = [{ fileName: 'harbour.txt', base64: base64(A_TEXT) }]
  await mine.done('takeIn', { params: { slug: 'harbour' }, body: { files } })
  await mine.done('code', { params: { slug: 'harbour' }, body: A_CODING_FILE })
  const body = { dossier, title: 'The net cutters', reason: 'A witness came to us.' }
  opened = (await mine.done('openCase', { body })).id
})
afterAll(async () => {
  await mine?.close()
  await theirs?.close()
  await workspace?.close()
})

/** Everything that somebody can be answered about the dossier, in one string. */
async function allThatIsShown(server: TestServer, caseId?: string): Promise<string> {
  const slug = { params: { slug: 'harbour' } }
  const asked = [
    server.ask('house', { opened: caseId }),
    server.ask('listDossiers', { opened: caseId }),
    server.ask('listSources', { ...slug, opened: caseId }),
    server.ask('desk', { ...slug, opened: caseId }),
    server.ask('timeline', { ...slug, opened: caseId }),
    server.ask('listMatters', { ...slug, opened: caseId }),
    server.ask('listAspects', { ...slug, opened: caseId }),
    server.ask('mattersLike', { query: { typed: 'Ainabat' }, opened: caseId }),
    server.ask('search', { query: { q: 'nets' }, opened: caseId }),
    server.ask('search', { query: { q: 'Seaborn' }, opened: caseId }),
    server.ask('changes', { query: { limit: 200 }, opened: caseId }),
    server.ask('ledger', { query: { limit: 500 }, opened: caseId }),
  ]
  return JSON.stringify((await Promise.all(asked)).map(({ body }) => body))
}

describe('cases', () => {
  test('P25 what is taken in and coded while a case is open belongs to it, its new matters too', async () => {
    const files = [{ fileName: 'talk.txt', base64: base64(TOLD) }]
    const { results } = await mine.done('takeIn', {
      params: { slug: 'harbour' },
      body: { files },
      opened,
    })
    secretSource = results[0]?.source ?? ''
    const coding = {
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
    }
    const coded = await mine.done('code', { params: { slug: 'harbour' }, body: coding, opened })
    expect(coded.items.map(({ outcome }) => outcome)).toEqual(['added'])
    const { rows } = await workspace.database.owner.query<{ kind: string }>(
      'select distinct kind from revision where level = 3 and "case" = $1 order by 1',
      [opened],
    )
    expect(rows.map(({ kind }) => kind)).toEqual([
      'access',
      'case',
      'matter',
      'passage',
      'reading',
      'source',
      'statement',
    ])
  })

  test('P23 outside the case nobody is shown anything of it: no count, facet, name, search, history, not even to its owner', async () => {
    const before = await allThatIsShown(theirs)
    for (const shown of [before, await allThatIsShown(mine)])
      for (const word of [SECRET, 'Seaborn', 'nets were cut', 'net cutters', 'talk.txt', secretSource])
        expect([word, shown.includes(word)]).toEqual([word, false])
    const inside = await allThatIsShown(mine, opened)
    for (const word of [SECRET, 'nets were cut', secretSource]) expect(inside).toContain(word)
    const page = await theirs.done('search', { query: { q: 'nets' } })
    expect([page.total, Object.values(page.facets.kind)]).toEqual([0, []])
  })

  test('P23 absent and forbidden are the same answer', async () => {
    const ways = [
      { name: 'readCase', given: (id: string) => ({ params: { id } }) },
      { name: 'record', given: (id: string) => ({ params: { id } }) },
      { name: 'sourcePage', given: (id: string) => ({ params: { id } }) },
    ] as const
    for (const { name, given } of ways) {
      const there = name === 'sourcePage' ? secretSource : opened
      const forbidden = await theirs.ask(name, given(there))
      const absent = await theirs.ask(name, given(there.replace(/.{4}$/, '0000')))
      expect([name, forbidden.status, forbidden.code]).toEqual([name, absent.status, absent.code])
      expect(forbidden.sentence.replaceAll(there, '')).toBe(
        absent.sentence.replaceAll(there.replace(/.{4}$/, '0000'), ''),
      )
    }
    const [forbidden, absent] = [
      await theirs.ask('listDossiers', { opened }),
      await theirs.ask('listDossiers', { opened: opened.replace(/.{4}$/, '0000') }),
    ]
    expect(forbidden).toEqual(absent)
    expect(forbidden.code).toBe('not_there')
  })

  test('P26 while a case is open nothing outside it is changed', async () => {
    const [conflict] = (await mine.done('desk', { params: { slug: 'harbour' } })).conflicts
    const id = conflict?.matter.id ?? ''
    const refused = await mine.ask('describeMatter', { params: { id }, body: { note: SECRET }, opened })
    expect(refused.code).toBe('outside_case')
  })

  test('P25 a record that is less guarded may not come to point into a case', async () => {
    const inside = await mine.done('sourcePage', { params: { id: secretSource }, opened })
    const statement = inside.statements[0]?.id ?? ''
    expect(statement).not.toBe('')
    const open = await mine.done('desk', { params: { slug: 'harbour' } })
    const matter = open.conflicts[0]?.matter.id ?? ''
    // Without the case it is not even there.
    const tags = [{ dossier, subject: statement, scheme: 'rights', term: termsOf('rights')[0]?.key ?? '' }]
    expect((await mine.ask('tag', { body: { tags } })).code).toBe('not_there')
    expect(
      (await mine.ask('describeMatter', { params: { id: matter }, body: { parent: statement } })).code,
    ).toBe('matter_unknown')
  })

  test('P27 access is given by name, works from the next request on, and ends with the next after it is taken', async () => {
    const on = { params: { compartment: opened }, opened }
    expect((await theirs.ask('readCase', { params: { id: opened }, opened })).code).toBe('not_there')
    await mine.done('giveAccess', { ...on, body: { person: other.person, reason: 'Second interviewer.' } })
    expect(
      (await theirs.done('readCase', { params: { id: opened }, opened })).access.map(({ name }) => name),
    ).toContain('A Colleague')
    expect((await theirs.done('cases')).cases.map(({ id }) => id)).toEqual([opened])
    expect(await allThatIsShown(theirs, opened)).toContain(SECRET)
    expect(await allThatIsShown(theirs)).not.toContain(SECRET)
    await mine.done('endAccess', { ...on, body: { person: other.person, reason: 'Left the team.' } })
    expect((await theirs.ask('readCase', { params: { id: opened }, opened })).code).toBe('not_there')
    expect((await theirs.done('cases')).cases).toEqual([])
  })

  test('P24 every request that opened the case is on the list of openings, by operation', async () => {
    const { rows } = await workspace.database.owner.query<{ operation: string; person: string }>(
      'select operation, person from opening where opened = $1 order by id',
      [opened],
    )
    expect(rows[0]).toEqual({ operation: 'openCase', person: workspace.actor.person })
    const operations = new Set(rows.map(({ operation }) => operation))
    for (const one of ['takeIn', 'code', 'search', 'readCase', 'giveAccess'])
      expect(operations).toContain(one)
    expect(rows.some(({ person }) => person === other.person)).toBe(true)
  })

  test('P25 P26 two cases at once, two teams in one record, and a public record that would name a team’s are refused', async () => {
    const { database, actor } = workspace
    const write = <Result>(who: Actor, work: (tx: Tx) => Promise<Result>) => asActor(database, who, work)
    const second = (await mine.done('openCase', { body: { dossier, title: 'Another', reason: 'Another.' } }))
      .id
    const aTag = (body: { dossier: string; subject: string }) => ({
      kind: tagKind,
      revision: 0,
      state: {
        id: newId('tag'),
        level: 'organisation' as const,
        case: null,
        body: { ...body, scheme: 'x', term: 'y', by: 'z' },
      },
    })
    await expect(
      write({ ...actor, cases: [opened, second] }, (tx) =>
        change(tx, 'x', [aTag({ dossier, subject: dossier })]),
      ),
    ).rejects.toMatchObject({ code: 'one_case' })
    /** A dossier of a team, and a matter in it. */
    const team = async (slug: string) => {
      const [id, matter] = [newId('dossier'), newId('matter')]
      const body = { slug, title: slug, description: null }
      const about = {
        kind: 'event',
        name: slug,
        key: null,
        named: true,
        names: [],
        note: null,
        dossier: id,
        parent: null,
        mergedInto: null,
      }
      await write(actor, async (tx) => {
        await tx.query('select found_compartment($1, false)', [id])
        await change(tx, 'made', [
          { kind: dossierKind, revision: 0, state: { id, level: 'team', case: id, body } },
          {
            kind: matterKind,
            revision: 0,
            state: { id: matter, level: 'organisation', case: null, body: about },
          },
          {
            kind: accessKind,
            revision: 0,
            state: {
              id: newId('access'),
              level: 'team',
              case: id,
              body: {
                compartment: id,
                person: actor.person,
                by: actor.person,
                reason: 'x',
                until: null,
                ended: null,
                endedBy: null,
              },
            },
          },
        ])
      })
      return { id, matter }
    }
    const [one, other] = [await team('one-team'), await team('other-team')]
    const { rows } = await database.owner.query('select level, "case" from matter where id = $1', [
      one.matter,
    ])
    expect(rows).toEqual([{ level: 2, case: one.id }])
    const joined = write(actor, (tx) => change(tx, 'x', [aTag({ dossier: one.id, subject: other.matter })]))
    await expect(joined).rejects.toMatchObject({ code: 'two_compartments' })
    const open = (await mine.done('desk', { params: { slug: 'harbour' } })).conflicts[0]?.matter.id ?? ''
    const named = await mine.ask('describeMatter', { params: { id: open }, body: { parent: one.matter } })
    expect(named.code).toBe('less_guarded')
  })

  test('L1 a record with cases verifies as intact', async () => {
    await settle(workspace)
    expect(await verifyRecord(workspace, { kinds: ALL_KINDS })).toMatchObject({
      state: 'intact',
      altered: [],
    })
  })
})
