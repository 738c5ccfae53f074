import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Actor } from '../src/protection/actor.ts'
import { keepBreach } from '../src/protection/keep-breach.ts'
import { recordDataRequest } from '../src/protection/keep-data-request.ts'
import { addInterlocutor } from '../src/protection/keep-interlocutor.ts'
import { proposeLowering } from '../src/protection/lower-level.ts'
import { openCase } from '../src/protection/open-case.ts'
import { proposeErasure } from '../src/protection/propose-erasure.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { OPERATIONS, type Operations } from '../src/publication/contract.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { saveDraft } from '../src/sources/draft.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { proposeFinding } from '../src/statements/hold-finding.ts'
import { statementsOfDossier } from '../src/statements/statement-store.ts'
import { asActor, readAs } from '../src/storage/database.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { askedAbout } from './asked.ts'
import { somebody } from './people.ts'
import { type Given, request, type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

type Name = keyof Operations
const NAMES = Object.keys(OPERATIONS) as Name[]
/** Asked by nobody yet: by these people come in. tests/sign-in.test.ts has what they are refused for. */
const OPEN = NAMES.filter((name) => 'open' in OPERATIONS[name])
const BEHIND = NAMES.filter((name) => !OPEN.includes(name))
const OURS = '(organisation = ( SELECT current_organisation() AS current_organisation))'
const WITHIN =
  '((level <= ( SELECT current_level() AS current_level)) OR ((level >= 2) AND ("case" = ANY (( SELECT current_compartments() AS current_compartments)::text[]))))'
/** What row security lets through of content: of one's organisation, at one's level or in one's compartments. */
const SEEN = `(${OURS} AND ${WITHIN})`
const OWN = `(${OURS} AND ${WITHIN} AND (person = ( SELECT current_person() AS current_person)))`
const TRAINED = `(${OURS} AND ${WITHIN} AND ( SELECT is_trained() AS is_trained))`
const ADMINISTERS = "(( SELECT current_roles() AS current_roles) && ARRAY['administrator'::text])"
const OF_THE_HOUSE = [OURS, OURS] as const
/** Tables that hold something else than content. */
const POLICY_OF: Readonly<Record<string, readonly [using: string, check: string]>> = {
  organisation: OF_THE_HOUSE,
  person: OF_THE_HOUSE,
  setting: OF_THE_HOUSE,
  ledger_inbox: OF_THE_HOUSE,
  ledger_entry: OF_THE_HOUSE,
  ledger_tile: OF_THE_HOUSE,
  ledger_checkpoint: OF_THE_HOUSE,
  session: ['false', 'false'],
  account: ['false', 'false'],
  passkey: ['false', 'false'],
  invitation: ['false', 'false'],
  attempt: ['false', 'false'],
  attempt_salt: ['false', 'false'],
  membership: [OURS, `(${OURS} AND ${ADMINISTERS})`],
  reset_proposal: [
    `(${OURS} AND ${ADMINISTERS})`,
    `(${OURS} AND ${ADMINISTERS} AND (by = ( SELECT current_person() AS current_person)))`,
  ],
  revision: [
    `(${OURS} AND (${WITHIN.slice(1, -1)} OR (kind = ANY (ARRAY['membership'::text, 'training'::text]))))`,
    `(${OURS} AND\nCASE\n    WHEN (kind = ANY (ARRAY['membership'::text, 'training'::text])) THEN ${ADMINISTERS}\n    ELSE ${WITHIN}\nEND)`,
  ],
  context_key: ['false', 'false'],
  draft: [OWN, OWN],
  export: [
    `(${OURS} AND (( SELECT current_roles() AS current_roles) && ARRAY['auditor'::text, 'administrator'::text]))`,
    'false',
  ],
  training: [`(${OURS} AND ${ADMINISTERS})`, `(${OURS} AND ${ADMINISTERS})`],
  consent_use: [SEEN, 'false'],
  sensitive_form: [TRAINED, TRAINED],
  sign_in_log: [
    `(${OURS} AND ((person = ( SELECT current_person() AS current_person)) OR (about = ( SELECT current_person() AS current_person)) OR (( SELECT current_roles() AS current_roles) && ARRAY['auditor'::text, 'administrator'::text])))`,
    'false',
  ],
  opening: [
    `(${OURS} AND (( SELECT current_roles() AS current_roles) && ARRAY['auditor'::text, 'administrator'::text]))`,
    'false',
  ],
}
/** Words of the first organisation that nobody of the second may ever be shown. */
const MARKS = ['harbour', 'Port Sample', 'fishermen', 'boats were burnt', 'still being typed']

describe('two gates', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let stranger: Actor
  let asStranger: TestServer
  let asNobody: TestServer
  const ids: Record<string, string> = {}

  beforeAll(async () => {
    workspace = await testWorkspace()
    const { database, actor } = workspace
    const write = <Result>(work: Parameters<typeof asActor<Result>>[2]) => asActor(database, actor, work)
    const dossier = await write((tx) => openDossier(tx, 'harbour'))
    const [taken] = await takeIn(workspace, dossier, [
      { fileName: 'harbour.txt', bytes: new TextEncoder().encode(A_TEXT) },
    ])
    await write((tx) => applyCoding(tx, dossier, readCodingFile(JSON.stringify(A_CODING_FILE))))
    const draft = await write((tx) => saveDraft(tx, { id: null, body: { text: 'still being typed' } }))
    const statements = await readAs(database, actor, (tx) => statementsOfDossier(tx, dossier.id))
    const [one, two] = statements
    const matter = one?.statement.about[0]?.matter ?? ''
    const finding = await write((tx) =>
      proposeFinding(tx, {
        dossier: dossier.id,
        matter,
        aspect: null,
        proposition: 'That boats were burnt.',
        standard: 'reasonable_suspicion',
        met: null,
        reasons: 'One claim.',
        for: [one?.id ?? ''],
        against: [],
      }),
    )
    const opened = await write((tx) =>
      openCase(tx, { dossier: dossier.id, title: 'The fishermen', reason: 'They spoke to us.' }),
    )
    const within = { ...actor, cases: [opened.id] }
    const inCase = { ...workspace, actor: within }
    const talk = new TextEncoder().encode('The boats were burnt, said one of them.')
    const [told] = await takeIn(inCase, dossier, [{ fileName: 'talk.txt', bytes: talk }])
    const wanted = { record: told?.source ?? '', level: 'organisation', within: null } as const
    const lowering = await asActor(database, within, (tx) =>
      proposeLowering(tx, { ...wanted, withWhatPointsAtIt: false, reason: 'x', seen: 2 }),
    )
    const person = await asActor(database, within, (tx) =>
      addInterlocutor(tx, {
        identity: { name: 'A fisherman at the harbour', contact: '' },
        channel: '',
        hours: '',
        language: '',
        interpreter: null,
        risk: '',
        matter: null,
      }),
    )
    const erasure = await write((tx) =>
      proposeErasure(tx, {
        target: two?.id ?? '',
        reach: 'record',
        ground: 'not_needed',
        askedBy: 'ourselves',
        request: null,
        kinds: ALL_KINDS,
      }),
    )
    const request = await write((tx) =>
      recordDataRequest(tx, {
        type: 'access',
        asker: 'One of the fishermen',
        contact: null,
        concerns: 'What is kept.',
        receivedOn: '2026-11-01',
      }),
    )
    const breach = await write((tx) =>
      keepBreach(tx, {
        id: null,
        close: false,
        noticedAt: '2026-11-01T10:00:00Z',
        what: 'A bag with notes was lost at the harbour.',
        classes: ['names'],
        people: null,
        effects: '',
        measures: '',
        risk: 'risk',
        authority: { at: null, why: '' },
        subjects: { at: null, why: '' },
      }),
    )
    Object.assign(ids, {
      me: actor.person,
      request: request.id,
      breach: breach.id,
      erasure: erasure.id,
      case: opened.id,
      lowering: lowering.id,
      person: person.id,
      dossier: dossier.id,
      slug: 'harbour',
      source: taken?.source,
      matter,
      one: one?.id,
      two: two?.id,
      passage: one?.statement.passages[0],
      finding: finding.id,
      draft: draft.id,
    })
    asked = askedAbout(ids)
    stranger = await somebody(workspace, { roles: actor.roles, name: 'A stranger' })
    const nobody = await somebody(workspace, { organisation: actor.organisation, roles: [] })
    ids.member = nobody.person
    asStranger = await testServer(workspace, { actor: stranger })
    asNobody = await testServer(workspace, { actor: nobody })
  })
  afterAll(async () => {
    await asStranger?.close()
    await asNobody?.close()
    await workspace?.close()
  })

  /** Each operation asked about things of the first organisation, as its own people would. */
  let asked: ReturnType<typeof askedAbout>
  /** What every table holds of the first organisation, and what waits in its ledger. */
  const state = async () => {
    const { rows: tables } = await workspace.database.owner.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'rapporteur' and tablename not in ('migration', 'ledger_inbox', 'ledger_entry', 'ledger_tile', 'ledger_checkpoint', 'attempt_salt', 'sign_in_log')",
    )
    const held: Record<string, unknown> = {}
    for (const { name } of tables) {
      const { rows } = await workspace.database.owner.query(
        `select md5(string_agg(t::text, '' order by t::text)) as all from rapporteur.${name} t where organisation = $1`,
        [workspace.actor.organisation],
      )
      held[name] = rows[0]
    }
    return held
  }

  test.each(BEHIND)('G3 %s: whoever holds no role is refused before anything is looked up', async (name) => {
    const before = await state()
    const nothing = await asNobody.ask(name, missing(asked[name]()))
    const there = await asNobody.ask(name, asked[name]())
    expect([there.status, there.code]).toEqual([403, 'not_allowed'])
    // What is there and what is not are refused in the same words.
    expect(nothing.body).toEqual(there.body)
    expect(await state()).toEqual(before)
  })

  /** The same request about things that are not there. */
  function missing(given: Given): Given {
    const { params, ...rest } = given
    if (!params) return rest
    return { ...rest, params: Object.fromEntries(Object.keys(params).map((one) => [one, 'not-there'])) }
  }

  test('P30 what is asked by nobody yet is for coming in, and nothing else', () => {
    expect(OPEN.sort()).toEqual(['acceptInvitation', 'beginSignIn', 'readInvitation', 'signIn'])
  })

  test.each(BEHIND)(
    'G4 %s: somebody of another organisation sees and changes nothing of the first',
    async (name) => {
      const before = await state()
      const { body, code } = await asStranger.ask(name, asked[name]())
      const text = JSON.stringify(body)
      const own = JSON.stringify(asked[name]())
      const marks = [...MARKS, ...Object.values(ids).filter((id) => id.includes('_'))]
      // What was asked may be said back; nothing else.
      for (const mark of marks.filter((one) => !own.includes(one)))
        expect([mark, text.includes(mark)]).toEqual([mark, false])
      expect(code).not.toBe('machine_failed')
      expect(await state()).toEqual(before)
    },
  )

  test('G3 G4 what is no JSON is behind both gates too: originals, and the files of the ledger', async () => {
    const bytes = (server: TestServer, path: string) =>
      request(server.port, `/api${path}`, {
        headers: { Host: `localhost:${server.port}`, Authorization: `Bearer ${server.key}` },
      })
    const paths = [
      `/sources/${ids.source}/original`,
      '/ledger/log/checkpoint',
      '/ledger/log/tile/entries/000',
    ]
    for (const path of paths) {
      const refused = await bytes(asNobody, path)
      expect([path, refused.status, refused.text.includes('not_allowed')]).toEqual([path, 403, true])
      const elsewhere = await bytes(asStranger, path)
      for (const mark of [...MARKS, workspace.actor.person])
        expect([path, elsewhere.text.includes(mark)]).toEqual([path, false])
    }
  })

  test('G4 the search function filters by itself, whatever it is asked', async () => {
    const { database } = workspace
    const ask = (actor: Actor, question: object) =>
      readAs(database, actor, async (tx) => {
        const [row] = await tx.query<{ answer: { total: number } }>('select search_lines($1) as answer', [
          JSON.stringify(question),
        ])
        return row?.answer.total
      })
    expect(await ask(workspace.actor, { any: "'boat'" })).toBeGreaterThan(0)
    for (const question of [
      { any: "'boat'" },
      { any: "'boat'", dossier: ids.dossier },
      { any: "'boat'", source: ids.source, classes: [0, 1, 2, 3] },
    ])
      expect(await ask(stranger, question)).toBe(0)
  })

  test('T6 every table has forced row security with the one-organisation policy, for all that is read and written', async () => {
    const { owner } = workspace.database
    const { rows } = await owner.query<{ name: string; forced: boolean; policies: Record<string, string>[] }>(
      `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
              (select json_agg(json_build_object('name', p.polname, 'cmd', p.polcmd, 'permissive', p.polpermissive,
                 'roles', (select array_agg(coalesce(r.rolname, 'public')) from unnest(p.polroles) o(oid) left join pg_roles r on r.oid = o.oid),
                 'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid)) order by p.polname)
                 from pg_policy p where p.polrelid = c.oid) as policies
         from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'rapporteur' and c.relkind in ('r', 'p', 'm', 'v', 'f') and c.relname <> 'migration' order by 1`,
    )
    expect(rows.length).toBeGreaterThan(20)
    const owners = await owner.query<{ name: string }>('select current_user as name')
    for (const { name, forced, policies } of rows) {
      expect([name, forced]).toEqual([name, true])
      const [using, check] = POLICY_OF[name] ?? [SEEN, SEEN]
      const common = { cmd: '*', permissive: true }
      const ours = { name: 'one_organisation', ...common, roles: ['public'], using, check }
      const owner = {
        name: 'owner_sees_all',
        ...common,
        roles: [owners.rows[0]?.name],
        using: 'true',
        check: 'true',
      }
      expect([name, policies]).toEqual([name, [ours, owner]])
    }
  })

  test('T6 keys, unique indexes and foreign keys all begin with organisation, and no foreign key leaves it out', async () => {
    const { rows } = await workspace.database.owner.query<{ name: string; columns: string[] }>(
      `select i.indexrelid::regclass::text as name,
              (select array_agg(coalesce(a.attname::text, '(expression)') order by k.n) from unnest(i.indkey) with ordinality k(num, n)
                 left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.num) as columns
         from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'rapporteur' and i.indisunique and c.relname <> 'migration' and c.relkind = 'r'
       union all
       select conname || ' of ' || conrelid::regclass, array[ours.attname::text, theirs.attname::text]
         from pg_constraint k join pg_namespace n on n.oid = k.connamespace
         join pg_attribute ours on ours.attrelid = k.conrelid and ours.attnum = k.conkey[1]
         join pg_attribute theirs on theirs.attrelid = k.confrelid and theirs.attnum = k.confkey[1]
        where n.nspname = 'rapporteur' and k.contype = 'f'`,
    )
    expect(rows.length).toBeGreaterThan(60)
    // Logins are the server's: whoever signs in has not said yet whose they are. The owner alone writes and sees them.
    const inOrganisation = rows.filter(({ name }) => name !== 'account_by_login')
    expect(rows.length - inOrganisation.length).toBe(1)
    for (const { name, columns } of inOrganisation) expect([name, columns[0]]).toEqual([name, 'organisation'])
    for (const { name, columns } of rows.filter((row) => row.name.includes(' of ')))
      expect([name, columns]).toEqual([name, ['organisation', 'organisation']])
  })

  test('T7 the runtime role owns nothing, bypasses nothing, belongs to nobody, and may not alter or empty any table', async () => {
    const { runtime, owner } = workspace.database
    const { rows: me } = await runtime.query<{ name: string }>('select current_user as name')
    const role = me[0]?.name ?? ''
    const { rows } = await owner.query(
      `select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as powers,
              (select count(*)::int from pg_class where relowner = r.oid) as owns,
              (select count(*)::int from pg_auth_members where member = r.oid) as memberships,
              has_schema_privilege(r.oid, 'rapporteur', 'create') as creates
         from pg_roles r where rolname = $1`,
      [role],
    )
    expect(rows).toEqual([{ powers: false, owns: 0, memberships: 0, creates: false }])
    const { rows: rights } = await owner.query<{ name: string; rights: string }>(
      `select tablename as name, concat_ws(' ', case when has_table_privilege($1, format('rapporteur.%I', tablename), 'truncate') then 'truncate' end,
              case when has_table_privilege($1, format('rapporteur.%I', tablename), 'references') then 'references' end,
              case when has_table_privilege($1, format('rapporteur.%I', tablename), 'trigger') then 'trigger' end) as rights
         from pg_tables where schemaname = 'rapporteur'`,
      [role],
    )
    expect(rights.filter((one) => one.rights !== '')).toEqual([])
    for (const { name } of rights.filter((one) => one.name !== 'migration')) {
      for (const sql of [
        `alter table ${name} disable row level security`,
        `alter table ${name} no force row level security`,
        `drop policy one_organisation on ${name}`,
        `alter table ${name} owner to ${role}`,
        `truncate ${name}`,
      ])
        await expect(runtime.query(sql)).rejects.toMatchObject({ code: '42501' })
    }
    for (const sql of [
      'set row_security = off; select * from person',
      'set session authorization default; set role none; select * from person',
    ]) {
      const result = await runtime.query(sql).then(
        (answers) => [answers].flat().flatMap(({ rows: found }) => found),
        () => [],
      )
      expect(result).toEqual([])
      await runtime.query('reset row_security').catch(() => undefined)
    }
  })

  test('T7 only the functions meant to run as the owner do', async () => {
    const { rows } = await workspace.database.owner.query<{ name: string }>(
      `select p.proname as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where n.nspname = 'rapporteur' and p.prosecdef order by 1`,
    )
    expect(rows.map(({ name }) => name)).toEqual([
      'administered',
      'become_organisation',
      'case_codes',
      'commitments_in',
      'concerning',
      'context',
      'context_code',
      'end_sessions',
      'enter',
      'erase_confirmed',
      'exports_of',
      'found_compartment',
      'hold_back',
      'is_last_on_something',
      'is_trained',
      'leave_by',
      'lift_revisions',
      'log_export',
      'make_account',
      'make_link',
      'my_case_tasks',
      'my_cases',
      'my_reset',
      'name_class',
      'search_lines',
      'some_hidden',
      'team_stands',
      'visible_classes',
      'what_concerns',
      'withdraw_reset',
      'withheld_of',
    ])
  })
})

