import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord } from '../src/ledger/verify-record.ts'
import type { Actor } from '../src/protection/actor.ts'
import { finishTask, readTasks } from '../src/protection/consent-tasks.ts'
import { giveAccess } from '../src/protection/give-access.ts'
import { giveConsent } from '../src/protection/give-consent.ts'
import { addInterlocutor } from '../src/protection/keep-interlocutor.ts'
import { endConcern, linkConcern } from '../src/protection/link-concern.ts'
import { answerLowering, proposeLowering, whatLowers } from '../src/protection/lower-level.ts'
import { markTrained } from '../src/protection/mark-trained.ts'
import { readPerson } from '../src/protection/read-people.ts'
import { withdrawConsent } from '../src/protection/withdraw-consent.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { makePackage } from '../src/publication/make-package.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { describeInterview, readInterviews, recordInterview } from '../src/sources/record-interview.ts'
import { openSensitiveForm, saveSensitiveForm } from '../src/sources/sensitive-form.ts'
import { takeOriginalOut } from '../src/sources/take-original-out.ts'
import { proposeFinding } from '../src/statements/hold-finding.ts'
import { tagRecords } from '../src/statements/tag-record.ts'
import { asActor, exportAs, readAs } from '../src/storage/database.ts'
import { AN_INTERVIEW } from './a-talk.ts'
import {
  ALLOWED,
  AN_ORIGINAL,
  allow,
  inCase,
  lowered,
  NOBODY,
  somebodyTells,
  TAKE_OUT,
  TALK,
  TO_COURT,
  type Told,
} from './consent-people.ts'
import { membersOf } from './package-tampering.ts'
import { somebody } from './people.ts'
import { type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

let workspace: Awaited<ReturnType<typeof testWorkspace>>
let server: TestServer
let colleague: Actor
let outsider: Actor
let told: Told
const within = (one: Told = told): Actor => ({ ...workspace.actor, cases: [one.case] })

beforeAll(async () => {
  workspace = await testWorkspace()
  server = await testServer(workspace)
  const { organisation } = workspace.actor
  const roles = ['monitor', 'verifier', 'editor', 'legal'] as const
  colleague = await somebody(workspace, { organisation, roles, name: 'A Colleague' })
  outsider = await somebody(workspace, { organisation, roles, name: 'Another Colleague' })
  told = await somebodyTells(workspace)
  await inCase(workspace, told, (tx) =>
    giveAccess(tx, { compartment: told.case, person: colleague.person, until: null, reason: 'Second.' }),
  )
})
afterAll(async () => {
  await server?.close()
  await workspace?.close()
})

describe('people of a case', () => {
  test('P50 a pseudonym is random, and tells neither order nor number', async () => {
    const made = await inCase(workspace, told, async (tx) => {
      const all = []
      for (let n = 0; n < 30; n += 1) all.push((await addInterlocutor(tx, NOBODY)).pseudonym)
      return all
    })
    for (const one of made) expect(one).toMatch(/^W-[2-9A-HJKMNP-TV-Z]{4}$/)
    expect(new Set(made).size).toBe(30)
    expect([...made].sort()).not.toEqual(made)
  })

  test('P50 nothing of people and consent can stand outside a case, and nobody without it sees any', async () => {
    const tables = [
      'interlocutor',
      'helper',
      'consent_grant',
      'public_reason',
      'concern',
      'consent_task',
      'interview',
      'sensitive_form',
    ]
    for (const table of tables) {
      const { rows } = await workspace.database.owner.query<{ check: string }>(
        `select pg_get_constraintdef(oid) as check from pg_constraint where conrelid = $1::regclass and contype = 'c'`,
        [table],
      )
      expect(rows.map(({ check }) => check)).toContain('CHECK ((level = 3))')
      for (const who of [outsider, workspace.actor])
        expect(await readAs(workspace.database, who, (tx) => tx.query(`select * from ${table}`))).toEqual([])
    }
  })

  test('P50 what protects people leaves in no package, whoever may have it', async () => {
    const one = await somebodyTells(workspace)
    await inCase(workspace, one, (tx) =>
      addInterlocutor(tx, { ...NOBODY, identity: { name: 'Real Name', contact: '' }, risk: 'Very afraid' }),
    )
    await allow(workspace, one, {})
    const file = join(workspace.folder.root, 'people.zip')
    const dossier = await asActor(workspace.database, within(one), (tx) => openDossier(tx, one.slug))
    await makePackage({ ...workspace, actor: within(one) }, dossier, file, TO_COURT)
    const whole = membersOf(file)
      .map(([, bytes]) => bytes.toString('utf8'))
      .join('\n')
    expect(whole).toContain(one.secret)
    for (const word of ['Real Name', 'Very afraid', one.pseudonym, one.person, 'interlocutor'])
      expect([word, whole.includes(word)]).toEqual([word, false])
  })

  test('P52 the paper of a consent is a source of the case, and is taken as one', async () => {
    const { ids } = await inCase(workspace, told, (tx) =>
      giveConsent(tx, told.person, {
        allowed: [{ ...ALLOWED, purpose: 'statistics' }],
        talk: { ...TALK, evidence: told.source },
      }),
    )
    expect(ids).toHaveLength(1)
  })
})

describe('what concerns a person', () => {
  test('P53 sources, what was read and stated from them, the matter, and what rests on these; inside the case and lowered', async () => {
    const one = await somebodyTells(workspace)
    const before = await kindsConcerning(one)
    expect(before).toEqual({ matter: 1, passage: 1, reading: 1, source: 1, statement: 1 })
    await lowered(workspace, one)
    expect(await kindsConcerning(one)).toEqual(before)
    // What rests on it outside the case, made by somebody who is not on it.
    const matter = await readAs(workspace.database, outsider, async (tx) => {
      const [row] = await tx.query<{ id: string }>(
        "select (body->'speakers'->0->>'matter') as id from statement where id = $1",
        [one.statement],
      )
      return row?.id ?? ''
    })
    await asActor(workspace.database, outsider, async (tx) => {
      await proposeFinding(tx, {
        dossier: one.dossier,
        matter,
        aspect: null,
        proposition: 'That nets were cut.',
        standard: 'reasonable_suspicion',
        met: null,
        reasons: 'One account.',
        for: [one.statement],
        against: [],
      })
      await tagRecords(tx, [
        { dossier: one.dossier, subject: one.statement, scheme: 'rights', term: 'property' },
      ])
    })
    expect(await kindsConcerning(one)).toMatchObject({ ...before, finding: 1, tag: 1 })
  })
  const kindsConcerning = async (one: Told) =>
    (await readAs(workspace.database, within(one), (tx) => readPerson(tx, one.person))).concerns

  test('P53 a link by hand concerns the person until it is taken back; what does by itself goes on', async () => {
    const one = await somebodyTells(workspace)
    const { rows } = await workspace.database.owner.query<{ id: string }>(
      'select id from source where level = 1 and dossier = $1',
      [one.dossier],
    )
    const published = rows[0]?.id ?? ''
    const out = (who: Actor) =>
      exportAs(workspace.database, who, AN_ORIGINAL, (tx) =>
        takeOriginalOut(tx, { folder: workspace.folder, id: published, leaving: TO_COURT }),
      )
    await out(outsider)
    const { id } = await inCase(workspace, one, (tx) =>
      linkConcern(tx, { interlocutor: one.person, record: published, reason: 'It is their own letter.' }),
    )
    await expect(out(outsider)).rejects.toMatchObject({ code: 'consent_missing' })
    await inCase(workspace, one, (tx) => endConcern(tx, id, 'It is another letter.'))
    await out(outsider)
  })
})

describe('withdrawal', () => {
  test('P60 P61 it works at once: uses are listed with tasks, which stand until they are done', async () => {
    const one = await somebodyTells(workspace)
    await allow(workspace, one, {}, { recipient: 'partner', purpose: 'public_report' })
    const partner = { ...TO_COURT, recipient: 'partner' as const, purpose: 'public_report' as const }
    for (const leaving of [TO_COURT, partner])
      expect((await TAKE_OUT.package(workspace, one, within(one), leaving)).code).toBeNull()
    const { uses } = await inCase(workspace, one, (tx) =>
      withdrawConsent(tx, one.person, {
        grants: 'all',
        on: '2026-11-25',
        takenBy: null,
        words: 'My brother was asked about me.',
        due: '2026-12-02',
      }),
    )
    expect(uses.map(({ recipient, recallable }) => [recipient, recallable])).toEqual([
      ['partner', true],
      ['court', false],
    ])
    for (const leaving of [TO_COURT, partner])
      expect((await TAKE_OUT.package(workspace, one, within(one), leaving)).code).toBe('consent_missing')
    const { tasks } = await readAs(workspace.database, within(one), readTasks)
    expect(tasks.map(({ kind, use }) => [kind, use?.recipient ?? null]).sort()).toEqual([
      ['feedback', null],
      ['recall', 'court'],
      ['recall', 'partner'],
      ['tell', null],
    ])
    // Without the case: how much, and until when. For whoever is not on it: nothing.
    const { cases, tasks: none } = await readAs(workspace.database, workspace.actor, readTasks)
    expect(cases.find(({ id }) => id === one.case)).toMatchObject({ open: 4, due: '2026-12-02' })
    expect(none).toEqual([])
    expect(await readAs(workspace.database, outsider, readTasks)).toEqual({ cases: [], tasks: [] })
    for (const { id } of tasks.filter(({ kind }) => kind !== 'feedback'))
      await inCase(workspace, one, (tx) => finishTask(tx, id, 'They promised to delete it.'))
    const after = await readAs(workspace.database, within(one), readTasks)
    expect(after.tasks.map(({ kind }) => kind)).toEqual(['feedback'])
    const page = await readAs(workspace.database, within(one), (tx) => readPerson(tx, one.person))
    expect(page.tasks.flatMap(({ done }) => done?.what ?? [])).toHaveLength(3)
    expect(page.grants.map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn'])
  })

  test('P60 a withdrawal waits for what is leaving at that moment, and lists it', async () => {
    const one = await somebodyTells(workspace)
    await allow(workspace, one, {})
    const { database, folder } = workspace
    let letGo: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      letGo = resolve
    })
    let asked: () => void = () => undefined
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve
    })
    const leaving = exportAs(database, within(one), AN_ORIGINAL, async (tx) => {
      await takeOriginalOut(tx, { folder, id: one.source, leaving: TO_COURT })
      asked()
      await held
    })
    await isAsked
    let withdrawn = false
    const withdrawing = inCase(workspace, one, (tx) =>
      withdrawConsent(tx, one.person, {
        grants: 'all',
        on: '2026-11-25',
        takenBy: null,
        words: '',
        due: '2026-12-02',
      }),
    ).then((result) => {
      withdrawn = true
      return result
    })
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(withdrawn).toBe(false)
    letGo()
    await leaving
    expect((await withdrawing).uses).toHaveLength(1)
  })
})

