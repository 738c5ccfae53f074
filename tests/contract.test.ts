import { createHash } from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EVERY_REFUSAL, EVERY_WRITE_REFUSAL } from '../src/foundation/operation.ts'
import { OPERATIONS, type Operations } from '../src/publication/contract.ts'
import { readAgain } from '../src/sources/read-again.ts'
import { readOriginalBytes } from '../src/sources/read-original.ts'
import { asActor } from '../src/storage/database.ts'
import { originalPath } from '../src/storage/originals.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { somebody } from './people.ts'
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
  let n = 0
  const next = () => {
    n += 1
    return n
  }

  beforeAll(async () => {
    workspace = await testWorkspace()
    server = await testServer(workspace)
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

  const CASES: { readonly [One in Name]: Case } = {
    house: { done: nothing, refused: {} },
    listDossiers: { done: nothing, refused: {} },
    openDossier: {
      done: () => ({ body: { slug: 'another-one', title: 'Another' } }),
      refused: { slug_unreadable: () => ({ body: { slug: 'No Such' } }) },
    },
    listSources: { done: inDossier, refused: { dossier_unknown: noDossier() } },
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
    record: {
      done: () => ({ params: { id: 'H1' } }),
      refused: { not_there: () => ({ params: { id: 'nothing' } }) },
    },
  }
  async function aCase(): Promise<string> {
    const body = { dossier: known.dossier, title: 'Case', reason: 'Somebody spoke to us.' }
    return (await server.done('openCase', { body })).id
  }
  async function colleague(): Promise<string> {
    const { organisation } = workspace.actor
    return (await somebody(workspace, { organisation, roles: ['monitor'] })).person
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

  test.each(Object.keys(CASES) as Name[])('D9 %s: done, and answered as the contract says', async (name) => {
    const { status, body } = await server.ask(name, await CASES[name].done())
    expect([status, body]).toEqual([200, expect.anything()])
    const parsed = OPERATIONS[name].answer.parse(body)
    // Nothing more than the contract names either.
    expect(parsed).toEqual(body)
  })

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
    /** A source whose reading is gone between two looks; only a race gives it. */
    const races = ['settlePassage source_unread', 'settleCitation source_unread']
    for (const [name, { refusals: named }] of Object.entries(OPERATIONS)) {
      const tried = Object.keys(CASES[name as Name].refused)
      expect([name, [...named].filter((one) => !races.includes(`${name} ${one}`)).sort()]).toEqual([
        name,
        tried.sort(),
      ])
      expect(
        named.filter((one) => [...EVERY_REFUSAL, ...EVERY_WRITE_REFUSAL].includes(one as never)),
      ).toEqual([])
    }
  })
})