const SRC = fileURLToPath(new URL('../src/', import.meta.url))
const ROOMS = ['sources', 'matters', 'statements', 'search', 'publication', 'protection', 'ledger', 'storage']

/** Exported functions that get at the record and do not ask, each with who asked before it. */
const HELPERS: Readonly<Record<string, string>> = {
  // The ledger's own: given what a verb has decided to write or read.
  'ledger/change.ts change': 'the verb that changes',
  'ledger/change.ts changeByDatabase': 'leaveBy',
  'ledger/guard.ts guarded': 'change',
  'ledger/write-rows.ts writeNouns': 'change',
  'ledger/write-rows.ts writeDerived': 'change',
  'ledger/write-rows.ts writeSearchable': 'change',
  'ledger/history.ts historyOf': 'showRecord',
  'ledger/one-entry.ts oneEntry': 'showRecord',
  'ledger/ledger-page.ts ledgerState': 'readLedger, readHouse',
  'ledger/ledger-page.ts entriesBefore': 'readLedger',
  'ledger/ledger-page.ts recentChanges': 'readChanges',
  'ledger/settle.ts settle': 'nobody: the machine places what was written, and shows nothing',
  'ledger/settle.ts keepPlacing': 'settle',
  'storage/database.ts asActor': 'the verb inside it',
  'storage/database.ts readAs': 'the verb inside it',
  'storage/database.ts exportAs': 'the verb inside it',
  'protection/raise-level.ts haveAlone': 'raiseLevel, answerLowering',
  'publication/records-of-dossier.ts recordsOfDossier': 'makePackage',
  'ledger/organisations.ts organisationsIn':
    'nobody: the terminal of the machine, which can read the whole record anyway',
  'ledger/organisations.ts housesIn': 'restoreRecord',
  'ledger/keep-register.ts dropOriginals': 'keepRegister, restoreRecord',
  'storage/clean-up.ts cleanUp': 'cleanRecord, restoreRecord',
  'protection/guard-of.ts guardOf': 'the verb that changes',
  'protection/ledger-with-names.ts withNames': 'readLedger, readChanges, showRecord',
  'statements/accounts-of.ts gather': 'pages and checks',
  'statements/document-dates.ts withDocumentDates': 'gather',
  'statements/matter-words.ts mentionViews': 'matterPage',
  'statements/matter-words.ts tagViews': 'matterPage',
  'statements/speaker-facts.ts speakerFacts': 'statementViews',
  'statements/suggest.ts suggestionsFor': 'deskOf, previewCoding',
  'ledger/call-roll.ts callRoll': 'nobody: the sequencer answers for its own process',
  'statements/citations.ts citationsIn': 'deskOf, settleCitation',
  'statements/preparation.ts preparationOf': 'deskOf',
  'statements/hold-finding.ts findFinding': 'answerFinding',
  'statements/hold-finding.ts findingsOf': 'deskOf, matterPage',
  'statements/matter-page.ts findingViews': 'deskOf, matterPage',
  'statements/statement-views.ts statementViews': 'pages',
  'statements/tag-record.ts tagsOn': 'tagRecords, matterPage',
  'protection/within-case.ts theOpenCase': 'verbs on people and consent',
  'protection/within-case.ts theInterlocutor': 'verbs on people and consent',
  'protection/within-case.ts ofCase': 'verbs on people and consent',
  'protection/consent-tasks.ts newTask': 'giveConsent, withdrawConsent, recordInterview',
  'protection/consent-tasks.ts feedbackBy': 'describeInterview',
  'protection/consent-tasks.ts taskViews': 'readTasks, readPerson',
  'protection/keep-interlocutor.ts theHelper': 'verbs on people and consent',
  'sources/record-interview.ts theInterview': 'describeInterview, openSensitiveForm, saveSensitiveForm',
  'sources/dossier.ts theDossier': 'findDossier, which it calls first',
  'sources/dossier.ts dossierById': 'allDossiers, which it calls first',
  'sources/finish-note.ts finishNote': 'takeIn, before anything is kept',
  // Nobody is known yet, or whoever it is has been asked by the verb around it.
  'protection/proved.ts mustHaveProved': 'the verb that asks for a proof',
  'protection/sign-in.ts beginSignIn': 'nobody: it says nothing of the record',
  'protection/sign-in.ts signIn': 'nobody: it finds out who it is',
  'protection/accept-invitation.ts readPassword': 'acceptInvitation, setPassword',
  'protection/sign-in.ts byPasskey': 'signIn, prove',
  'protection/sign-in.ts byPassword': 'signIn, prove',
  'protection/accept-invitation.ts readInvitation': 'nobody: the one-time link is the proof',
  'protection/accept-invitation.ts acceptInvitation': 'nobody: the one-time link is the proof',
  'protection/sign-in-log.ts watched': 'the verb inside it, which finds out who it is',
  'protection/who-is-in.ts whoIsIn': 'nobody: it finds out who asks',
  'protection/at-terminal.ts worksAlone':
    'nobody: the terminal of the machine, which can read the whole record anyway',
  'protection/at-terminal.ts isUnused': 'worksAlone',
  'protection/at-terminal.ts actingFor': 'nobody: it finds out for whom a command works',
  'protection/at-terminal.ts atThisTerminal': 'nobody: it finds out for whom a command works',
  'protection/at-terminal.ts foundOrganisation': 'the terminal of the machine, as worksAlone',
  'protection/at-terminal.ts becomeAtTerminal': 'becomeOrganisation, which it calls',
  'protection/at-terminal.ts noteRestored': 'the terminal of the machine, as worksAlone',
  'storage/database.ts asOwner': 'the verb inside it, at the terminal of the machine',
  'protection/who-is-in.ts strangerAt': 'nobody: it says nothing of the record',
}

