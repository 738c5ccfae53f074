import { Agent } from 'node:http'
import { OPERATIONS, type Operations } from '../../src/publication/contract.ts'
import { askedAbout } from '../asked.ts'
import { type Answer, request } from '../served.ts'
import type { Browser } from './browsers.ts'
import {
  type Asker,
  AUDITORS,
  type OneRole,
  type Outcome,
  outcomesShown,
  PLACES,
  type PlaceOf,
  SHOWN,
  type Shown,
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
  /** How a browser's request comes. */
  readonly shown?: Shown
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
/** Connections are kept: opening one costs as much as some questions do. */
const LINES = new Agent({ keepAlive: true })
const NAMES = Object.keys(OPERATIONS) as (keyof Operations)[]

/** All questions there are: every way, by everybody, about things in every place that makes a difference to it. */
export function allCells({ askers }: World): Cell[] {
  const ways = [...NAMES, ...Object.keys(OTHER_WAYS)]
  return ways.flatMap((way) =>
    placesOf(way).flatMap((place) =>
      askers.filter(({ role }) => differs(way, role)).map((asker): Cell => ({ way, asker, place })),
    ),
  )
}

/**
 * The same at browsers: whoever has a live session about things in every place; one that lacks its proof where a proof is
 * asked for; one that is over, idle, revoked or of nobody who works here any more about a thing that all of us may see.
 * And each way once more as a page elsewhere would go it.
 */
export function cookieCells(browsers: readonly Browser[]): Cell[] {
  const ways = [...NAMES, ...Object.keys(OTHER_WAYS)]
  const alive = browsers.filter(({ live, member, proved }) => live && member && proved)
  const unproved = browsers.filter(({ proved }) => !proved)
  const gone = browsers.filter(({ live, member }) => !live || !member)
  const editor = alive.filter(({ role, on }) => role === 'editor' && on)
  return ways.flatMap((way) => [
    ...[...alive, ...(wayOf(way).proof ? unproved : [])]
      .filter(({ role }) => differs(way, role))
      .flatMap((asker) => placesOf(way).map((place): Cell => ({ way, asker, place }))),
    ...gone
      .filter(({ role }) => differs(way, role))
      .map((asker): Cell => ({ way, asker, place: 'organisation' })),
    ...editor.flatMap((asker) =>
      SHOWN.slice(1).map((shown): Cell => ({ way, asker, place: 'organisation', shown })),
    ),
  ])
}

/** Where nobody is asked who they are, one role stands for all: a sign-in reckons a hash for a quarter of a second. */
function differs(way: string, role: OneRole): boolean {
  return wayOf(way).who !== 'ANYBODY' || role === 'editor'
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
export async function ask(world: World, port: number, cell: Cell): Promise<Fault[]> {
  const { way, asker, place } = cell
  const ground = world.ground(place)
  const given = askedAbout(ground.ids)
  const operation = OPERATIONS[way as keyof Operations]
  const asked = operation ? given[way as keyof Operations]() : {}
  const method = operation?.method ?? 'GET'
  const answer = await request(port, addressOf(way, asked, ground.ids), {
    method,
    agent: LINES,
    headers: {
      Host: `localhost:${port}`,
      ...shownBy(world, cell),
      ...(place === 'case' ? { 'Rapporteur-Case': ground.caseId ?? '' } : {}),
      ...(method === 'POST' ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(method === 'POST' ? { body: JSON.stringify(asked.body ?? {}) } : {}),
  })
  const named = `${way} by ${nameOf(asker)} in ${place}${cell.shown ? `, ${cell.shown}` : ''}`
  const { shown = 'by a page' } = cell
  const expected = outcomesShown(asker, place, wayOf(way), { shown, writes: method === 'POST' })
  const became = outcomeIn(answer)
  const faults: Fault[] = leaksIn(world, {
    answer,
    asker,
    place,
    way,
    asked: JSON.stringify([asked, ground.ids]),
  }).map((what): Fault => ({ kind: 'leak', cell: named, what }))
  if (became === 'failed' || !expected.includes(became)) {
    const kind = became === 'failed' ? 'failed' : expected.includes('done') ? 'wrong refusal' : 'wrongly done'
    const what = `${became} instead of ${expected.join(' or ')}: ${answer.text.slice(0, 160)}`
    faults.push({ kind, cell: named, what })
  }
  return faults
}

/** What the request shows of whoever asks, and of where it comes from. */
function shownBy({ askers, cookie }: World, { asker, shown = 'by a page' }: Cell): Record<string, string> {
  const { pass } = asker.actor
  if (asker.by === 'token' || shown === 'cookie as token') return { Authorization: `Bearer ${pass}` }
  const token = askers.find(({ actor, live }) => live && actor.person === asker.actor.person)?.actor.pass
  const mine = { Cookie: `${cookie}=${shown === 'token as cookie' ? token : pass}` }
  if (shown === 'from nowhere') return mine
  if (shown === 'foreign origin') return { ...mine, Origin: 'https://elsewhere.example' }
  const site = { 'cross-site': 'cross-site', 'typed address': 'none' }[shown as string] ?? 'same-origin'
  return { ...mine, 'Sec-Fetch-Site': site }
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
  if (code === 'prove_again') return 'prove again'
  if (code === 'origin_unknown') return 'foreign'
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

function nameOf({ role, ours, on, member, live, how }: Asker): string {
  return `${ours ? 'our' : 'their'} ${role}${on ? ' on it' : ''}${member ? '' : ', no member any more'}${live ? '' : ', session ended'}${how ? `, at a browser (${how})` : ''}`
}
