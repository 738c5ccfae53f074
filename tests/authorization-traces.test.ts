import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../src/foundation/ids.ts'
import { change } from '../src/ledger/change.ts'
import { settle } from '../src/ledger/settle.ts'
import type { Actor } from '../src/protection/actor.ts'
import { OPERATIONS, type Operations } from '../src/publication/contract.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { tagKind } from '../src/statements/statement-kinds.ts'
import { asActor } from '../src/storage/database.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { askedAbout } from './asked.ts'
import { WAYS } from './authorization/rows.ts'
import { type Ground, makeGround } from './authorization/world.ts'
import { somebody } from './people.ts'
import { type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

/** What says how far the ledger reaches, which is known to everybody who works here. */
const OF_THE_LEDGER = ['ledger', 'verify']
/** Members that say where the ledger stands, or when somebody was asked. */
const MOVES = /^(ledger|receipt|index|milliseconds|savedAt)$/

let workspace: Awaited<ReturnType<typeof testWorkspace>>
let outsider: Actor
let server: TestServer
let ours: Ground

beforeAll(async () => {
  workspace = await testWorkspace()
  const { organisation } = workspace.actor
  const roles = ['monitor', 'verifier', 'editor', 'legal'] as const
  outsider = await somebody(workspace, { organisation, roles, name: 'An Outsider' })
  server = await testServer(workspace, { actor: outsider })
  ours = await makeGround(workspace, 'organisation', [])
  // That there is a dossier in which a case is, is no secret.
  await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'ground-case', 'Ground case'))
})
afterAll(async () => {
  await server?.close()
  await workspace?.close()
})

const READING = (Object.keys(OPERATIONS) as (keyof Operations)[]).filter(
  (name) =>
    OPERATIONS[name].method === 'GET' &&
    !OF_THE_LEDGER.includes(name) &&
    ['READS', 'WORKS_HERE'].includes(WAYS[name].who),
)

/** Everything that the outsider is answered about what is theirs to see. */
async function everything(): Promise<Record<string, unknown>> {
  const asked = askedAbout(ours.ids)
  const answers: Record<string, unknown> = {}
  for (const name of READING) answers[name] = without((await server.ask(name, asked[name]())).body)
  for (const typed of ['Ainabat', 'Fire', ours.word, 'boats', 'harbour', 'nets'])
    for (const name of ['search', 'mattersLike'] as const)
      answers[`${name} ${typed}`] = without(
        (await server.ask(name, { query: name === 'search' ? { q: typed } : { typed } })).body,
      )
  for (const id of Object.values(ours.ids))
    answers[`record ${id}`] = without((await server.ask('record', { params: { id: id ?? '' } })).body)
  return answers
}

function without(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(without)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !MOVES.test(name))
      .map(([name, one]) => [name, without(one)]),
  )
}

describe('what is hidden leaves no trace', () => {
  test('P23 P25 whoever is outside is answered to the letter as if what is hidden were not there', async () => {
    const before = await everything()
    expect(JSON.stringify(before)).toContain(ours.word)
    await makeGround(workspace, 'team', [])
    const shut = await makeGround(workspace, 'case', [])
    await pointAtOurs(shut)
    await settle(workspace)
    const after = await everything()
    for (const name of Object.keys(before)) expect([name, after[name]]).toEqual([name, before[name]])
    const all = JSON.stringify(Object.values(after))
    for (const mark of [shut.word, shut.ids.one, shut.ids.matter, 'Ainabat'])
      expect([mark, all.includes(mark ?? '')]).toEqual([mark, false])
  })

  /** From the case into what everybody sees: a statement about our matter, a link, a tag, a merge. */
  async function pointAtOurs({ caseId }: Ground): Promise<void> {
    const mine = await testServer(workspace)
    const opened = caseId
    const params = { slug: ours.ids.slug ?? '' }
    const files = [
      { fileName: 'talk.txt', base64: Buffer.from(`Ainabat told us of nets. ${A_TEXT}`).toString('base64') },
    ]
    await mine.done('takeIn', { params, body: { files }, opened })
    const item = (id: string, matter: string, links: object[]) => ({
      id,
      type: 'Annotation',
      motivation: 'describing',
      target: { source: 'talk.txt', selector: [{ type: 'TextQuoteSelector', exact: 'told us of nets' }] },
      body: {
        type: 'Statement',
        kind: 'testimony',
        polarity: 'denied',
        speakers: [{ name: 'Ainabat', key: 'ainabat', group: 'witness' }],
        about: [{ matter, aspect: 'when', value: '1999-01-01' }],
        ...(links.length > 0 ? { links } : {}),
      },
    })
    const coded = await mine.done('code', {
      params,
      opened,
      body: {
        ...A_CODING_FILE,
        aspects: {},
        matters: [
          { key: 'ainabat', kind: 'person', name: 'Ainabat', aliases: [] },
          { key: 'fire-of-hers', kind: 'event', name: 'Fire of hers', aliases: [] },
        ],
        items: [
          item('W1', 'fire-organisation', [{ rel: 'contradicts', to: 'H1' }]),
          item('W2', 'fire-of-hers', []),
        ],
      },
    })
    expect(coded.items.map(({ outcome }) => outcome)).toEqual(['added', 'added'])
    const found = await mine.done('mattersLike', { query: { typed: 'Fire of hers' }, opened })
    const hers = found.matters[0]?.id ?? ''
    await mine.done('mergeMatters', {
      params: { id: hers },
      body: { into: ours.ids.matter, reason: 'The same fire.' },
      opened,
    })
    await asActor(workspace.database, { ...workspace.actor, cases: [caseId ?? ''] }, (tx) =>
      change(tx, 'tagged', [
        {
          kind: tagKind,
          revision: 0,
          state: {
            id: newId('tag'),
            level: 'organisation',
            case: null,
            body: {
              dossier: ours.ids.dossier ?? '',
              subject: ours.ids.matter ?? '',
              scheme: 'rights',
              term: 'property',
              by: 'x',
            },
          },
        },
      ]),
    )
    // Inside the case all of it is there.
    const inside = await mine.done('matterPage', { params: { id: ours.ids.matter ?? '' }, opened })
    expect(JSON.stringify(inside)).toContain('Ainabat')
    expect(inside.tags.length).toBeGreaterThan(0)
    await mine.close()
  }

  test('P23 what is absent and what is not theirs take the same time', async () => {
    const hidden = (await makeGround(workspace, 'case', [], 'second')).ids
    const ways = [
      ['record', hidden.one ?? ''],
      ['sourcePage', hidden.source ?? ''],
      ['matterPage', hidden.matter ?? ''],
      ['levelOf', hidden.finding ?? ''],
    ] as const
    for (const [name, there] of ways) {
      const times: Record<'forbidden' | 'absent', number[]> = { forbidden: [], absent: [] }
      for (let n = 0; n < 160; n += 1)
        for (const which of n % 2 === 0
          ? (['forbidden', 'absent'] as const)
          : (['absent', 'forbidden'] as const)) {
          const id = which === 'forbidden' ? there : `${there.slice(0, -6)}${String(100000 + n)}`
          const began = performance.now()
          await server.ask(name, { params: { id } })
          if (n >= 10) times[which].push(performance.now() - began)
        }
      const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
      const ratio = middle(times.forbidden) / middle(times.absent)
      // Of one class: what is noise between two runs of the same question is no signal.
      expect([name, ratio > 0.75 && ratio < 1.33 ? 'one class' : ratio]).toEqual([name, 'one class'])
    }
  })
})