interface Exported {
  readonly name: string
  readonly asks: boolean
  readonly touches: boolean
}

/** Functions that a file exports, whether they are handed the record, and whether they ask. */
function exportedBy(path: string): Exported[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  return file.statements.filter(ts.isFunctionDeclaration).flatMap((one) => {
    if (!one.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) || !one.name) return []
    const given = one.parameters.map(({ type }) => type?.getText() ?? '').join(' ')
    const touches =
      /\bTx\b|\bWorkspace\b|\bHouse\b|\b(Own)?Gatehouse\b|\bDatabase\b|\bLog\b|typeof takeIn/.test(given)
    return [{ name: one.name.text, touches, asks: /\bmustBeAllowed\(/.test(one.body?.getText() ?? '') }]
  })
}

function filesOf(room: string): string[] {
  return readdirSync(join(SRC, room), { recursive: true })
    .map(String)
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => `${room}/${name}`)
}

describe('no verb goes round the first gate', () => {
  const all = ROOMS.flatMap(filesOf).flatMap((path) =>
    exportedBy(join(SRC, path)).map((one) => ({ path, ...one })),
  )
  const reaching = all.filter(({ touches, path }) => touches && !path.endsWith('-store.ts'))

  test('G3 every exported verb asks, but for the helpers that are named with who asks before them', () => {
    expect(reaching.length).toBeGreaterThan(40)
    const silent = reaching.filter(({ asks }) => !asks).map(({ path, name }) => `${path} ${name}`)
    expect(silent.filter((one) => !(one in HELPERS))).toEqual([])
    // A helper that is gone, or asks by now, is taken off the list.
    expect(Object.keys(HELPERS).filter((one) => !silent.includes(one))).toEqual([])
  })

  test('G3 doors import verbs that ask: no store, no helper, no SQL of their own', () => {
    const machine = [
      'restore',
      'settle',
      'keepPlacing',
      'asActor',
      'readAs',
      'exportAs',
      'theDossier',
      'finishNote',
    ].concat(
      ['beginSignIn', 'signIn', 'watched', 'readInvitation', 'acceptInvitation', 'whoIsIn', 'strangerAt'],
      ['worksAlone', 'isUnused', 'actingFor', 'atThisTerminal', 'organisationsIn', 'foundOrganisation'],
      ['becomeAtTerminal', 'noteRestored'],
    )
    const forbidden = new Set(
      all
        .filter(
          ({ path, name }) =>
            path.endsWith('-store.ts') || (`${path} ${name}` in HELPERS && !machine.includes(name)),
        )
        .map(({ name }) => name),
    )
    const found: string[] = []
    for (const path of [...filesOf('server'), ...filesOf('cli')]) {
      const file = ts.createSourceFile(
        path,
        readFileSync(join(SRC, path), 'utf8'),
        ts.ScriptTarget.Latest,
        true,
      )
      const text = file.getText()
      for (const one of file.statements.filter(ts.isImportDeclaration)) {
        const names = one.importClause?.namedBindings
        if (!names || !ts.isNamedImports(names)) continue
        for (const { name } of names.elements)
          if (forbidden.has(name.text)) found.push(`${path} imports ${name.text}`)
      }
      // doctor asks the engine about itself; it reads no table of the record.
      if (/\btx\.query|runtime\.query|owner\.query/.test(text) && path !== 'cli/doctor.ts')
        found.push(`${path} has SQL`)
    }
    expect(found).toEqual([])
  })
})

