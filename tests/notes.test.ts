import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readAgain } from '../src/sources/read-again.ts'
import { readOriginalBytes } from '../src/sources/read-original.ts'
import { asActor } from '../src/storage/database.ts'
import { originalPath } from '../src/storage/originals.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { somebody } from './people.ts'
import { type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const LONG = Array.from({ length: 70 }, (_, n) => `the ${n}th word of a long order`).join(' ')

describe('what is typed here', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let server: TestServer
  const params = { slug: 'harbour' }
  beforeAll(async () => {
    workspace = await testWorkspace()
    server = await testServer(workspace)
    await server.done('openDossier', { body: { slug: params.slug } })
  })
  afterAll(async () => {
    await server?.close()
    await workspace?.close()
  })

  const finish = (body: object) =>
    server.done('finishNote', {
      params,
      body: {
        title: 'Untitled',
        date: '2021-05-04',
        publisher: { name: 'Us', group: 'ours' },
        provenance: {},
        labels: {},
        draft: null,
        ...body,
      },
    })
  const page = (id: string | null) => server.done('sourcePage', { params: { id: id ?? '' } })
  const take = async (fileName: string, text: string, facts: object = {}) => {
    const { results } = await server.done('takeIn', {
      params,
      body: { files: [{ fileName, base64: base64(text), facts }] },
    })
    return results[0]?.source ?? ''
  }
  const code = (items: object[]) => server.done('code', { params, body: { items } })
  const quote = (exact: string, source: string) => ({
    source,
    selector: [{ type: 'TextQuoteSelector', exact }],
  })

  test('S7 an interview: turns have a place and a speaker of their own, also when it is read again', async () => {
    const note = {
      template: 'interview',
      occasion: 'A visit to the harbour',
      place: 'Port Sample',
      turns: [
        { speaker: ' Interviewer', text: 'What did you see?' },
        { speaker: 'Ms A', text: 'Smoke. 🔥 Then the boats.\n\nNobody came.' },
        { speaker: 'Interviewer', text: 'What did you see?' },
        { speaker: 'Ms A', text: 'Nothing else. \u0065\u0301t\u0065\u0301' },
      ],
    }
    const labels = { occasion: 'Occasion', place: 'Place' }
    const taken = await finish({ title: 'Talk at the harbour', note, labels })
    const { reading, source } = await page(taken.source)
    expect(reading?.text).toBe(
      'Talk at the harbour\n\nOccasion: A visit to the harbour\n\nPlace: Port Sample\n\nInterviewer: What did you see?\n\n' +
        'Ms A: Smoke. 🔥 Then the boats.\n\nNobody came.\n\nInterviewer: What did you see?\n\nMs A: Nothing else. été\n',
    )
    const slice = (start: number, end: number) => [...(reading?.text ?? '')].slice(start, end).join('')
    const spoken = reading?.turns.map(({ start, end, speaker }) => [speaker, slice(start, end)])
    expect(spoken).toEqual([
      ['Interviewer', 'What did you see?'],
      ['Ms A', 'Smoke. 🔥 Then the boats.\n\nNobody came.'],
      ['Interviewer', 'What did you see?'],
      ['Ms A', 'Nothing else. été'],
    ])
    expect(source.kind).toBe('interview record')
    expect(source.note?.fields).toMatchObject({ occasion: 'A visit to the harbour', present: '' })
    await server.done('readAgain', { params: { id: source.id } })
    expect((await page(source.id)).reading?.turns).toEqual(reading?.turns)
    // The words of a turn can be cited, and its speaker coded: one person for all turns.
    const said = (id: string, exact: string) => ({
      id,
      target: quote(exact, source.id),
      body: {
        type: 'Statement',
        kind: 'testimony',
        speakers: [
          { own: true, act: 'reports' },
          { name: 'Ms A', group: 'witness' },
        ],
      },
    })
    expect(await code([said('T1', 'Then the boats.'), said('T2', 'Nothing else.')])).toMatchObject({
      added: 2,
      refused: 0,
    })
    const speakers = (await page(source.id)).statements.map(({ chain }) => chain[1]?.speakers[0]?.matter)
    expect(new Set(speakers).size).toBe(1)
  })

  test('S7 an incident keeps its eight fields; its text is an original with its SHA-256, and finishing twice is one source', async () => {
    const fields = {
      what: 'Boats burnt.',
      when: 'At night.',
      where: 'The quay.',
      harmed: 'Two owners.',
      by: 'Unknown men.',
      known: 'A call.',
      risk: 'They may return.',
      next: 'Visit.',
    }
    const labels = Object.fromEntries(Object.keys(fields).map((name) => [name, name.toUpperCase()]))
    const body = { title: 'Fire', note: { template: 'incident', ...fields }, labels }
    const [first, again] = [await finish(body), await finish(body)]
    const at = await Promise.all([
      finish({ ...body, title: 'At once' }),
      finish({ ...body, title: 'At once' }),
    ])
    expect([first.outcome, again.outcome, again.source]).toEqual(['added', 'there already', first.source])
    expect(at.map(({ outcome }) => outcome).sort()).toEqual(['added', 'there already'])
    expect(at[0]?.source).toBe(at[1]?.source)
    const text = `Fire\n\n${Object.entries(fields)
      .map(([name, value]) => `${name.toUpperCase()}: ${value}`)
      .join('\n\n')}\n`
    const sha256 = createHash('sha256').update(text).digest('hex')
    expect(readFileSync(originalPath(workspace.folder, sha256), 'utf8')).toBe(text)
    const { source, reading } = await page(first.source)
    expect(source).toMatchObject({
      sha256,
      kind: 'incident',
      title: 'Fire',
      publisher: 'Us',
      note: { template: 'incident', fields },
    })
    expect(reading?.sentences.length).toBeGreaterThanOrEqual(9)
    for (const empty of [
      { title: ' ', note: { template: 'note', text: 'x' } },
      { note: { template: 'interview', turns: [] } },
    ])
      expect(
        (
          await server.ask('finishNote', {
            params,
            body: { ...body, date: null, publisher: null, provenance: {}, draft: null, ...empty },
          })
        ).code,
      ).toBe('note_empty')
  })

  test('S6 a draft is its own author’s, goes when it is finished, and does not come back', async () => {
    const draft = await server.done('saveDraft', { body: { id: null, body: { text: 'Half a sentence' } } })
    const { organisation, roles } = workspace.actor
    const somebodyElse = await somebody(workspace, { organisation, roles })
    const other = await testServer(workspace, { actor: somebodyElse })
    expect((await other.done('listDrafts')).drafts).toEqual([])
    expect((await other.ask('saveDraft', { body: { id: draft.id, body: { text: 'mine now' } } })).code).toBe(
      'draft_unknown',
    )
    await other.done('dropDraft', { body: { id: draft.id } })
    await other.close()
    // The server is another one now, as after a closed browser and a new start.
    const later = await testServer(workspace)
    expect((await later.done('listDrafts')).drafts).toEqual([draft])
    await later.close()
    await finish({
      title: 'Finished',
      note: { template: 'note', text: 'A whole sentence.' },
      draft: draft.id,
    })
    expect((await server.done('listDrafts')).drafts).toEqual([])
    expect((await server.ask('saveDraft', { body: { id: draft.id, body: {} } })).code).toBe('draft_unknown')
  })

  test('S6 two windows on one draft: the second is told, and what the first typed stays', async () => {
    const { id, savedAt } = await server.done('saveDraft', { body: { id: null, body: { text: 'a' } } })
    const save = (text: string, since?: string) =>
      server.ask('saveDraft', { body: { id, body: { text }, since } })
    const both = await Promise.all(['first window', 'second window'].map((text) => save(text, savedAt)))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.code).toBe('changed_meanwhile')
    const won = both.find(({ status }) => status === 200)?.body as { savedAt: string; body: { text: string } }
    expect((await server.done('listDrafts')).drafts.find((one) => one.id === id)?.body).toEqual(won.body)
    // The same save sent again is no conflict; the next one continues it.
    expect((await save(won.body.text, savedAt)).status).toBe(200)
    expect((await save('and on', won.savedAt)).status).toBe(200)
  })

  test('S9 the same bytes taken in by two at once are one source', async () => {
    const both = await Promise.all([take('twin.txt', 'Twins.\n'), take('twin.txt', 'Twins.\n')])
    expect(both[0]).toBe(both[1])
    const opened = await Promise.all(
      ['x', 'y'].map(() => server.done('openDossier', { body: { slug: 'opened-by-two' } })),
    )
    expect(opened[0]?.id).toBe(opened[1]?.id)
  })

  test('S2 provenance is kept whole, shows wherever a source is cited, and a wrong date or member is refused', async () => {
    const provenance = {
      outlet: 'The Port Weekly',
      occasion: 'A press visit',
      obtained: 'By post',
      suppliedByParty: true,
      suppliedBy: 'The port authority',
      rights: 'All rights reserved',
      credit: 'A photographer',
      licence: 'CC BY 4.0',
      interest: 'Owns the quay',
      independence: 'Paid for by the port authority',
      url: 'https://port.example/1',
    }
    const id = await take('paid.txt', 'The quay was safe, the weekly wrote.\n', {
      provenance,
      date: '2021-05',
      kind: 'article',
    })
    const body = { type: 'Statement', kind: 'report', speakers: [{ own: true }] }
    await code([{ id: 'PV1', target: quote('The quay was safe', id), body }])
    const shown = await page(id)
    expect(shown.source.provenance).toEqual(provenance)
    const noted = provenance.independence
    expect([shown.source.independence, shown.statements[0]?.source.independence]).toEqual([noted, noted])
    expect((await server.done('search', { query: { q: 'quay safe weekly' } })).hits[0]?.independence).toBe(
      noted,
    )
    expect((await server.done('record', { params: { id: 'PV1' } })).source?.independence).toBe(noted)
    for (const facts of [{ date: 'last May' }, { provenance: { owner: 'x' } }, { publisher: { name: '' } }]) {
      const files = [{ fileName: 'x.txt', base64: base64('x'), facts }]
      expect((await server.ask('takeIn', { params, body: { files } })).code).toBe('request_unreadable')
      expect((await server.ask('describeSource', { params: { id }, body: facts })).code).toBe(
        'request_unreadable',
      )
    }
  })

  test('S3 a file name that leads elsewhere is refused for itself, and the rest goes on', async () => {
    const names = [
      '../../etc/passwd',
      '/etc/passwd',
      'a/../../b.txt',
      'C:\\b.txt',
      '..\\b.txt',
      'a\u0000.txt',
      'fine/below.txt',
    ]
    const files = names.map((fileName, n) => ({ fileName, base64: base64(`Named ${n}.`) }))
    const { results } = await server.done('takeIn', { params, body: { files } })
    expect(results.map(({ outcome, code: why }) => why ?? outcome)).toEqual([
      ...names.slice(1).map(() => 'path_leaves_folder'),
      'added',
    ])
  })

  test('L3 two people editing one record: the second is refused with 409 and nothing of the first is lost', async () => {
    const id = await take('both.txt', 'Both edit this.\n')
    const { revision } = (await page(id)).source
    const edit = (title: string) =>
      server.ask('describeSource', { params: { id }, body: { title, revision } })
    const outcomes = await Promise.all([edit('One title'), edit('Other title')])
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(outcomes.find(({ status }) => status === 409)?.code).toBe('changed_meanwhile')
    expect((await edit('Third title')).status).toBe(409)
    const winner = outcomes[0]?.status === 200 ? 'One title' : 'Other title'
    expect((await page(id)).source.title).toBe(winner)
    await server.done('code', {
      params,
      body: { matters: [{ key: 'quay', kind: 'place', name: 'Quay' }], items: [] },
    })
    const [quay] = (await server.done('mattersLike', { query: { typed: 'quay' } })).matters
    const shown = await server.done('matterPage', { params: { id: quay?.id ?? '' } })
    const name = (to: string) =>
      server.ask('describeMatter', {
        params: { id: shown.matter.id },
        body: { name: to, revision: shown.matter.revision },
      })
    const named = await Promise.all([name('Old quay'), name('New quay')])
    expect(named.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('P4 a new reading: what moved and what was lost waits on the Desk until a person settles each', async () => {
    const id = await take(
      'log.txt',
      'One boat left early.\n\nTwo boats came back.\n\nThree men waited.\n\nFour left.\n',
    )
    const body = { type: 'Statement', kind: 'report', speakers: [{ own: true }] }
    await code(
      ['Two boats', 'left early', 'Three men waited'].map((exact, n) => ({
        id: `Q${n}`,
        target: quote(exact, id),
        body,
      })),
    )
    const read = async (text: string) => {
      const { reading } = await readOriginalBytes(new TextEncoder().encode(text), { fileName: 'log.txt' })
      return asActor(workspace.database, workspace.actor, (tx) => readAgain(tx, id, reading))
    }
    const text =
      'A line more.\n\nOne boat went out early.\n\nTwo boats came back.\n\nFive women waited.\n\nFour left.\n'
    expect((await read(text)).passages).toEqual({ intact: 0, moved: 1, lost: 2 })
    const waiting = async () =>
      (await server.done('desk', { params })).unsettled.filter(({ source }) => source.id === id)
    const before = await waiting()
    expect(before.map(({ state }) => state).sort()).toEqual(['lost', 'lost', 'moved'])
    // Another reading of the same words answers nothing: the one that moved waits still.
    await read(text)
    expect((await waiting()).map(({ state }) => state).sort()).toEqual(['lost', 'lost', 'moved'])
    const of = (exact: string) => before.find((one) => one.exact === exact)?.id ?? ''
    const settle = (passage: string, answer: object) =>
      server.done('settlePassage', { params: { id: passage }, body: { answer, reason: 'Seen in the log.' } })
    expect((await settle(of('Two boats'), { as: 'found' })).state).toBe('intact')
    expect((await settle(of('left early'), { as: 'words', exact: 'went out early' })).state).toBe('intact')
    expect((await settle(of('Three men waited'), { as: 'gone' })).state).toBe('lost')
    expect(await waiting()).toEqual([])
    const passages = (await page(id)).passages.map(({ exact, state }) => [exact, state])
    expect(passages).toEqual([
      ['went out early', 'intact'],
      ['Two boats', 'intact'],
      ['Three men waited', 'lost'],
    ])
    const history = (await server.done('record', { params: { id: of('left early') } })).history.at(-1)
    expect(history?.why).toBe('settled a passage: Seen in the log.')
    // Over HTTP the original itself is read again: its words are back where they stood, and nobody guesses.
    const again = await server.done('readAgain', { params: { id } })
    expect(again.passages).toEqual({ intact: 1, moved: 1, lost: 1 })
    expect((await waiting()).map(({ exact, state }) => [exact, state])).toEqual(
      expect.arrayContaining([
        ['Two boats', 'moved'],
        ['went out early', 'lost'],
      ]),
    )
  })

  test('S8 a long quotation asks for its document, until it is taken in or somebody says that none is missing', async () => {
    const id = await take(
      'letter.txt',
      `The minister ordered: “${LONG}.” So it was.\n\nHe said: “${LONG}, again.” And left.\n\nA short order of 2 May is cited here.\n`,
    )
    const cited = async () =>
      (await server.done('desk', { params })).cited.filter(({ source }) => source.id === id)
    const remark = { type: 'Remark', remark: 'cited-not-held', text: 'Ask for the order of 2 May' }
    await code([{ id: 'CN1', target: quote('order of 2 May', id), body: remark }])
    const waiting = await cited()
    expect(waiting.map(({ asked }) => asked)).toEqual([null, null, 'Ask for the order of 2 May'])
    const settle = (n: number, heldIn: string | null, reason: string) =>
      server.ask('settleCitation', {
        body: { source: id, start: waiting[n]?.start, end: waiting[n]?.end, heldIn, reason },
      })
    const order = await take('order.txt', `ORDER\n\n${LONG}.\n`)
    const may = await take('order-2-may.txt', 'ORDER No. 7\n\nKeep the quay clear.\n')
    expect((await settle(0, null, ' ')).code).toBe('reason_missing')
    expect((await settle(0, 'src_none', 'x')).code).toBe('source_unknown')
    // The quoted words stand in it, so no reason is needed; where they do not, one is.
    expect((await settle(0, order, '')).status).toBe(200)
    expect((await settle(2, may, '')).code).toBe('reason_missing')
    expect((await settle(2, may, 'It is the order of that day.')).status).toBe(200)
    expect((await settle(1, null, 'They quote themselves.')).status).toBe(200)
    expect(await cited()).toEqual([])
    expect((await settle(1, null, 'Once more.')).code).toBe('citation_unknown')
    const sha256 = (await page(order)).source.sha256
    const remarks = (await page(id)).remarks.map(({ label, text }) => [label, text])
    expect(remarks).toEqual(
      expect.arrayContaining([
        ['duplicate', null],
        ['credit', 'They quote themselves.'],
      ]),
    )
    const held = (await page(id)).remarks.find(({ label, text }) => label === 'duplicate' && text === null)
    expect((await server.done('record', { params: { id: held?.id ?? '' } })).body).toMatchObject({
      duplicateOf: `sha256:${sha256}`,
    })
  })

  test('N3 a huge coding file over HTTP: every good item is recorded, and the record verifies', async () => {
    const lines = Array.from({ length: 1000 }, (_, n) => `Line ${n} tells of boat ${n}.`)
    const id = await take('huge.txt', `${lines.join('\n\n')}\n`)
    const items = lines.map((exact, n) => ({
      id: `HU${n}`,
      target: quote(exact, id),
      body: {
        type: 'Statement',
        kind: 'report',
        speakers: [{ own: true }],
        about: [{ matter: 'fleet', aspect: 'boats', asStated: exact, value: exact }],
        note: 'x'.repeat(1000),
      },
    }))
    const matters = [{ key: 'fleet', kind: 'object', name: 'Fleet' }]
    const outcome = await server.done('code', { params, body: { matters, items } })
    expect({ ...outcome, items: [] }).toMatchObject({ added: 1000, refused: 0 })
    expect(await server.done('code', { params, body: { matters, items } })).toMatchObject({
      added: 0,
      unchanged: 1000,
    })
    const { matters: listed } = await server.done('listMatters', { params })
    expect(listed.find(({ name }) => name === 'Fleet')).toMatchObject({ statements: 1000, sources: 1 })
    expect(await server.done('verify')).toMatchObject({ state: 'intact', altered: [] })
  })

  test('N1 two people who code at once: one waits or is told to repeat, and neither is half recorded', async () => {
    await take('harbour.txt', A_TEXT)
    const both = await Promise.all([1, 2].map(() => server.ask('code', { params, body: A_CODING_FILE })))
    for (const { status } of both) expect([200, 409]).toContain(status)
    expect(both.some(({ status }) => status === 200)).toBe(true)
    expect(await server.done('code', { params, body: A_CODING_FILE })).toMatchObject({
      added: 0,
      unchanged: 4,
    })
  })
})
