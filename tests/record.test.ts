import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mattersByKey, mattersByName } from '../src/matters/matter-store.ts'
import { mergeMatters, splitMatter } from '../src/matters/merge-matters.ts'
import { searchRecord } from '../src/search/search-record.ts'
import { type KnownDossier, openDossier } from '../src/sources/dossier.ts'
import { readAgain } from '../src/sources/read-again.ts'
import { readOriginalBytes } from '../src/sources/read-original.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { checkDossier } from '../src/statements/check-dossier.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { exportCoding } from '../src/statements/export-coding.ts'
import { answerFinding, proposeFinding } from '../src/statements/hold-finding.ts'
import { showRecord } from '../src/statements/show-record.ts'
import { statementsOfDossier } from '../src/statements/statement-store.ts'
import { asActor, readAs, type Tx } from '../src/storage/database.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { somebody } from './people.ts'
import { testWorkspace } from './workspace.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('a record', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let dossier: KnownDossier
  const write = <Result>(work: (tx: Tx) => Promise<Result>) =>
    asActor(workspace.database, workspace.actor, work)
  const read = <Result>(work: (tx: Tx) => Promise<Result>) =>
    readAs(workspace.database, workspace.actor, work)
  const code = (file: object) => write((tx) => applyCoding(tx, dossier, readCodingFile(JSON.stringify(file))))

  beforeAll(async () => {
    workspace = await testWorkspace()
    dossier = await write((tx) => openDossier(tx, 'harbour'))
    await takeIn(workspace, dossier, [{ fileName: 'harbour.txt', bytes: bytes(A_TEXT) }])
    await code(A_CODING_FILE)
  })
  afterAll(() => workspace?.close())

  test('A1 values apart and a value affirmed and denied are conflicts, each by its name', async () => {
    const { conflicts, tensions, speakerless } = await read((tx) => checkDossier(tx, dossier))
    expect(conflicts).toEqual([
      { matter: 'fire-at-port-sample', aspect: 'boats', by: 'values', items: ['H1', 'H3'] },
      { matter: 'fire-at-port-sample', aspect: 'happened', by: 'polarity', items: ['H1', 'H2'] },
    ])
    expect({ tensions, speakerless }).toEqual({ tensions: [], speakerless: [] })
  })

  test('N14 the export declares a matter that nothing speaks of yet, and it is the same record elsewhere', async () => {
    const lighthouse = { key: 'lighthouse', kind: 'object', name: 'Lighthouse', aliases: ['the old light'] }
    await code({ ...A_CODING_FILE, matters: [...A_CODING_FILE.matters, lighthouse] })
    const exported = await read((tx) => exportCoding(tx, dossier))
    expect(exported.matters).toContainEqual(lighthouse)
    expect((await code(exported)).receipt).toBeNull()
  })

  test('N3 bad items are refused by code and the rest goes on', async () => {
    const [first] = A_CODING_FILE.items
    const outcome = await code({
      ...A_CODING_FILE,
      items: [
        { ...first, id: 'B1', body: { type: 'Statement', kind: 'rumour' } },
        { ...first, id: 'B2', body: { type: 'Comment' } },
        {
          ...first,
          id: 'B3',
          target: {
            source: 'harbour.txt',
            selector: [{ type: 'TextQuoteSelector', exact: 'thirteen boats' }],
          },
        },
        {
          ...first,
          id: 'B4',
          target: { source: 'harbour.txt', selector: [{ type: 'TextQuoteSelector', exact: 'boats' }] },
        },
        {
          ...first,
          id: 'B5',
          target: { source: 'other.txt', selector: [{ type: 'TextQuoteSelector', exact: 'boats' }] },
        },
        {
          ...first,
          id: 'B6',
          body: { type: 'Statement', kind: 'report', about: [{ matter: 'nobody', aspect: 'x', value: 'y' }] },
        },
        {
          ...first,
          id: 'B7',
          body: {
            type: 'Statement',
            kind: 'report',
            about: [{ matter: 'fire-at-port-sample', aspect: 'when', value: 'once' }],
          },
        },
        {
          ...first,
          id: 'B8',
          body: {
            type: 'Statement',
            kind: 'report',
            about: [{ matter: 'fire-at-port-sample', aspect: 'boats', value: 'many' }],
          },
        },
        'nothing',
        { ...first, id: 'G1', body: { type: 'Statement', kind: 'opinion' } },
        { ...first, id: 'G1' },
      ],
    })
    expect(outcome.items.map(({ item, outcome: what, code: why }) => [item, what, why])).toEqual([
      ['B1', 'refused', 'item_kind_unknown'],
      ['B2', 'refused', 'item_kind_unknown'],
      ['B3', 'refused', 'nowhere'],
      ['B4', 'refused', 'ambiguous'],
      ['B5', 'refused', 'source_unknown'],
      ['B6', 'refused', 'matter_unknown'],
      ['B7', 'refused', 'date_unreadable'],
      ['B8', 'refused', 'value_unfit'],
      ['item 9', 'refused', 'item_unreadable'],
      ['G1', 'added', undefined],
      ['G1', 'refused', 'item_twice'],
    ])
    expect((await read((tx) => checkDossier(tx, dossier))).speakerless).toEqual(['G1'])
  })

  test('N3 what is wrong with an item is said of the shape that it comes nearest to', async () => {
    const { items: _, ...head } = A_CODING_FILE
    const [first] = A_CODING_FILE.items
    const about = { matter: 'fire-at-port-sample', aspect: 'boats' }
    const wrong = [
      { speakers: [{ name: 'Harbour master', group: 'state', for: 'The port' }] },
      { speakers: [{ name: 'Harbour master', rank: 'captain' }] },
      { speakers: [{ own: 'yes' }] },
      { about: [{ ...about, value: { share: 'half' } }] },
      { about: [{ ...about, value: { lower: 2, most: 3 } }] },
    ]
    const outcome = await code({
      ...head,
      items: wrong.map((body, n) => ({
        ...first,
        id: `W${n}`,
        body: { type: 'Statement', kind: 'report', ...body },
      })),
    })
    expect(outcome.items.map(({ sentence }) => sentence?.replace(/^.*: at body\./, ''))).toEqual([
      'speakers.0.for: Invalid input: expected object, received string.',
      'speakers.0: Unrecognized key: "rank".',
      'speakers.0.own: Invalid input: expected true.',
      'about.0.value.share: Invalid input: expected number, received string.',
      'about.0.value: Unrecognized key: "most".',
    ])
  })

  test('N8 what came out of a folder is meant by its path there, and by its last part where one source has it', async () => {
    const pier = await write((tx) => openDossier(tx, 'pier'))
    await takeIn(workspace, pier, [
      { fileName: 'a/log.txt', bytes: bytes('The first log of the pier.\n') },
      { fileName: 'b/log.txt', bytes: bytes('The second log of the pier.\n') },
      { fileName: 'b/diary.txt', bytes: bytes('The diary of the pier.\n') },
    ])
    const items = ['a/log.txt', 'log.txt', 'diary.txt', 'iary.txt'].map((source, n) => ({
      id: `P${n}`,
      target: { source, selector: { type: 'TextQuoteSelector', exact: 'of the pier' } },
      body: { type: 'Statement', kind: 'report' },
    }))
    const outcome = await write((tx) => applyCoding(tx, pier, readCodingFile(JSON.stringify({ items }))))
    expect(outcome.items.map(({ outcome: what, code: why }) => why ?? what)).toEqual([
      'added',
      'source_ambiguous',
      'added',
      'source_unknown',
    ])
  })

  test('N1 an item without an id is found again by its source, words, kind and speakers', async () => {
    const target = {
      source: 'harbour.txt',
      selector: [{ type: 'TextQuoteSelector', exact: "the port's own log" }],
    }
    const file = {
      items: [
        {
          target,
          body: {
            type: 'Statement',
            kind: 'report',
            speakers: [{ name: 'Port Sample Gazette', group: 'press' }],
          },
        },
      ],
    }
    expect(await code(file)).toMatchObject({ added: 1, refused: 0 })
    expect(await code(file)).toMatchObject({ added: 0, unchanged: 1, receipt: null })
  })

  test('M1 unnamed speakers stay apart, and the same file finds each again', async () => {
    const fishermen = await read((tx) => mattersByName(tx, ['Two fishermen']))
    expect(fishermen.get('Two fishermen')).toMatchObject([{ matter: { named: false, kind: 'body' } }])
    expect(await code(A_CODING_FILE)).toMatchObject({ added: 0, changed: 0, unchanged: 4 })
  })

  test('M2 a merge is undone by a split', async () => {
    const extra = {
      matters: [{ key: 'second-fire', kind: 'event', name: 'Second fire', aliases: [] }],
      items: [],
    }
    await code(extra)
    const ids = await read((tx) => mattersByKey(tx, ['second-fire', 'fire-at-port-sample']))
    const [merged, into] = [ids.get('second-fire')?.id ?? '', ids.get('fire-at-port-sample')?.id ?? '']
    await expect(write((tx) => mergeMatters(tx, { merged, into, reason: ' ' }))).rejects.toMatchObject({
      code: 'reason_missing',
    })
    await write((tx) => mergeMatters(tx, { merged, into, reason: 'One night, one fire.' }))
    await expect(write((tx) => mergeMatters(tx, { merged, into, reason: 'again' }))).rejects.toMatchObject({
      code: 'merged_already',
    })
    await write((tx) => splitMatter(tx, { matter: merged, reason: 'Two nights after all.' }))
    const after = await read((tx) => mattersByKey(tx, ['second-fire']))
    expect(after.get('second-fire')).toMatchObject({ revision: 3, matter: { mergedInto: null } })
  })

  test('S2 the same bytes are one source; S3 what cannot be read is refused and kept', async () => {
    const results = await takeIn(workspace, dossier, [
      { fileName: 'again.txt', bytes: bytes(A_TEXT) },
      { fileName: 'empty.txt', bytes: bytes('') },
      { fileName: 'picture.txt', bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]) },
      { fileName: 'deep.html', bytes: bytes('<div>'.repeat(200_000)) },
      { fileName: 'blank.txt', bytes: bytes(' \n ') },
    ])
    expect(results.map(({ outcome, code: why, source }) => [outcome, why, source !== null])).toEqual([
      ['there already', undefined, true],
      ['refused', 'empty_file', false],
      ['refused', 'binary_content', true],
      ['refused', 'too_deep', true],
      ['refused', 'no_text', true],
    ])
  })

  test('P3 a new reading re-anchors: moved where words shifted, lost where they changed', async () => {
    const [taken] = await takeIn(workspace, dossier, [
      { fileName: 'log.txt', bytes: bytes('One boat left early.\n\nTwo boats came back.\n') },
    ])
    const quote = (exact: string) => ({ source: 'log.txt', selector: [{ type: 'TextQuoteSelector', exact }] })
    const body = { type: 'Statement', kind: 'report', speakers: [{ own: true }] }
    await code({
      items: [
        { id: 'L1', target: quote('Two boats'), body },
        { id: 'L2', target: quote('left early'), body },
      ],
    })
    const { reading } = await readOriginalBytes(
      bytes('A line more.\n\nOne boat left late.\n\nTwo boats came back.\n'),
      { fileName: 'log.txt' },
    )
    const again = await write((tx) => readAgain(tx, taken?.source ?? '', reading))
    expect(again.passages).toEqual({ intact: 0, moved: 1, lost: 1 })
    expect((await read((tx) => checkDossier(tx, dossier))).passages).toMatchObject({ moved: 1, lost: 1 })
    expect((await read((tx) => showRecord(tx, 'L1')))?.words).toMatchObject([
      { exact: 'Two boats', state: 'moved' },
    ])
  })

  test('H1 a finding waits for a second person, and never rests on nothing', async () => {
    const statements = await read((tx) => statementsOfDossier(tx, dossier.id))
    const matter = statements.flatMap(({ statement }) => statement.about)[0]?.matter ?? ''
    const proposed = {
      dossier: dossier.id,
      matter,
      aspect: 'happened',
      proposition: 'Boats were burnt.',
      standard: 'reasonable_grounds_to_believe' as const,
      met: null,
      reasons: 'One claim, one denial.',
      for: [] as string[],
      against: [] as string[],
    }
    await expect(write((tx) => proposeFinding(tx, proposed))).rejects.toMatchObject({
      code: 'finding_without_statements',
    })
    const { id } = await write((tx) => proposeFinding(tx, { ...proposed, for: [statements[0]?.id ?? ''] }))
    await expect(write((tx) => answerFinding(tx, id, { agree: true }))).rejects.toMatchObject({
      code: 'second_reader_is_first',
    })
    const { organisation } = workspace.actor
    const second = await somebody(workspace, { organisation, roles: ['verifier'], name: 'Second Reader' })
    await asActor(workspace.database, second, (tx) => answerFinding(tx, id, { agree: true }))
    expect((await read((tx) => showRecord(tx, id)))?.body).toMatchObject({
      state: 'held',
      secondedBy: second.person,
    })
  })

  test('X1 search finds words by stem, folds what is typed differently, and knows "not" and phrases', async () => {
    const ask = async (typed: string) =>
      (await read((tx) => searchRecord(tx, { typed, kind: 'passage' }))).total
    expect(await ask('boat')).toBe(5)
    expect(await ask('deny')).toBe(1)
    expect(await ask('boats -fishermen')).toBe((await ask('boats')) - 1)
    expect(await ask('"asked not to be named"')).toBe(1)
    expect(await ask('"named be to not asked"')).toBe(0)
    expect(await ask('')).toBe(0)
    expect(await ask("it's \\ : & | ! ( '")).toBeGreaterThanOrEqual(0)
  })

  test('X2 Russian and Kazakh words are found in other forms than they were typed', async () => {
    await takeIn(workspace, dossier, [
      {
        fileName: 'ru.txt',
        bytes: bytes('Двенадцать лодок сгорели в порту. Учёт вели рыбаки, сообщает газета порта.\n'),
      },
      {
        fileName: 'kk.txt',
        bytes: bytes('Порттағы балықшылардың құқықтары бұзылды деп хабарлады қалалық газет тілшісі.\n'),
      },
    ])
    const ask = async (typed: string) =>
      (await read((tx) => searchRecord(tx, { typed }))).hits.map(({ language }) => language)
    expect(await ask('рыбаков')).toContain('ru')
    expect(await ask('учет рыбаки')).toContain('ru')
    expect(await ask('балықшылар')).toContain('kk')
    expect(await ask('құқық')).toContain('kk')
  })
})