describe('interviews', () => {
  test('S11 S12 nobody is asked again unseen, and what became of it is owed by a day', async () => {
    const one = await somebodyTells(workspace)
    const again = (seen: string[], whyAgain: string) =>
      inCase(workspace, one, (tx) =>
        recordInterview(tx, one.person, {
          facts: AN_INTERVIEW,
          seen,
          whyAgain,
          feedback: { due: '2027-01-10', note: 'About the court.' },
        }),
      )
    const earlier = await readAs(workspace.database, within(one), (tx) => readInterviews(tx, one.person))
    expect(earlier).toHaveLength(1)
    const ids = earlier.map(({ id }) => id)
    await expect(again([], 'She asked to.')).rejects.toMatchObject({ code: 'earlier_accounts' })
    await expect(again(ids, ' ')).rejects.toMatchObject({ code: 'earlier_accounts' })
    await again(ids, 'She asked to add something.')
    const all = await readAs(workspace.database, within(one), (tx) => readInterviews(tx, one.person))
    expect(all.map(({ interview }) => interview.earlier)).toContainEqual({
      seen: ids,
      why: 'She asked to add something.',
    })
    const { tasks } = await readAs(workspace.database, within(one), readTasks)
    expect(tasks.map(({ kind, due }) => [kind, due])).toContainEqual(['feedback', '2027-01-10'])
  })

  test('S12 what is told of an interview is mended, and the day of its feedback moves with its task', async () => {
    const one = await somebodyTells(workspace)
    const read = () => readAs(workspace.database, within(one), (tx) => readInterviews(tx, one.person))
    const owed = async () =>
      (await readAs(workspace.database, within(one), readTasks)).tasks
        .filter(({ kind }) => kind === 'feedback')
        .map(({ id, due, interview }) => ({ id, due, interview }))
    const [{ id = '', revision = 0 } = {}] = await read()
    const [task] = await owed()
    const mend = (changed: object) =>
      inCase(workspace, one, (tx) =>
        describeInterview(tx, id, {
          ...AN_INTERVIEW,
          promised: 'To call after the hearing.',
          revision,
          ...changed,
        }),
      )
    await expect(mend({ feedback: { due: '2025-12-01' } })).rejects.toMatchObject({
      code: 'feedback_missing',
    })
    await mend({ feedback: { due: '2027-02-01' } })
    expect((await read()).map(({ interview }) => interview.promised)).toEqual(['To call after the hearing.'])
    expect(await owed()).toEqual([{ id: task?.id, due: '2027-02-01', interview: id }])
    // What somebody else changed meanwhile is not overwritten.
    await expect(mend({ promised: 'Nothing.' })).rejects.toMatchObject({ code: 'changed_meanwhile' })
    const done = { ...AN_INTERVIEW, revision: revision + 1 }
    await inCase(workspace, one, (tx) => finishTask(tx, task?.id ?? '', 'She was told on the phone.'))
    await inCase(workspace, one, (tx) =>
      describeInterview(tx, id, { ...done, feedback: { due: '2027-03-01' } }),
    )
    expect((await owed()).map(({ due }) => due)).toEqual(['2027-03-01'])
  })

  test('S13 the form is for those trained alone, at both gates; others learn that there is one', async () => {
    const [{ id = '' } = {}] = await readAs(workspace.database, within(), (tx) =>
      readInterviews(tx, told.person),
    )
    const words = 'What nobody else shall read'
    const write = (who: Actor) =>
      inCase(
        workspace,
        told,
        (tx) => saveSensitiveForm(tx, id, { account: words, urgent: '', wishes: '' }),
        who,
      )
    await expect(write(colleague)).rejects.toMatchObject({ code: 'not_trained' })
    await asActor(workspace.database, workspace.actor, (tx) =>
      markTrained(tx, { person: workspace.actor.person, note: 'A course in May.' }),
    )
    await write(workspace.actor)
    await write(workspace.actor)
    expect(await readAs(workspace.database, within(), (tx) => openSensitiveForm(tx, id))).toMatchObject({
      account: words,
    })
    const other = { ...colleague, cases: [told.case] }
    await expect(readAs(workspace.database, other, (tx) => openSensitiveForm(tx, id))).rejects.toMatchObject({
      code: 'not_trained',
    })
    const seen = await readAs(workspace.database, other, async (tx) => ({
      rows: await tx.query('select * from sensitive_form'),
      revisions: JSON.stringify(await tx.query('select * from revision')),
      interviews: await readInterviews(tx, told.person),
    }))
    expect(seen.rows).toEqual([])
    expect(seen.revisions).not.toContain(words)
    expect(seen.interviews.map(({ interview }) => interview.form)).toEqual([expect.stringMatching(/^svf_/)])
  })
})

