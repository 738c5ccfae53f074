import { createHash } from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EVERY_REFUSAL, EVERY_WRITE_REFUSAL } from '../src/foundation/operation.ts'
import type { Role } from '../src/protection/actor.ts'
import { proposeLowering, whatLowers } from '../src/protection/lower-level.ts'
import { openCase } from '../src/protection/open-case.ts'
import { proposeErasure } from '../src/protection/propose-erasure.ts'
import { givePublicReason } from '../src/protection/public-reason.ts'
import { codeAt, stepAt } from '../src/protection/totp.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { OPERATIONS, type Operations } from '../src/publication/contract.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { readAgain } from '../src/sources/read-again.ts'
import { readOriginalBytes } from '../src/sources/read-original.ts'
import { asActor } from '../src/storage/database.ts'
import { originalPath } from '../src/storage/originals.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { A_TALK, AN_INTERVIEW } from './a-talk.ts'
import { A_PASSWORD, codeOf, fromBase32, type SignedIn, signedIn } from './accounts.ts'
import { Authenticator } from './authenticator.ts'
import { somebody } from './people.ts'
import { aProcessing } from './processing.ts'
import { type Given, type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

type Name = keyof Operations
/** How an operation is done, and how each refusal it names is brought about. */
interface Case {
  readonly done: () => Given | Promise<Given>
  readonly refused: Readonly<Record<string, () => Given | Promise<Given>>>
}

const LONG = Array.from({ length: 60 }, (_, n) => `word${n}`).join(' ')
const base64 = (text: string) => Buffer.from(text).toString('base64')
const quote = (exact: string, source: string) => ({
  source,
  selector: [{ type: 'TextQuoteSelector', exact }],
})

describe('the contract', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let server: TestServer
  const slug = 'harbour'
  /** What stands in the record at the start, by the names the cases use. */
  const known = {
    dossier: '',
    source: '',
    other: '',
    matter: '',
    second: '',
    person: '',
    moved: '',
    lost: '',
    unread: '',
  }
  let statements: Record<string, string> = {}
  let finding = ''
  let merged = ''
  /** Another organisation on the same server: two administrators, and somebody who does the work. */
  let first: SignedIn
  let second: SignedIn
  let worker: SignedIn
  let n = 0
  const next = () => {
    n += 1
    return n
  }

  beforeAll(async () => {
    workspace = await testWorkspace()
    server = await testServer(workspace)
    first = await signedIn(workspace, { roles: ['administrator'], name: 'First administrator' })
    const { organisation } = first
    second = await signedIn(workspace, {
      organisation,
      roles: ['administrator'],
      name: 'Second administrator',
    })
    worker = await signedIn(workspace, { organisation, roles: ['monitor'], name: 'Worker' })
    known.dossier = (await server.done('openDossier', { body: { slug } })).id
    known.source = await take('harbour.txt', A_TEXT)
    known.other = await take('other.txt', `The minister wrote: “${LONG}.” And no more.\n`)
    known.unread = await take('picture.txt', '\u0089PNG\r\n\u0000\u0000\u0000')
    const extra = [
      { key: 'second-fire', kind: 'event', name: 'Second fire', aliases: [] },
      { key: 'third-fire', kind: 'event', name: 'Third fire', aliases: [] },
      { key: 'clerk', kind: 'person', name: 'Clerk of the port', aliases: [] },
    ]
    await code({ ...A_CODING_FILE, matters: [...A_CODING_FILE.matters, ...extra] })
    await code({
      items: [
        statement('N1', 'Harbour notes', {
          value: '2021-05-03',
          normalised: '2021-05-04',
          reason: 'the log',
        }),
      ],
    })
    await code({
      items: [
        statement('N2', 'The mayor of Port Sample', {
          value: '2021-05-03',
          normalised: '2022-05-03',
          emendation: 'year',
        }),
        statement('N4', 'that night', { asStated: 'that night', value: null }),
        statement('N5', 'asked not to be named', { asStated: 'then', value: null }),
        {
          ...statement('N3', 'A reader', {}),
          body: { type: 'Statement', kind: 'testimony', speakers: [{ own: true }], publishable: false },
        },
      ],
    })
    const page = await server.done('sourcePage', { params: { id: known.source } })
    statements = Object.fromEntries(page.statements.map(({ item, id }) => [item, id]))
    const { matters } = await server.done('mattersLike', { query: { typed: 'fire' } })
    known.matter = matters.find(({ key }) => key === 'fire-at-port-sample')?.id ?? ''
    known.second = matters.find(({ key }) => key === 'second-fire')?.id ?? ''
    merged = matters.find(({ key }) => key === 'third-fire')?.id ?? ''
    known.person = (await server.done('mattersLike', { query: { typed: 'clerk' } })).matters[0]?.id ?? ''
    finding = await propose()
    await server.done('answerFinding', { params: { id: finding }, body: { dissent: 'Not yet.' } })
    await moveAndLose()
  })
  afterAll(async () => {
    await server?.close()
    await workspace?.close()
  })

  const take = async (fileName: string, text: string): Promise<string> => {
    const { results } = await server.done('takeIn', {
      params: { slug },
      body: {
        files: [
          {
            fileName,
            base64:
              Buffer.from(text, 'latin1').toString('latin1') === text
                ? Buffer.from(text, 'latin1').toString('base64')
                : base64(text),
          },
        ],
      },
    })
    return results[0]?.source ?? ''
  }
  const code = async (body: object) => {
    const outcome = await server.done('code', { params: { slug }, body })
    expect(outcome.items.filter((one) => one.outcome === 'refused')).toEqual([])
  }
  const statement = (id: string, exact: string, entry: object) => ({
    id,
    target: quote(exact, 'harbour.txt'),
    body: {
      type: 'Statement',
      kind: 'report',
      speakers: [{ own: true }],
      about: [{ matter: 'fire-at-port-sample', aspect: 'when', ...entry }],
    },
  })
  const proposal = (changes: object = {}) => ({
    dossier: known.dossier,
    matter: known.matter,
    aspect: null,
    proposition: 'Boats were burnt.',
    standard: 'reasonable_suspicion',
    met: null,
    reasons: 'One claim.',
    for: [statements.H1],
    against: [],
    ...changes,
  })
  const propose = async () => (await server.done('proposeFinding', { body: proposal() })).id
  /** A second source, read anew from another text: one passage moves, one is lost. */
  const moveAndLose = async () => {
    const id = await take('log.txt', 'One boat left early.\n\nTwo boats came back.\n')
    const body = { type: 'Statement', kind: 'report', speakers: [{ own: true }] }
    await code({
      items: [
        { id: `L${n}a`, target: quote('Two boats', 'log.txt'), body },
        { id: `L${n}b`, target: quote('left early', 'log.txt'), body },
      ],
    })
    const text = 'A line more.\n\nOne boat left late.\n\nTwo boats came back, and boats were many.\n'
    const { reading } = await readOriginalBytes(new TextEncoder().encode(text), { fileName: 'log.txt' })
    await asActor(workspace.database, workspace.actor, (tx) => readAgain(tx, id, reading))
    const { unsettled } = await server.done('desk', { params: { slug } })
    known.moved = unsettled.find(({ state }) => state === 'moved')?.id ?? ''
    known.lost = unsettled.find(({ state }) => state === 'lost')?.id ?? ''
  }
  const fresh = async (text = `Fresh ${next()}.\n`) => take(`fresh-${n}.txt`, text)
  /** Hide the original of a new source, or put other bytes in its place. */
  const spoiled = async (how: 'missing' | 'altered'): Promise<Given> => {
    const text = `Spoiled ${next()}.\n`
    const id = await take(`spoiled-${n}.txt`, text)
    const path = originalPath(workspace.folder, createHash('sha256').update(text).digest('hex'))
    if (how === 'missing') renameSync(path, `${path}.away`)
    else writeFileSync(path, 'other')
    return { params: { id } }
  }
  const nothing = () => ({})
  const inDossier = () => ({ params: { slug } })
  const noDossier =
    (more: Given = {}) =>
    () => ({ params: { slug: 'nowhere' }, ...more })
  const citation = (changes: object = {}) => ({
    source: known.other,
    start: 20,
    end: 20,
    heldIn: null,
    reason: 'x',
    ...changes,
  })
  const open = async () => {
    const id = await take(`cited-${next()}.txt`, `On day ${n} they wrote: “${LONG} ${n}.” Then they left.\n`)
    const { cited } = await server.done('desk', { params: { slug } })
    const found = cited.find(({ source }) => source.id === id)
    return { source: id, start: found?.start ?? -1, end: found?.end ?? -1 }
  }
  const merge =
    (id: () => string, into: () => string, reason = 'One fire.') =>
    () => ({
      params: { id: id() },
      body: { into: into(), reason },
    })

  const aHelper = { role: 'interpreter', name: 'An interpreter' }
  const allowed = {
    purpose: 'court',
    recipient: 'court',
    identifiability: 'full_identity',
    from: '2026-01-01',
  }

  const CASES: { readonly [One in Name]: Case } = {
    house: { done: nothing, refused: {} },
    signIns: { done: nothing, refused: {} },
    listDossiers: { done: nothing, refused: {} },
    openDossier: {
      done: () => ({ body: { slug: 'another-one', title: 'Another' } }),
      refused: { slug_unreadable: () => ({ body: { slug: 'No Such' } }) },
    },
    listSources: { done: inDossier, refused: { dossier_unknown: noDossier() } },
    pageOfSources: { done: inDossier, refused: { dossier_unknown: noDossier() } },
    takeIn: {
      done: () => ({
        ...inDossier(),
        body: { files: [{ fileName: 'b.txt', base64: base64('Words.'), facts: { date: '2021-05' } }] },
      }),
      refused: { dossier_unknown: noDossier({ body: { files: [] } }) },
    },
    describeSource: {
      done: () => ({ params: { id: known.source }, body: { title: 'Harbour', holds: known.matter } }),
      refused: {
        source_unknown: () => ({ params: { id: 'src_none' }, body: {} }),
        matter_unknown: () => ({ params: { id: known.source }, body: { holds: 'mat_none' } }),
      },
    },
    readAgain: {
      done: async () => ({ params: { id: await fresh() } }),
      refused: {
        source_unknown: () => ({ params: { id: 'src_none' } }),
        original_missing: () => spoiled('missing'),
        original_altered: () => spoiled('altered'),
      },
    },
    tableOfSource: {
      done: async () => ({
        params: { id: await take('table.csv', 'place,boats\nPort Sample,12\n'), table: '1' },
      }),
      refused: {
        source_unknown: () => ({ params: { id: 'src_none', table: '1' } }),
        source_unread: () => ({ params: { id: known.unread, table: '1' } }),
        table_unknown: () => ({ params: { id: known.source, table: '1' } }),
      },
    },
    settlePassage: {
      done: () => ({
        params: { id: known.moved },
        body: { answer: { as: 'found' }, reason: 'The same two boats.' },
      }),
      refused: {
        passage_unknown: () => ({
          params: { id: 'psg_none' },
          body: { answer: { as: 'gone' }, reason: 'x' },
        }),
        passage_settled: async () => {
          const page = await server.done('sourcePage', { params: { id: known.source } })
          return { params: { id: page.passages[0]?.id ?? '' }, body: { answer: { as: 'gone' }, reason: 'x' } }
        },
        passage_lost: () => ({ params: { id: known.lost }, body: { answer: { as: 'found' }, reason: 'x' } }),
        reason_missing: () => ({ params: { id: known.lost }, body: { answer: { as: 'gone' }, reason: ' ' } }),
        nowhere: () => ({
          params: { id: known.lost },
          body: { answer: { as: 'words', exact: 'ships' }, reason: 'x' },
        }),
        ambiguous: () => ({
          params: { id: known.lost },
          body: { answer: { as: 'words', exact: 'boats' }, reason: 'x' },
        }),
      },
    },
    finishNote: {
      done: () => ({ ...inDossier(), body: note() }),
      refused: {
        dossier_unknown: noDossier({ body: note() }),
        note_empty: () => ({ ...inDossier(), body: note({ note: { template: 'note', text: ' ' } }) }),
      },
    },
    listDrafts: { done: nothing, refused: {} },
    saveDraft: {
      done: () => ({ body: { id: null, body: { text: 'typed' } } }),
      refused: { draft_unknown: () => ({ body: { id: 'drf_none', body: {} } }) },
    },
    dropDraft: { done: () => ({ body: { id: 'drf_none' } }), refused: {} },
    listMatters: { done: inDossier, refused: { dossier_unknown: noDossier() } },
    mattersLike: { done: () => ({ query: { typed: 'fire' } }), refused: {} },
    listAspects: { done: inDossier, refused: { dossier_unknown: noDossier() } },
    mergeMatters: {
      done: merge(
        () => merged,
        () => known.second,
      ),
      refused: {
        matter_unknown: merge(
          () => 'mat_none',
          () => known.second,
        ),
        merge_with_itself: merge(
          () => known.second,
          () => known.second,
        ),
        merge_of_kinds: merge(
          () => known.person,
          () => known.second,
        ),
        merged_already: async () => {
          const again = merge(
            () => merged,
            () => known.second,
          )()
          await server.done('mergeMatters', again)
          return again
        },
        reason_missing: merge(
          () => known.second,
          () => known.matter,
          '',
        ),
      },
    },
    splitMatter: {
      done: () => ({ params: { id: merged }, body: { reason: 'Two after all.' } }),
      refused: {
        matter_unknown: () => ({ params: { id: 'mat_none' }, body: { reason: 'x' } }),
        not_merged: () => ({ params: { id: known.second }, body: { reason: 'x' } }),
        reason_missing: () => ({ params: { id: merged }, body: { reason: '' } }),
      },
    },
    describeMatter: {
      done: () => ({
        params: { id: known.second },
        body: { note: 'Ours.', names: [{ text: 'Екінші өрт', language: 'kk' }] },
      }),
      refused: {
        matter_unknown: () => ({ params: { id: 'mat_none' }, body: {} }),
        date_unreadable: () => ({
          params: { id: known.second },
          body: { names: [{ text: 'Old fire', from: 'some day' }] },
        }),
        parent_in_circle: () => ({ params: { id: known.second }, body: { parent: known.second } }),
      },
    },
    desk: { done: inDossier, refused: { dossier_unknown: noDossier() } },
    timeline: { done: inDossier, refused: { dossier_unknown: noDossier() } },
    sourcePage: {
      done: () => ({ params: { id: known.source } }),
      refused: { source_unknown: () => ({ params: { id: 'src_none' } }) },
    },
    matterPage: {
      done: () => ({ params: { id: known.matter } }),
      refused: { matter_unknown: () => ({ params: { id: 'mat_none' } }) },
    },
    code: coding(),
    previewCoding: coding(),
    decide: {
      done: () => decision({ dossier: known.dossier, name: 'year' }),
      refused: {
        emendation_unknown: () => decision({ dossier: known.dossier, name: 'none' }),
        statement_unknown: () => decision({ statement: 'stm_none', n: 0 }),
        nothing_normalised: () => decision({ statement: statements.H1, n: 0 }),
        part_of_group: () => decision({ statement: statements.N2, n: 0 }),
        already_decided: () => decision({ dossier: known.dossier, name: 'year' }),
        reason_missing: () => decision({ statement: statements.N1, n: 0 }, ''),
      },
    },
    vocabularies: { done: nothing, refused: {} },
    relativeDate: {
      done: () => ({ query: { words: 'last week', language: 'en', document: '2021-05-10' } }),
      refused: {},
    },
    normalise: {
      done: () => normalisation(statements.N4),
      refused: {
        statement_unknown: () => normalisation('stm_none'),
        normalised_already: () => normalisation(statements.N1, { n: 0 }),
        reason_missing: () => normalisation(statements.N5, { reason: ' ' }),
        date_unreadable: () => normalisation(statements.N5, { normalised: 'some day' }),
      },
    },
    settleCitation: {
      done: async () => ({ body: { ...(await open()), heldIn: null, reason: 'They quote themselves.' } }),
      refused: {
        source_unknown: () => ({ body: citation({ source: 'src_none' }) }),
        citation_unknown: () => ({ body: citation() }),
        reason_missing: async () => ({ body: { ...(await open()), heldIn: known.source, reason: '' } }),
      },
    },
    proposeFinding: {
      done: () => ({ body: proposal() }),
      refused: {
        dossier_unknown: () => ({ body: proposal({ dossier: 'dos_none' }) }),
        matter_unknown: () => ({ body: proposal({ matter: 'mat_none' }) }),
        finding_without_statements: () => ({ body: proposal({ for: [] }) }),
        statement_unknown: () => ({ body: proposal({ for: ['stm_none'] }) }),
        finding_rests_on_ambiguous: () => ({ body: proposal({ met: true, for: [statements.N3] }) }),
      },
    },
    answerFinding: {
      done: () => ({ params: { id: finding }, body: { attestedIn: known.other } }),
      refused: {
        finding_unknown: () => ({ params: { id: 'fnd_none' }, body: { agree: true } }),
        second_reader_is_first: async () => ({ params: { id: await propose() }, body: { agree: true } }),
        already_decided: () => ({ params: { id: finding }, body: { agree: true } }),
        reason_missing: async () => ({ params: { id: await propose() }, body: { dissent: ' ' } }),
        paper_unknown: async () => ({ params: { id: await propose() }, body: { attestedIn: 'src_none' } }),
        paper_is_evidence: async () => ({
          params: { id: await propose() },
          body: { attestedIn: known.source },
        }),
      },
    },
    link: {
      done: () => ({ body: link() }),
      refused: {
        statement_unknown: () => ({ body: link({ to: 'stm_none' }) }),
        link_to_itself: () => ({ body: link({ to: statements.H3 }) }),
        link_exists: () => ({ body: link() }),
      },
    },
    tag: {
      done: () => ({ body: { tags: [tag()] } }),
      refused: {
        dossier_unknown: () => ({ body: { tags: [tag({ dossier: 'dos_none' })] } }),
        not_there: () => ({ body: { tags: [tag({ subject: 'stm_none' })] } }),
      },
    },
    search: {
      done: () => ({ query: { q: 'boats' } }),
      refused: { dossier_unknown: () => ({ query: { q: 'boats', dossier: 'none' } }) },
    },
    ledger: { done: nothing, refused: {} },
    verify: { done: nothing, refused: {} },
    changes: { done: nothing, refused: {} },
    cases: { done: () => ({}), refused: {} },
    openCase: {
      done: () => ({ body: { dossier: known.dossier, title: 'Case', reason: 'Somebody spoke to us.' } }),
      refused: {
        dossier_unknown: () => ({ body: { dossier: 'dos_none', title: 'Case', reason: 'x' } }),
        reason_missing: () => ({ body: { dossier: known.dossier, title: 'Case', reason: ' ' } }),
      },
    },
    readCase: {
      done: async () => within(await aCase(), {}),
      refused: {
        not_there: async () => ({ params: { id: await aCase() } }),
      },
    },
    giveAccess: {
      done: async () => access(await aCase(), await colleague()),
      refused: {
        not_there: async () => ({ ...access(await aCase(), workspace.actor.person), opened: undefined }),
        person_unknown: async () => access(await aCase(), 'per_none'),
        access_stands: async () => access(await aCase(), workspace.actor.person),
        term_past: async () => access(await aCase(), await colleague(), { until: '2020-01-01T00:00:00Z' }),
        reason_missing: async () => access(await aCase(), await colleague(), { reason: '' }),
      },
    },
    endAccess: {
      done: async () => {
        const [opened, other] = [await aCase(), await colleague()]
        await server.done('giveAccess', access(opened, other))
        return access(opened, other)
      },
      refused: {
        not_there: async () => ({ ...access(await aCase(), workspace.actor.person), opened: undefined }),
        access_ended: async () => access(await aCase(), await colleague()),
        last_on_it: async () => access(await aCase(), workspace.actor.person),
        reason_missing: async () => access(await aCase(), workspace.actor.person, { reason: '' }),
      },
    },
    ...consentCases(),
    ...accountCases(),
    previewErasure: {
      done: () => ({ query: { target: known.source } }),
      refused: {
        not_there: () => ({ query: { target: 'src_none' } }),
        part_of_another: async () => {
          const page = await server.done('sourcePage', { params: { id: known.source } })
          return { query: { target: page.passages[0]?.id ?? '' } }
        },
        still_works_here: () => ({ query: { target: workspace.actor.person } }),
      },
    },
    erasures: { done: nothing, refused: {} },
    proposeErasure: {
      done: async () => erasing(await fresh()),
      refused: {
        not_there: () => erasing('src_none'),
        part_of_another: async () => {
          const page = await server.done('sourcePage', { params: { id: known.source } })
          return erasing(page.passages[0]?.id ?? '')
        },
        still_works_here: () => erasing(workspace.actor.person),
        erasure_proposed: async () => {
          const again = erasing(await fresh())
          await server.done('proposeErasure', again)
          return again
        },
      },
    },
    decideErasure: {
      done: async () => ({ params: { id: await proposedByAnother() }, body: { seen: 2 } }),
      refused: {
        not_there: () => ({ params: { id: 'ers_none' }, body: { seen: 2 } }),
        erasure_waits: async () => ({ params: { id: await proposed() }, body: { seen: 2 } }),
        already_decided: async () => {
          const id = await proposed()
          await server.done('decideErasure', { params: { id }, body: { decline: 'mistaken' } })
          return { params: { id }, body: { decline: 'mistaken' } }
        },
        erasure_needs_second: async () => {
          const { organisation } = workspace.actor
          await somebody(workspace, { organisation, roles: ['legal'] })
          return { params: { id: await proposed() }, body: { seen: 2 } }
        },
        prove_again: () => notProved({ seen: 2 }, 'legal'),
      },
    },
    cleanUp: { done: nothing, refused: {} },
    dataProtection: { done: nothing, refused: {} },
    dueTasks: { done: nothing, refused: {} },
    recordDataRequest: {
      done: () => ({ body: asking() }),
      refused: { day_to_come: () => ({ body: asking({ receivedOn: '2199-01-01' }) }) },
    },
    moveDataRequest: {
      done: async () => ({ params: { id: await requested() }, body: { outcome: 'partly', words: 'Sent.' } }),
      refused: {
        not_there: () => ({ params: { id: 'dsr_none' }, body: { extend: 'x' } }),
        already_decided: async () => {
          const id = await requested()
          await server.done('moveDataRequest', {
            params: { id },
            body: { outcome: 'refused', words: 'Not theirs.' },
          })
          return { params: { id }, body: { extend: 'x' } }
        },
        extended_already: async () => {
          const id = await requested()
          await server.done('moveDataRequest', { params: { id }, body: { extend: 'Many records.' } })
          return { params: { id }, body: { extend: 'Many records.' } }
        },
        reason_missing: async () => ({ params: { id: await requested() }, body: { extend: ' ' } }),
      },
    },
    keepBreach: {
      done: () => ({ body: breach() }),
      refused: {
        not_there: () => ({ body: breach({ id: 'brc_none' }) }),
        day_to_come: () => ({ body: breach({ noticedAt: '2199-01-01T00:00:00Z' }) }),
        breach_open: () => ({ body: breach({ close: true }) }),
        already_decided: async () => {
          const whole = {
            close: true,
            effects: 'None seen.',
            measures: 'Keys changed.',
            authority: { at: null, why: 'Nobody was touched.' },
          }
          const { id } = await server.done('keepBreach', { body: breach(whole) })
          return { body: breach({ id }) }
        },
      },
    },
    describeProcessing: {
      done: () => ({ body: aProcessing(known.dossier) }),
      refused: { dossier_unknown: () => ({ body: aProcessing('dos_none') }) },
    },
    setTerms: { done: () => ({ body: terms() }), refused: {} },
    keepOn: {
      done: async () => {
        await server.done('setTerms', { body: terms({ unused_source: 1 }) })
        const subject = await fresh()
        await aged(subject)
        return { body: { subject, months: 6, reason: 'ongoing' } }
      },
      refused: { not_due: () => ({ body: { subject: known.source, months: 6, reason: 'ongoing' } }) },
    },
    backups: { done: nothing, refused: {} },
    setBackupPlan: {
      done: () => ({ body: plan() }),
      refused: {
        recipient_unreadable: () => ({ body: plan({ recipients: ['age1none'] }) }),
        recipients_mixed: async () => ({
          body: plan({ recipients: [await recipient('x25519'), await recipient('hybrid')] }),
        }),
        recipients_missing: () => ({ body: plan({ on: true }) }),
        folder_unwritable: async () => ({
          body: plan({ on: true, folder: '/nowhere', recipients: [await recipient('x25519')] }),
        }),
        // Of the organisation whose server this is: nobody else sets it.
        prove_again: () => notProved(plan(), 'administrator', workspace.actor.organisation),
      },
    },
    backUpNow: { done: nothing, refused: {} },
    record: {
      done: () => ({ params: { id: 'H1' } }),
      refused: { not_there: () => ({ params: { id: 'nothing' } }) },
    },
    levelOf: {
      done: () => ({ params: { id: known.source } }),
      refused: { not_there: () => ({ params: { id: 'src_none' } }) },
    },
    whatRises: {
      done: async () => rising(await aCase()),
      refused: {
        not_there: async () => ({ ...rising(await aCase()), opened: undefined }),
        level_fixed: async () => {
          const opened = await aCase()
          return { ...rising(opened), params: { id: opened } }
        },
        level_stands: async () => {
          const opened = await aCase()
          return { ...rising(opened), params: { id: await takenInto(opened) } }
        },
        two_compartments: async () => {
          const [ours, theirs] = [await aTeam(), await aTeam()]
          const tags = [tag({ dossier: theirs.id, subject: known.second })]
          await server.done('tag', { body: { tags } })
          await raised(theirs)
          return { params: { id: known.second }, query: { level: 'team', within: ours.id } }
        },
      },
    },
    raiseLevel: {
      done: async () => raising(await aCase()),
      refused: {
        not_there: async () => ({ ...(await raising(await aCase())), opened: undefined }),
        level_fixed: async () => {
          const opened = await aCase()
          return { ...(await raising(opened)), params: { id: opened } }
        },
        level_stands: async () => {
          const opened = await aCase()
          return { ...(await raising(opened)), params: { id: await takenInto(opened) } }
        },
        prove_again: () => notProved({ level: 'team', within: 'dos_none', reason: 'x', seen: 1 }),
        reason_missing: async () => raising(await aCase(), { reason: ' ' }),
        same_name_there: async () => {
          const opened = await aCase()
          const named = { ...A_CODING_FILE, aspects: {}, items: [statement('T1', 'Harbour notes', {})] }
          for (const within of [opened, undefined])
            await server.done('code', { ...inDossier(), body: named, ...(within ? { opened: within } : {}) })
          const { id } = await server.done('record', { params: { id: 'T1' } })
          return { ...(await raising(opened, { seen: 1 })), params: { id } }
        },
      },
    },
    whatLowers: {
      done: async () => lowering(await aCase()),
      refused: {
        not_there: async () => ({ ...(await lowering(await aCase())), opened: undefined }),
        level_fixed: async () => {
          const opened = await aCase()
          return { ...(await lowering(opened)), params: { id: opened } }
        },
        level_stands: () => ({ params: { id: known.source }, query: { level: 'organisation' } }),
        less_guarded: async () => {
          const team = await aTeam()
          await raised(team)
          const opened = await aCase(team.id)
          const files = [{ fileName: 'x.txt', base64: base64(`Within ${next()}.`) }]
          const taken = await server.done('takeIn', { params: { slug: team.slug }, body: { files }, opened })
          const params = { id: taken.results[0]?.source ?? '' }
          return { params, query: { level: 'organisation' }, opened }
        },
      },
    },
    proposeLowering: {
      done: async () => proposing(await aCase()),
      refused: {
        not_there: async () => ({ ...(await proposing(await aCase())), opened: undefined }),
        level_fixed: async () => {
          const opened = await aCase()
          return { ...(await proposing(opened)), params: { id: opened } }
        },
        level_stands: () => ({
          params: { id: known.source },
          body: { level: 'organisation', reason: 'x', seen: 1 },
        }),
        lowering_waits: async () => {
          const given = await proposing(await aCase())
          await server.done('proposeLowering', given)
          return given
        },
        reason_missing: async () => proposing(await aCase(), { reason: '' }),
      },
    },
    lowerings: { done: nothing, refused: {} },
    answerLowering: {
      // Alone there is no second person; whoever proposed it takes it back.
      done: async () => answering(await aCase(), { agree: false, reason: 'A mistake.' }),
      refused: {
        not_there: () => ({ params: { id: 'lvl_none' }, body: { agree: true } }),
        already_decided: async () => {
          const given = await answering(await aCase(), { agree: false, reason: 'A mistake.' })
          await server.done('answerLowering', given)
          return given
        },
        prove_again: () => notProved({ agree: true }),
        second_person_is_first: async () => answering(await aCase(), { agree: true }),
        consent_missing: async () => loweringOf(await whoTold()),
        conditions_unread: async () => loweringOf(await whoTold('Not before the spring.')),
        reason_missing: async () => answering(await aCase(), { agree: false }),
      },
    },
    team: { done: inDossier, refused: { dossier_unknown: noDossier() } },
    nameTeam: {
      done: async () => naming(await aDossier()),
      refused: {
        dossier_unknown: noDossier({ body: { people: [], reason: 'x' } }),
        team_stands: async () => naming(await aTeam()),
        person_unknown: async () => naming(await aDossier(), { people: ['per_none'] }),
        reason_missing: async () => naming(await aDossier(), { reason: '' }),
      },
    },
    audit: { done: nothing, refused: {} },
  }
  /** Somebody of an organisation in their browser, longer than five minutes after they proved who they are. */
  async function notProved(
    body: object,
    role: Role = 'verifier',
    organisation: string = first.organisation,
  ): Promise<Given> {
    const late = await signedIn(workspace, { organisation, roles: [role] })
    await late.later()
    return { params: { id: 'stm_none' }, body, as: late.as }
  }
  /** Somebody whose interview is on record, with the source of it; they allow that all of us see it on a condition. */
  async function whoTold(condition?: string): Promise<Someone & { source: string }> {
    const one = await someone()
    const { results } = await server.done('takeIn', {
      ...inDossier(),
      body: { files: [{ fileName: `told-${next()}.txt`, base64: base64(`Told ${n}.`) }] },
      opened: one.opened,
    })
    const source = results[0]?.source ?? ''
    await server.done('recordInterview', on(one, interview({}, { sources: [source] })))
    const amongUs = { ...allowed, purpose: 'internal_analysis', recipient: 'organisation' }
    if (condition !== undefined)
      await server.done('giveConsent', on(one, consent({ allowed: [{ ...amongUs, conditions: condition }] })))
    return { ...one, source }
  }
  /** Somebody else on the case proposed that all of us see it, and we agree. */
  async function loweringOf({ source, opened }: Someone & { source: string }): Promise<Given> {
    const { organisation } = workspace.actor
    const other = await somebody(workspace, { organisation, roles: ['monitor'] })
    await server.done('giveAccess', access(opened, other.person))
    const wanted = { record: source, level: 'organisation', within: null, withWhatPointsAtIt: false } as const
    const { id } = await asActor(workspace.database, { ...other, cases: [opened] }, async (tx) =>
      proposeLowering(tx, { ...wanted, reason: 'x', seen: (await whatLowers(tx, wanted)).total }),
    )
    return { params: { id }, body: { agree: true }, opened }
  }
  /** People and what they allow; every one of them has a case of their own. */
  function consentCases() {
    return {
      interlocutors: { done: async () => inThe(await someone()), refused: { case_not_open: nothing } },
      addInterlocutor: {
        done: async () => ({
          ...inThe(await someone()),
          body: { risk: 'Known at the port.', language: 'kk' },
        }),
        refused: {
          case_not_open: () => ({ body: {} }),
          helper_unknown: async () => ({ ...inThe(await someone()), body: { interpreter: 'hlp_none' } }),
          matter_unknown: async () => ({ ...inThe(await someone()), body: { matter: 'mat_none' } }),
        },
      },
      interlocutor: { done: async () => on(await someone()), refused: ofPerson() },
      describeInterlocutor: {
        done: async () => on(await someone(), { hours: 'after six', matter: known.person }),
        refused: {
          ...ofPerson(),
          helper_unknown: async () => on(await someone(), { interpreter: 'hlp_none' }),
          matter_unknown: async () => on(await someone(), { matter: 'mat_none' }),
        },
      },
      addHelper: {
        done: async () => ({ ...inThe(await someone()), body: aHelper }),
        refused: { case_not_open: () => ({ body: aHelper }) },
      },
      describeHelper: {
        done: async () => {
          const { opened } = await someone()
          const { id } = await server.done('addHelper', { body: aHelper, opened })
          return { params: { id }, body: { ...aHelper, risk: 'Lives there.' }, opened }
        },
        refused: {
          case_not_open: () => ({ params: { id: 'hlp_none' }, body: aHelper }),
          helper_unknown: async () => ({
            ...inThe(await someone()),
            params: { id: 'hlp_none' },
            body: aHelper,
          }),
        },
      },
      giveConsent: {
        done: async () => on(await someone(), consent()),
        refused: {
          ...ofPerson(consent()),
          nothing_allowed: async () => on(await someone(), consent({ allowed: [] })),
          talk_unfinished: async () => on(await someone(), consent({}, { explained: ['risks'] })),
          giver_missing: async () => on(await someone(), consent({}, { givenBy: 'guardian' })),
          term_backwards: async () =>
            on(await someone(), consent({ allowed: [{ ...allowed, to: '2020-01-01' }] })),
          helper_unknown: async () => on(await someone(), consent({}, { interpreter: 'hlp_none' })),
          evidence_unfit: async () => on(await someone(), consent({}, { evidence: known.source })),
        },
      },
      withdrawConsent: {
        done: async () => on(await whoAllowed(), withdrawal()),
        refused: {
          ...ofPerson(withdrawal()),
          nothing_to_withdraw: async () => on(await someone(), withdrawal()),
          person_unknown: async () => on(await whoAllowed(), withdrawal({ takenBy: 'per_none' })),
        },
      },
      linkConcern: {
        done: async () => on(await someone(), concern()),
        refused: {
          ...ofPerson({ record: 'src_none', reason: 'x' }),
          not_there: async () => on(await someone(), concern({ record: 'src_none' })),
          concern_stands: async () => {
            const one = await someone()
            await server.done('linkConcern', on(one, concern()))
            return on(one, concern())
          },
          reason_missing: async () => on(await someone(), concern({ reason: ' ' })),
        },
      },
      endConcern: {
        done: async () => {
          const one = await someone()
          const { id } = await server.done('linkConcern', on(one, concern()))
          return { params: { id }, body: { reason: 'Another.' }, opened: one.opened }
        },
        refused: {
          case_not_open: () => ({ params: { id: 'cnc_none' }, body: { reason: 'x' } }),
          not_there: async () => ({
            ...inThe(await someone()),
            params: { id: 'cnc_none' },
            body: { reason: 'x' },
          }),
          reason_missing: async () => ({
            ...inThe(await someone()),
            params: { id: 'cnc_none' },
            body: { reason: '' },
          }),
        },
      },
      givePublicReason: {
        done: async () => on(await someone(), publicReason()),
        refused: {
          ...ofPerson(publicReason()),
          consent_known: async () => on(await whoAllowed(), publicReason()),
          reason_missing: async () => on(await someone(), publicReason({ reason: '' })),
        },
      },
      answerPublicReason: {
        done: async () => answerTo(await aReason(), { end: 'They were asked.' }),
        refused: {
          case_not_open: () => ({ params: { id: 'pbr_none' }, body: { agree: true } }),
          not_there: async () => answerTo({ ...(await someone()), id: 'pbr_none' }, { agree: true }),
          already_decided: async () => {
            const one = await aReason()
            await server.done('answerPublicReason', answerTo(one, { end: 'x' }))
            return answerTo(one, { end: 'x' })
          },
          second_reader_is_first: async () => answerTo(await aReason(), { agree: true }),
          consent_known: async () => {
            const one = await aReason(true)
            await server.done('giveConsent', on(one.of, consent()))
            return answerTo(one, { agree: true })
          },
          reason_missing: async () => answerTo(await aReason(), { end: '' }),
        },
      },
      consentTasks: { done: async () => inThe(await someone()), refused: {} },
      finishTask: {
        done: async () => finished(await aTask()),
        refused: {
          case_not_open: () => ({ params: { id: 'tsk_none' }, body: { what: 'x' } }),
          task_unknown: async () => finished({ ...(await someone()), id: 'tsk_none' }),
          task_done: async () => {
            const one = await aTask()
            await server.done('finishTask', finished(one))
            return finished(one)
          },
          reason_missing: async () => finished(await aTask(), ''),
        },
      },
      training: { done: nothing, refused: {} },
      markTrained: {
        done: async () => trained(await colleague()),
        refused: {
          person_unknown: () => trained('per_none'),
          training_stands: async () => {
            const one = trained(await colleague())
            await server.done('markTrained', one)
            return one
          },
          reason_missing: async () => trained(await colleague(), ''),
        },
      },
      endTraining: {
        done: async () => {
          const one = trained(await colleague())
          await server.done('markTrained', one)
          return one
        },
        refused: {
          not_there: async () => trained(await colleague()),
          reason_missing: async () => trained(await colleague(), ''),
        },
      },
      interviews: { done: async () => on((await anInterview()).of), refused: ofPerson() },
      recordInterview: {
        done: async () => on(await someone(), interview()),
        refused: {
          ...ofPerson(interview()),
          earlier_accounts: async () => on((await anInterview()).of, interview()),
          feedback_missing: async () => on(await someone(), interview({ feedback: { due: '2025-01-01' } })),
          source_unknown: async () => on(await someone(), interview({}, { sources: ['src_none'] })),
          helper_unknown: async () =>
            on(await someone(), interview({}, { present: [{ role: 'interpreter', helper: 'hlp_none' }] })),
        },
      },
      describeInterview: {
        done: async () => ofInterview(await anInterview(), { ...AN_INTERVIEW, place: 'Elsewhere' }),
        refused: {
          ...noInterview(AN_INTERVIEW),
          feedback_missing: async () =>
            ofInterview(await anInterview(), { ...AN_INTERVIEW, feedback: { due: '2025-01-01' } }),
          source_unknown: async () =>
            ofInterview(await anInterview(), { ...AN_INTERVIEW, sources: ['src_none'] }),
          helper_unknown: async () =>
            ofInterview(await anInterview(), {
              ...AN_INTERVIEW,
              present: [{ role: 'interpreter', helper: 'hlp_none' }],
            }),
        },
      },
      openSensitiveForm: {
        done: async () => trainedFor(await anInterview()),
        refused: { ...noInterview(), not_trained: async () => untrainedFor(await anInterview()) },
      },
      saveSensitiveForm: {
        done: async () => trainedFor(await anInterview(), { account: 'As told.' }),
        refused: {
          ...noInterview({ account: 'x' }),
          not_trained: async () => untrainedFor(await anInterview(), { account: 'x' }),
        },
      },
    }
  }
  interface Someone {
    readonly id: string
    readonly opened: string
  }
  /** A person of a case of their own. */
  async function someone(): Promise<Someone> {
    const opened = await aCase()
    return { id: (await server.done('addInterlocutor', { body: {}, opened })).id, opened }
  }
  async function whoAllowed(): Promise<Someone> {
    const one = await someone()
    await server.done('giveConsent', on(one, consent()))
    return one
  }
  async function aTask(): Promise<Someone> {
    const one = await someone()
    await server.done('giveConsent', on(one, consent({}, { nextContact: '2026-12-24' })))
    const { tasks } = await server.done('consentTasks', { opened: one.opened })
    return { id: tasks[0]?.id ?? '', opened: one.opened }
  }
  /** A reason, by us or by somebody else on the case. */
  async function aReason(byAnother = false): Promise<Someone & { of: Someone }> {
    const of = await someone()
    if (!byAnother) {
      const { id } = await server.done('givePublicReason', on(of, publicReason()))
      return { id, opened: of.opened, of }
    }
    const { organisation } = workspace.actor
    const other = await somebody(workspace, { organisation, roles: ['monitor'] })
    await server.done('giveAccess', access(of.opened, other.person))
    const given = { purpose: 'court', recipient: 'court', identifiability: 'initials', reason: 'x' } as const
    const made = await asActor(workspace.database, { ...other, cases: [of.opened] }, (tx) =>
      givePublicReason(tx, of.id, given),
    )
    return { id: made.id, opened: of.opened, of }
  }
  async function anInterview(): Promise<Someone & { of: Someone }> {
    const of = await someone()
    return { id: (await server.done('recordInterview', on(of, interview()))).id, opened: of.opened, of }
  }
  function inThe({ opened }: Someone): Given {
    return { opened }
  }
  function on({ id, opened }: Someone, body: object = {}): Given {
    return { params: { id }, body, opened }
  }
  function ofPerson(body: object = {}) {
    return {
      case_not_open: async () => ({ params: { id: (await someone()).id }, body }),
      interlocutor_unknown: async () => on({ ...(await someone()), id: 'itl_none' }, body),
    }
  }
  function ofInterview({ id, opened }: Someone, body: object): Given {
    return { params: { id }, body, opened }
  }
  function noInterview(body: object = {}) {
    return {
      case_not_open: () => ({ params: { id: 'itv_none' }, body }),
      interview_unknown: async () => ofInterview({ ...(await someone()), id: 'itv_none' }, body),
    }
  }
  async function trainedFor(one: Someone, body: object = {}): Promise<Given> {
    await server.ask('markTrained', trained(workspace.actor.person))
    return ofInterview(one, body)
  }
  async function untrainedFor(one: Someone, body: object = {}): Promise<Given> {
    await server.ask('endTraining', trained(workspace.actor.person))
    return ofInterview(one, body)
  }
  function trained(person: string, note = 'A course in May.'): Given {
    return { body: { person, note } }
  }
  function answerTo({ id, opened }: Someone, body: object): Given {
    return { params: { id }, body, opened }
  }
  function finished({ id, opened }: Someone, what = 'Called, and told.'): Given {
    return { params: { id }, body: { what }, opened }
  }
  function withdrawal(changes: object = {}) {
    return { grants: 'all', on: '2026-11-25', due: '2026-12-01', ...changes }
  }
  function concern(changes: object = {}) {
    return { record: known.source, reason: 'They wrote it.', ...changes }
  }
  function publicReason(changes: object = {}) {
    return {
      purpose: 'court',
      recipient: 'court',
      identifiability: 'initials',
      reason: 'In all papers.',
      ...changes,
    }
  }
  function consent(changes: object = {}, talk: object = {}) {
    return { allowed: [allowed], talk: { ...A_TALK, ...talk }, ...changes }
  }
  function interview(changes: object = {}, facts: object = {}) {
    return { facts: { ...AN_INTERVIEW, ...facts }, feedback: { due: '2026-12-24' }, ...changes }
  }
  /** Signing in, accounts and people: in an organisation, where the record of this test is one person's alone. */
  function accountCases() {
    const ours =
      (who: () => SignedIn, given: () => Given | Promise<Given> = nothing) =>
      async () => ({
        ...(await given()),
        as: who().as,
      })
    const late =
      (who: () => SignedIn, given: () => Given | Promise<Given> = nothing) =>
      async () => {
        await who().later()
        return { ...(await given()), as: who().as }
      }
    const fresh = async (roles: readonly Role[], name = 'Newcomer') => {
      const { organisation } = first
      return signedIn(workspace, { organisation, roles, name })
    }
    /** Proved just now, whatever the cases before did. */
    const proved =
      (who: () => SignedIn, given: () => Given | Promise<Given> = nothing) =>
      async () => {
        await workspace.database.owner.query('update session set proved_at = now() where person = $1', [
          who().person,
        ])
        return { ...(await given()), as: who().as }
      }
    const admin = () => first
    const link = async (given: object = {}) => {
      const body = { name: 'Newcomer', login: `invited.${next()}`, roles: ['reader'], ...given }
      const made = await server.done('invite', { body, as: (await proved(admin)()).as })
      return { ...made, code: codeOf(made.link) }
    }
    const authenticator = () => new Authenticator(`http://localhost:${server.port}`)
    const withPassword = async (who: SignedIn, changes: object = {}) => ({
      body: { login: who.login, password: A_PASSWORD, code: await who.code(), ...changes },
    })
    const newPassword = async (changes: object = {}) => {
      const { secret, ticket } = await server.done('beginPassword', await proved(() => worker)())
      return { body: { password: 'other words of no meaning', code: codeFor(secret), ticket, ...changes } }
    }
    const invitation = async (changes: object = {}) => {
      const { code } = await link()
      const { totp } = await server.done('readInvitation', { body: { code } })
      const password = {
        password: 'newcomers like long words',
        code: codeFor(totp.secret),
        ticket: totp.ticket,
      }
      return { body: { code, password, ...changes } }
    }
    const toMember = async (body: object = {}) => ({
      params: { person: (await fresh(['reader'])).person },
      body,
    })
    const nobodyHere =
      (body: object = {}) =>
      () => ({ params: { person: 'per_none' }, body })
    const inviting = (body: object) =>
      proved(admin, () => ({ body: { name: 'N', login: `n.${next()}`, roles: ['reader'], ...body } }))
    const reasoned = { reason: 'Works elsewhere now.' }
    const toReader = { roles: ['reader'], reason: 'Reads.' }
    const alone = { organisation_needed: nothing }
    const founding =
      (changes: object = {}) =>
      () => ({
        body: {
          name: 'A group',
          person: { name: 'One', login: 'one.of.a.group' },
          administrator: { name: 'Two', login: 'two.of.a.group' },
          ...changes,
        },
      })
    /** Somebody alone on a case: whoever opened it. */
    const onACase = async () => {
      const one = await fresh(['monitor'])
      const { database } = workspace
      await asActor(database, one, async (tx) => {
        const dossier = await openDossier(tx, `theirs-${next()}`)
        await openCase(tx, { dossier: dossier.id, title: 'Theirs', reason: 'Somebody spoke.' })
      })
      return one.person
    }
    /** An organisation of its own, with one administrator. */
    const lonely = async () => signedIn(workspace, { roles: ['administrator'], name: 'Only administrator' })
    const proposed = async (by: SignedIn) => {
      const { person } = await fresh(['reader'])
      await server.done('proposeReset', {
        params: { person },
        body: { reason: 'Lost the phone.' },
        as: by.as,
      })
      return { params: { person } }
    }
    return {
      beginSignIn: { done: nothing, refused: {} },
      signIn: {
        done: () => withPassword(worker),
        refused: {
          sign_in_refused: () => withPassword(second, { password: 'not the password at all' }),
          too_many_tries: async () => {
            const tries = Array.from({ length: 32 }, () => ({ body: { passkey: {} } }))
            for (const one of tries) await server.ask('signIn', one)
            return withPassword(worker)
          },
        },
      },
      readInvitation: {
        done: async () => ({ body: { code: (await link()).code } }),
        refused: { link_unknown: () => ({ body: { code: 'nothing' } }) },
      },
      acceptInvitation: {
        done: () => invitation(),
        refused: {
          link_unknown: () => invitation({ code: 'nothing' }),
          way_missing: () => invitation({ password: null }),
          passkey_refused: () => invitation({ passkey: { label: 'x', response: { id: 'x' } } }),
          password_weak: () => invitation({ password: { password: 'short', code: '000000', ticket: 'x' } }),
          code_wrong: () => invitation({ password: { password: A_PASSWORD, code: '000000', ticket: 'x' } }),
        },
      },
      signOut: { done: async () => ({ as: (await fresh(['reader'])).as }), refused: alone },
      beginProof: { done: ours(() => worker), refused: alone },
      prove: {
        done: async () => {
          await forgiveAll()
          const one = await fresh(['reader'])
          return { ...(await withPassword(one)), as: one.as }
        },
        refused: {
          organisation_needed: () => withPassword(worker),
          sign_in_refused: ours(
            () => worker,
            async () => {
              await forgiveAll()
              return withPassword(second)
            },
          ),
          too_many_tries: ours(
            () => worker,
            async () => {
              for (let i = 0; i < 32; i += 1) await server.ask('signIn', { body: { passkey: {} } })
              return withPassword(worker)
            },
          ),
        },
      },
      account: { done: ours(() => worker), refused: {} },
      beginPasskey: { done: proved(() => worker), refused: { ...alone, prove_again: late(() => worker) } },
      addPasskey: {
        done: proved(
          () => worker,
          async () => {
            const { asked } = await server.done('beginPasskey', { as: worker.as })
            return { body: { label: 'A key', response: authenticator().make(asked) } }
          },
        ),
        refused: {
          organisation_needed: () => ({ body: { label: 'x', response: {} } }),
          prove_again: late(
            () => worker,
            () => ({ body: { label: 'x', response: {} } }),
          ),
          passkey_refused: proved(
            () => worker,
            async () => {
              const { asked } = await server.done('beginPasskey', { as: worker.as })
              return { body: { label: 'x', response: new Authenticator('https://evil.example').make(asked) } }
            },
          ),
        },
      },
      removePasskey: {
        done: proved(
          () => worker,
          async () => ({ params: { id: await aPasskey(worker, authenticator()) } }),
        ),
        refused: {
          organisation_needed: () => ({ params: { id: 'pky_none' } }),
          prove_again: late(
            () => worker,
            () => ({ params: { id: 'pky_none' } }),
          ),
          not_there: proved(
            () => worker,
            () => ({ params: { id: 'pky_none' } }),
          ),
          last_way_in: async () => {
            const one = await fresh(['reader'])
            const id = await aPasskey(one, authenticator())
            const { owner } = workspace.database
            await owner.query('update account set password = null, totp = null where person = $1', [
              one.person,
            ])
            return { params: { id }, as: one.as }
          },
        },
      },
      beginPassword: { done: proved(() => worker), refused: { ...alone, prove_again: late(() => worker) } },
      setPassword: {
        done: proved(
          () => worker,
          () => newPassword(),
        ),
        refused: {
          organisation_needed: () => ({ body: { password: 'x', code: '0', ticket: 'x' } }),
          prove_again: late(
            () => worker,
            () => ({ body: { password: 'x', code: '0', ticket: 'x' } }),
          ),
          password_weak: proved(
            () => worker,
            () => newPassword({ password: 'password password' }),
          ),
          code_wrong: proved(
            () => worker,
            () => newPassword({ code: '12345' }),
          ),
        },
      },
      endSession: {
        done: async () => {
          const one = await fresh(['reader'])
          const { sessions } = await server.done('account', { as: one.as })
          return { params: { id: sessions.find(({ here }) => !here)?.id ?? '' }, as: one.as }
        },
        refused: {
          organisation_needed: () => ({ params: { id: 'ses_none' } }),
          not_there: ours(
            () => worker,
            () => ({ params: { id: 'ses_none' } }),
          ),
        },
      },
      endSessions: { done: async () => ({ as: (await fresh(['reader'])).as }), refused: alone },
      makeToken: {
        done: proved(
          () => worker,
          () => ({ body: { label: 'A script', scopes: ['read'], days: 30 } }),
        ),
        refused: {
          organisation_needed: () => ({ body: { label: 'A script', scopes: ['read'], days: 30 } }),
          prove_again: late(
            () => worker,
            () => ({ body: { label: 'A script', scopes: ['read'], days: 30 } }),
          ),
        },
      },
      people: { done: ours(() => worker), refused: {} },
      accounts: { done: ours(admin), refused: {} },
      invite: {
        done: inviting({}),
        refused: {
          organisation_needed: () => ({ body: { name: 'N', login: 'n', roles: ['reader'] } }),
          prove_again: late(admin, () => ({ body: { name: 'N', login: 'n', roles: ['reader'] } })),
          name_missing: inviting({ name: ' ' }),
          login_unreadable: inviting({ login: 'Айгуль' }),
          login_taken: inviting({ login: 'SECOND.administrator.2' }),
          roles_apart: inviting({ roles: ['administrator', 'reader'] }),
        },
      },
      inviteAgain: {
        done: proved(admin, async () => ({ params: { person: (await link()).person } })),
        refused: {
          organisation_needed: nobodyHere(),
          prove_again: late(admin, nobodyHere()),
          person_unknown: proved(admin, nobodyHere()),
          account_ready: proved(admin, () => ({ params: { person: worker.person } })),
        },
      },
      changeRoles: {
        done: proved(admin, () => toMember(toReader)),
        refused: {
          organisation_needed: nobodyHere(toReader),
          prove_again: late(admin, nobodyHere(toReader)),
          person_unknown: proved(admin, nobodyHere(toReader)),
          reason_missing: proved(admin, () => toMember({ ...toReader, reason: ' ' })),
          roles_apart: proved(admin, () => toMember({ roles: [], reason: 'x' })),
          last_administrator: async () => {
            const one = await lonely()
            return { params: { person: one.person }, body: toReader, as: one.as }
          },
          last_on_it: proved(admin, async () => ({
            params: { person: await onACase() },
            body: { roles: ['auditor'], reason: 'Audits.' },
          })),
        },
      },
      endMembership: {
        done: proved(admin, () => toMember(reasoned)),
        refused: {
          organisation_needed: nobodyHere(reasoned),
          prove_again: late(admin, nobodyHere(reasoned)),
          person_unknown: proved(admin, nobodyHere(reasoned)),
          reason_missing: proved(admin, () => toMember({ reason: '' })),
          last_administrator: async () => {
            const one = await lonely()
            return { params: { person: one.person }, body: reasoned, as: one.as }
          },
          last_on_it: proved(admin, async () => ({ params: { person: await onACase() }, body: reasoned })),
        },
      },
      endSessionsOf: {
        done: ours(admin, () => toMember()),
        refused: { organisation_needed: nobodyHere(), person_unknown: ours(admin, nobodyHere()) },
      },
      proposeReset: {
        done: proved(admin, () => toMember({ reason: 'Lost the phone.' })),
        refused: {
          organisation_needed: nobodyHere(reasoned),
          prove_again: late(admin, nobodyHere(reasoned)),
          person_unknown: proved(admin, nobodyHere(reasoned)),
          reason_missing: proved(admin, () => toMember({ reason: ' ' })),
          second_administrator_needed: proved(admin, () => ({
            params: { person: second.person },
            body: reasoned,
          })),
        },
      },
      confirmReset: {
        done: proved(
          () => second,
          async () => {
            await proved(admin)()
            return proposed(first)
          },
        ),
        refused: {
          organisation_needed: nobodyHere(),
          prove_again: late(admin, nobodyHere()),
          person_unknown: proved(admin, nobodyHere()),
          reset_unknown: proved(admin, () => toMember()),
          second_administrator_needed: proved(admin, () => proposed(first)),
        },
      },
      withdrawReset: {
        done: proved(admin, () => proposed(first)),
        refused: {
          organisation_needed: nobodyHere(),
          reset_unknown: proved(admin, async () => {
            const given = await proposed(first)
            await server.done('withdrawReset', { ...given, as: first.as })
            return given
          }),
        },
      },
      becomeOrganisation: {
        // Last of all: from then on nobody works here alone.
        done: founding(),
        refused: {
          organisation_already: async () => ({ ...founding()(), as: first.as }),
          name_missing: founding({ name: ' ' }),
          login_unreadable: founding({ person: { name: 'One', login: '?' } }),
          login_taken: () => founding({ person: { name: 'One', login: worker.login } })(),
        },
      },
    } satisfies Partial<Record<Name, Case>>
  }
  async function forgiveAll(): Promise<void> {
    await workspace.database.owner.query('delete from attempt')
  }
  function codeFor(secret: string): string {
    return codeAt(fromBase32(secret), stepAt())
  }
  async function aPasskey(one: SignedIn, authenticator: Authenticator): Promise<string> {
    const { asked } = await server.done('beginPasskey', { as: one.as })
    const body = { label: 'A key', response: authenticator.make(asked) }
    return (await server.done('addPasskey', { body, as: one.as })).id
  }
  async function aDossier(): Promise<{ id: string; slug: string }> {
    return server.done('openDossier', { body: { slug: `dossier-${next()}` } })
  }
  async function aTeam(): Promise<{ id: string; slug: string }> {
    const made = await aDossier()
    await server.done('nameTeam', naming(made))
    return made
  }
  function naming({ slug: of }: { slug: string }, changes: object = {}): Given {
    return { params: { slug: of }, body: { people: [], reason: 'We are watched.', ...changes } }
  }
  /** A dossier that only its team sees from then on. */
  async function raised({ id }: { id: string }): Promise<void> {
    const wanted = { level: 'team', within: id } as const
    const { total } = await server.done('whatRises', { params: { id }, query: wanted })
    await server.done('raiseLevel', { params: { id }, body: { ...wanted, reason: 'Watched.', seen: total } })
  }
  async function takenInto(opened: string): Promise<string> {
    const files = [{ fileName: 'x.txt', base64: base64(`In the case ${next()}.`) }]
    return (await server.done('takeIn', { ...inDossier(), body: { files }, opened })).results[0]?.source ?? ''
  }
  function rising(opened: string): Given {
    return { params: { id: known.other }, query: { level: 'case', within: opened }, opened }
  }
  async function raising(opened: string, changes: object = {}): Promise<Given> {
    const params = { id: await fresh() }
    return {
      params,
      opened,
      body: { level: 'case', within: opened, reason: 'In danger.', seen: 2, ...changes },
    }
  }
  async function lowering(opened: string): Promise<Given> {
    return { params: { id: await takenInto(opened) }, query: { level: 'organisation' }, opened }
  }
  async function proposing(opened: string, changes: object = {}): Promise<Given> {
    const { params = {} } = await lowering(opened)
    const given = { params, opened, query: { level: 'organisation' } } as const
    const { total } = await server.done('whatLowers', given)
    const body = { level: 'organisation', reason: 'Known to all.', seen: total, ...changes }
    return { params, opened, body }
  }
  async function answering(opened: string, body: object): Promise<Given> {
    const { id } = await server.done('proposeLowering', await proposing(opened))
    return { params: { id }, opened, body }
  }
  async function aCase(dossier = known.dossier): Promise<string> {
    const body = { dossier, title: 'Case', reason: 'Somebody spoke to us.' }
    return (await server.done('openCase', { body })).id
  }
  async function colleague(): Promise<string> {
    const { organisation } = workspace.actor
    return (await somebody(workspace, { organisation, roles: ['monitor'] })).person
  }
  const asking = (changes: object = {}) => ({
    type: 'access',
    asker: 'Somebody who spoke to us',
    concerns: 'What is kept of them.',
    receivedOn: '2026-11-01',
    ...changes,
  })
  const requested = async () => (await server.done('recordDataRequest', { body: asking() })).id
  const breach = (changes: object = {}) => ({
    noticedAt: '2026-11-01T10:00:00Z',
    what: 'A bag with notes was lost.',
    classes: ['names'],
    risk: 'risk',
    authority: { at: null },
    subjects: { at: null },
    ...changes,
  })
  const terms = (changes: object = {}) => ({
    interview: null,
    unused_source: null,
    case: null,
    dossier: null,
    answered_request: null,
    ...changes,
  })
  const plan = (changes: object = {}) => ({
    on: false,
    folder: '',
    at: '03:00',
    recipients: [],
    keep: { daily: 7, weekly: 5, monthly: 12 },
    ...changes,
  })
  const recipient = async (kind: 'x25519' | 'hybrid') =>
    identityToRecipient(await (kind === 'hybrid' ? generateHybridIdentity() : generateX25519Identity()))
  /** As if it had come two months ago. */
  const aged = async (id: string) => {
    const { owner } = workspace.database
    await owner.query("update revision set at = at - interval '2 months' where record = $1", [id])
  }
  const erasing = (target: string) => ({ body: { target, ground: 'not_needed', askedBy: 'ourselves' } })
  const proposed = async () => (await server.done('proposeErasure', erasing(await fresh()))).id
  async function proposedByAnother(): Promise<string> {
    const { organisation } = workspace.actor
    const other = await somebody(workspace, { organisation, roles: ['monitor'] })
    const wanted = {
      target: await fresh(),
      reach: 'record',
      ground: 'objection',
      askedBy: 'subject',
    } as const
    const { id } = await asActor(workspace.database, other, (tx) =>
      proposeErasure(tx, { ...wanted, request: null, kinds: ALL_KINDS }),
    )
    return id
  }
  function within(id: string, body: object): Given {
    return { params: { id }, body, opened: id }
  }
  function access(compartment: string, person: string, changes: object = {}): Given {
    return {
      params: { compartment },
      body: { person, reason: 'Follows it.', ...changes },
      opened: compartment,
    }
  }
  function normalisation(id: string | undefined, changes: object = {}): Given {
    return {
      params: { id: id ?? '' },
      body: { n: 0, normalised: '2021-05-04', reason: 'The night after.', ...changes },
    }
  }
  function coding(): Case {
    return {
      done: () => ({ ...inDossier(), body: A_CODING_FILE }),
      refused: {
        dossier_unknown: noDossier({ body: A_CODING_FILE }),
        coding_unreadable: () => ({ ...inDossier(), body: { items: [], matters: 'none' } }),
        coding_format_unknown: () => ({ ...inDossier(), body: { items: [], format: 'other/1' } }),
      },
    }
  }
  function note(changes: object = {}) {
    return {
      title: 'A note',
      note: { template: 'note', text: 'What was seen.' },
      date: '2021-05-04',
      publisher: { name: 'Us', group: 'ours' },
      provenance: {},
      labels: {},
      draft: null,
      ...changes,
    }
  }
  const decision = (decided: object, reason = 'The log says so.') => ({
    body: { decided, accept: true, reason, evidence: [] },
  })
  const link = (changes: object = {}) => ({
    from: statements.H3,
    to: statements.H1,
    rel: 'in tension with',
    note: null,
    ...changes,
  })
  const tag = (changes: object = {}) => ({
    dossier: known.dossier,
    subject: known.matter,
    scheme: 'rights',
    term: 'property',
    ...changes,
  })

  const last = 'becomeOrganisation'
  const inOrder = (Object.keys(CASES) as Name[]).filter((name) => name !== last)
  test.each(inOrder)('D9 %s: done, and answered as the contract says', async (name) => {
    await mustBeDone(name)
  })
  async function mustBeDone(name: Name): Promise<void> {
    const { status, body } = await server.ask(name, await CASES[name].done())
    expect([status, body]).toEqual([200, expect.anything()])
    const parsed = OPERATIONS[name].answer.parse(body)
    // Nothing more than the contract names either.
    expect(parsed).toEqual(body)
  }

  const refusals = (Object.keys(CASES) as Name[]).flatMap((name) =>
    Object.keys(CASES[name].refused).map((code): [Name, string] => [name, code]),
  )
  test.each(refusals)('D9 %s is refused: %s', async (name, code) => {
    const { status, code: said, sentence } = await server.ask(name, await CASES[name].refused[code]?.())
    expect([said, sentence]).toEqual([code, expect.stringMatching(/^[A-Z].*\.$/s)])
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status === 500).toBe(code.startsWith('original_'))
  })

  test('D9 an aspect of amounts names the units in use in its dossier, the most used first', async () => {
    const { aspects } = await server.done('listAspects', inDossier())
    const units = Object.fromEntries(aspects.map((one) => [`${one.matterKind} ${one.name}`, one.units]))
    expect(units['event boats']).toEqual(['boats'])
    expect(units['event when']).toEqual([])
  })

  test('D9 each operation names the refusals it gives, and no other', () => {
    /** A source whose reading is gone between two looks, a record that somebody holds; only a race gives it. */
    const races = [
      'settlePassage source_unread',
      'settleCitation source_unread',
      'raiseLevel record_busy',
      'answerLowering record_busy',
    ]
    for (const [name, { refusals: named, method }] of Object.entries(OPERATIONS)) {
      const tried = Object.keys(CASES[name as Name].refused)
      expect([name, [...named].filter((one) => !races.includes(`${name} ${one}`)).sort()]).toEqual([
        name,
        tried.sort(),
      ])
      const every = method === 'GET' ? EVERY_REFUSAL : [...EVERY_REFUSAL, ...EVERY_WRITE_REFUSAL]
      expect(named.filter((one) => every.includes(one as never))).toEqual([])
    }
  })

  test('D9 becomeOrganisation: done, and answered as the contract says; nobody works here alone any more', async () => {
    await mustBeDone(last)
    expect((await server.ask('house')).code).toBe('signed_out')
  })
})
