import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PlanNote, RisksNote } from '../src/sources/note.ts'
import { labelOf } from '../src/vocabularies/vocabulary.ts'
import { type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

describe('before anything is collected', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let server: TestServer
  const params = { slug: 'harbour' }

  beforeAll(async () => {
    workspace = await testWorkspace()
    server = await testServer(workspace)
    await server.done('openDossier', { body: params })
  })
  afterAll(async () => {
    await server?.close()
    await workspace?.close()
  })

  const prepared = async () => (await server.done('desk', { params })).preparation
  const take = (fileName: string) =>
    server.done('takeIn', {
      params,
      body: { files: [{ fileName, base64: Buffer.from(`${fileName} burnt.\n`).toString('base64') }] },
    })
  const finish = (title: string, note: object, labels: Record<string, string> = {}) =>
    server.done('finishNote', {
      params,
      body: { title, note, date: null, publisher: null, provenance: {}, labels, draft: null },
    })

  test('S33 the Desk says that plan and security assessment are missing, and since when both are there', async () => {
    expect(await prepared()).toEqual({ plan: null, risks: null, before: 0 })
    await take('one.txt')
    expect(await prepared()).toEqual({ plan: null, risks: null, before: 1 })
    const plan = await finish('What became of the boats', {
      template: 'plan',
      question: 'Who burnt them?',
      stop: 'When a witness is threatened.',
    })
    await take('two.txt')
    expect(await prepared()).toMatchObject({
      plan: { source: { id: plan.source, title: 'What became of the boats' } },
      risks: null,
      before: 2,
    })
    const risks = await finish('Risks at the harbour', { template: 'risks', talkers: 'They are watched.' })
    await take('three.txt')
    const both = await prepared()
    expect(both).toMatchObject({
      plan: { source: { id: plan.source } },
      risks: { source: { id: risks.source } },
    })
    // What came afterwards does not count; a later plan does not make the first one younger.
    expect(both.before).toBe(2)
    await finish('A second plan', { template: 'plan', question: 'And who gave the order?' })
    expect(await prepared()).toEqual(both)
  })

  test('S33 both are frozen as originals, with the labels of the language they were typed in', async () => {
    const labels = (list: string, shape: object) =>
      Object.fromEntries(
        Object.keys(shape)
          .filter((field) => field !== 'template')
          .map((field) => [field, labelOf(list, field, 'kk')]),
      )
    const note = { template: 'risks', talkers: 'Оларды бақылайды.', review: '2021-06' }
    const { source } = await finish('Қауіп', note, labels('risk-fields', RisksNote.shape))
    const { source: about, reading } = await server.done('sourcePage', { params: { id: source ?? '' } })
    expect(about).toMatchObject({ kind: 'security assessment', note: { template: 'risks' } })
    expect(reading?.text).toBe(
      `Қауіп\n\n${labelOf('risk-fields', 'talkers', 'kk')}: Оларды бақылайды.\n\n${labelOf('risk-fields', 'review', 'kk')}: 2021-06\n`,
    )
    expect(
      Object.values(labels('plan-fields', PlanNote.shape)).every((one) => /[әіңғүұқөһ]/i.test(one)),
    ).toBe(true)
    const empty = { title: 'Nothing', note: { template: 'plan' } }
    const refused = await server.ask('finishNote', {
      params,
      body: { ...empty, date: null, publisher: null, provenance: {}, labels: {}, draft: null },
    })
    expect(refused.code).toBe('note_empty')
  })
})