describe('the doors', () => {
  test('P54 P55 the original by HTTP: within the case, to a court with leave, and refused without', async () => {
    const one = await somebodyTells(workspace)
    const get = async (query: string, opened = one.case) => {
      const answer = await fetch(
        `http://localhost:${server.port}/api/sources/${one.source}/original${query}`,
        { headers: { Authorization: `Bearer ${server.key}`, 'Rapporteur-Case': opened } },
      )
      return { status: answer.status, text: await answer.text() }
    }
    expect(await get('')).toMatchObject({ status: 200, text: expect.stringContaining(one.secret) })
    const refused = await get('?purpose=court&recipient=court')
    expect([refused.status, refused.text]).toEqual([403, expect.stringContaining(one.pseudonym)])
    expect(await get('?purpose=fun')).toMatchObject({ status: 422 })
    await allow(workspace, one, {})
    expect(await get('?purpose=court&recipient=court&to=A%20court')).toMatchObject({ status: 200 })
    const page = await server.done('interlocutor', { params: { id: one.person }, opened: one.case })
    expect(page.uses.map(({ recipient, recipientName }) => [recipient, recipientName])).toEqual([
      ['court', 'A court'],
      ['case_team', ''],
    ])
  })

  test('L1 a record with people, consent, interviews and forms verifies as intact', async () => {
    await settle(workspace)
    expect(await verifyRecord(workspace, { kinds: ALL_KINDS })).toMatchObject({
      state: 'intact',
      altered: [],
    })
  })
})

