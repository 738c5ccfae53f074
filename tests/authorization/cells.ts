import { OPERATIONS, type Operations } from '../../src/publication/contract.ts'
import { askedAbout } from '../asked.ts'
import { type Answer, request } from '../served.ts'
import {
  type Asker,
  AUDITORS,
  type Outcome,
  outcomesOf,
  PLACES,
  type PlaceOf,
  sees,
  type Way,
} from './oracle.ts'
import { OF_ACCOUNTS, OTHER_WAYS, WAYS } from './rows.ts'
import type { World } from './world.ts'

/** One question: which way, by whom, about what. */
export interface Cell {
  readonly way: string
  readonly asker: World['askers'][number]
  readonly place: PlaceOf
}

/** What went wrong in a cell. */
export interface Fault {
  readonly kind: 'leak' | 'wrong refusal' | 'wrongly done' | 'failed'
  readonly cell: string
  readonly what: string
}

/** Refusals in the words of what is not there. */
const ABSENT = [
  'not_there',
  'case_not_open',
  'interlocutor_unknown',
  'helper_unknown',
  'interview_unknown',
  'task_unknown',
  'dossier_unknown',
  'source_unknown',
  'matter_unknown',
  'passage_unknown',
  'statement_unknown',
  'finding_unknown',
  'draft_unknown',
  'emendation_unknown',
  'person_unknown',
]
const NAMES = Object.keys(OPERATIONS) as (keyof Operations)[]

/** All questions there are: every way, by everybody, about things in every place that makes a difference to it. */
export function allCells({ askers }: World): Cell[] {
  const ways = [...NAMES, ...Object.keys(OTHER_WAYS)]
  return ways.flatMap((way) =>
    placesOf(way).flatMap((place) => askers.map((asker): Cell => ({ way, asker, place }))),
  )
}

function placesOf(way: string): readonly PlaceOf[] {
  return (OF_ACCOUNTS as readonly string[]).includes(way) ? ['organisation'] : PLACES
}

function wayOf(name: string): Way {
  const way = WAYS[name as keyof Operations] ?? OTHER_WAYS[name]
  if (!way) throw new Error(`${name} has no row.`)
  return way
}

/** Ask it, and hold the answer against what the oracle says. */
export async function ask(world: World, port: number, { way, asker, place }: Cell): Promise<Fault[]> {
  const ground = world.ground(place)
  const given = askedAbout(ground.ids)
  const operation = OPERATIONS[way as keyof Operations]
  const asked = operation ? given[way as keyof Operations]() : {}
  const method = operation?.method ?? 'GET'
  const answer = await request(port, addressOf(way, asked, ground.ids), {
    method,
    headers: {
      Host: `localhost:${port}`,
      Authorization: `Bearer ${asker.actor.pass}`,
      ...(place === 'case' ? { 'Rapporteur-Case': ground.caseId ?? '' } : {}),
      ...(method === 'POST' ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(method === 'POST' ? { body: JSON.stringify(asked.body ?? {}) } : {}),
  })
  const cell = `${way} by ${nameOf(asker)} in ${place}`
  const expected = outcomesOf(asker, place, wayOf(way))
  const became = outcomeIn(answer)
  const faults: Fault[] = leaksIn(world, {
    answer,
    asker,
    place,
    way,
    asked: JSON.stringify([asked, ground.ids]),
  }).map((what): Fault => ({ kind: 'leak', cell, what }))
  if (became === 'failed' || !expected.includes(became)) {
    const kind = became === 'failed' ? 'failed' : expected.includes('done') ? 'wrong refusal' : 'wrongly done'
    const what = `${became} instead of ${expected.join(' or ')}: ${answer.text.slice(0, 160)}`
    faults.push({ kind, cell, what })
  }
  return faults
}

function addressOf(
  way: string,
  { params = {}, query = {} }: ReturnType<ReturnType<typeof askedAbout>['house']>,
  ids: World['grounds'][number]['ids'],
): string {
  const operation = OPERATIONS[way as keyof Operations]
  if (!operation) {
    const path = way.split(' ')[1] ?? ''
    return path.replace(':id', ids.source ?? '').replace('*', 'checkpoint')
  }
  const filled = operation.path.replace(/:(\w+)/g, (_, one: string) => encodeURIComponent(params[one] ?? ''))
  const search = new URLSearchParams(
    Object.entries(query).map(([one, value]): [string, string] => [one, String(value)]),
  )
  return `/api${filled}${search.size > 0 ? `?${search}` : ''}`
}

/** Every other refusal comes after both gates: whoever hears it was let in. */
function outcomeIn({ status, text }: Answer): Outcome | 'failed' {
  if (status === 200) return 'done'
  if (status >= 500) return 'failed'
  const code = /"code":"([a-z_]+)"/.exec(text)?.[1] ?? ''
  if (code === 'signed_out' || code === 'key_missing') return 'signed out'
  if (code === 'not_allowed') return 'not allowed'
  return ABSENT.includes(code) ? 'not there' : 'done'
}

function leaksIn(
  { grounds, askers }: World,
  {
    answer,
    asker,
    place,
    way,
    asked,
  }: { answer: Answer; asker: Asker; place: PlaceOf; way: string; asked: string },
): string[] {
  const found: string[] = []
  for (const ground of grounds) {
    const there = ground.place === 'case' && place !== 'case' ? 'case left shut' : ground.place
    if (sees(asker, there)) continue
    // What was opened, taken out or altered is read by its ids: that is what the auditor is there for. Never by its words.
    const ids = asker.ours && audits(asker, way) ? [] : idsOf(ground.ids)
    const marks = [ground.word, ...ids].filter((mark) => !asked.includes(mark))
    for (const mark of marks) if (answer.text.includes(mark)) found.push(`${ground.place}: ${mark}`)
  }
  if (!asker.ours || !asker.live || !asker.member)
    for (const one of askers.filter(({ ours }) => ours))
      if (answer.text.includes(one.actor.person) && !asked.includes(one.actor.person))
        found.push(`a person: ${one.actor.person}`)
  return found
}

function audits({ role }: Asker, way: string): boolean {
  return way === 'audit' || (way === 'verify' && AUDITORS.includes(role))
}

/** Ids of records; whose dossier's own is known where the dossier is, and people by their id to their colleagues. */
function idsOf(ids: World['grounds'][number]['ids']): string[] {
  const { me: _, member: __, dossier: ___, case: ____, slug: _____, ...rest } = ids
  return Object.values(rest).filter((one): one is string => one !== undefined && one !== '')
}

function nameOf({ role, ours, on, member, live }: Asker): string {
  return `${ours ? 'our' : 'their'} ${role}${on ? ' on it' : ''}${member ? '' : ', no member any more'}${live ? '' : ', session ended'}`
}