describe('the command line', () => {
  afterAll(() => void vi.doUnmock('../src/storage/workspace.ts'))

  test('G3 every command is refused to whoever holds no role', async () => {
    const data = await testWorkspace()
    vi.resetModules()
    // The same record, opened for somebody without a role.
    vi.doMock('../src/storage/workspace.ts', async (original) => {
      const real = await original<typeof import('../src/storage/workspace.ts')>()
      return {
        ...real,
        openWorkspace: async (options: { data: string }) => {
          const opened = await real.openWorkspace({ ...options, url: data.url })
          const actor = await somebody(opened, { organisation: opened.actor.organisation, roles: [] })
          return { ...opened, actor }
        },
      }
    })
    const { runCli } = await import('../src/cli/main.ts')
    const said: string[] = []
    const spies = [process.stdout, process.stderr].map((stream) =>
      vi.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0),
    )
    const here = fileURLToPath(new URL('a-case.ts', import.meta.url))
    const coding = join(data.folder.root, 'coding.json')
    const { writeFileSync } = await import('node:fs')
    writeFileSync(coding, JSON.stringify(A_CODING_FILE))
    const commands: string[][] = [
      ['import', here, '--dossier', 'x'],
      ['code', coding, '--dossier', 'x'],
      ['check', '--dossier', 'x'],
      ['search', 'boats'],
      ['show', 'H1'],
      ['verify', data.folder.root],
      ['backup', '--to', join(data.folder.root, 'b.zip')],
      ['package', '--dossier', 'x', '--to', join(data.folder.root, 'p.zip')],
      ['erasures'],
      ['erasures', '--clean'],
    ]
    const outcomes: [string, number, boolean][] = []
    for (const [name = '', ...args] of commands) {
      said.splice(0)
      const exit = await runCli([name, ...args, ...(name === 'verify' ? [] : ['--data', data.folder.root])])
      outcomes.push([name, exit, said.join('').includes('(not_allowed)')])
    }
    for (const spy of spies) spy.mockRestore()
    await data.close()
    expect(outcomes).toEqual(commands.map(([name]) => [name, 1, true]))
  })
})