describe('lowering', () => {
  test('P54 P56 that all of us see what somebody told needs their leave, and is a use; what is kept of them stays', async () => {
    const one = await somebodyTells(workspace)
    await inCase(workspace, one, (tx) =>
      giveAccess(tx, { compartment: one.case, person: colleague.person, until: null, reason: 'Second.' }),
    )
    const wanted = {
      record: one.source,
      level: 'organisation',
      within: null,
      withWhatPointsAtIt: true,
    } as const
    const { id } = await inCase(
      workspace,
      one,
      async (tx) =>
        proposeLowering(tx, {
          ...wanted,
          reason: 'Others need it.',
          seen: (await whatLowers(tx, wanted)).total,
        }),
      colleague,
    )
    const agree = () =>
      inCase(workspace, one, (tx) => answerLowering(tx, id, { agree: true, reason: '', kinds: ALL_KINDS }))
    await expect(agree()).rejects.toMatchObject({
      code: 'consent_missing',
      message: expect.stringContaining(one.pseudonym),
    })
    await allow(workspace, one, { purpose: 'internal_analysis', recipient: 'organisation' })
    await agree()
    const { rows } = await workspace.database.owner.query<{ kind: string; level: number }>(
      `select kind, max(level)::int as level from (select distinct on (record) kind, level from revision
         where record = any($1) order by record, n desc) r group by kind order by 1`,
      [[one.source, one.statement, one.person]],
    )
    expect(rows).toEqual([
      { kind: 'interlocutor', level: 3 },
      { kind: 'source', level: 1 },
      { kind: 'statement', level: 1 },
    ])
    const page = await readAs(workspace.database, within(one), (tx) => readPerson(tx, one.person))
    expect(page.uses).toMatchObject([{ exit: 'lowering', recipient: 'organisation', thing: one.source }])
    // It goes on concerning them: a court is another use.
    expect((await TAKE_OUT.original(workspace, one, outsider, TO_COURT)).code).toBe('consent_missing')
    await expect(
      inCase(workspace, one, (tx) => whatLowers(tx, { ...wanted, record: one.person })),
    ).rejects.toMatchObject({ code: 'level_fixed' })
  })
})
