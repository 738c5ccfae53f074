import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { OPERATIONS } from '../src/publication/contract.ts'
import { createApp } from '../src/server/app.ts'
import { alter } from './authorization/alter.ts'
import { atBrowsers, type Browser } from './authorization/browsers.ts'
import { allCells, ask, cookieCells, type Fault } from './authorization/cells.ts'
import { OTHER_WAYS, WAYS } from './authorization/rows.ts'
import { undone } from './authorization/undone.ts'
import { endMemberships, makeWorld, type World } from './authorization/world.ts'
import { type TestServer, testServer } from './served.ts'
import { testWorkspace } from './workspace.ts'

/** One cell in so many is asked with every run; `prove -- authorization` asks them all. */
const ONE_IN = Number(process.env.RAPPORTEUR_CELLS_ONE_IN ?? 29)
/** Of one way alone, for whoever works on it. */
const ONLY = process.env.RAPPORTEUR_CELLS_OF
/** Where the figures go that `prove` prints. */
const FIGURES = process.env.RAPPORTEUR_FIGURES
const figures: Record<string, Record<string, number>> = {}
const WAYS_IN = Object.keys(WAYS).length + Object.keys(OTHER_WAYS).length
/** Questions under way at once. */
const AT_ONCE = 6

let workspace: Awaited<ReturnType<typeof testWorkspace>>
let world: World
let server: TestServer
let browsers: Browser[]

beforeAll(async () => {
  workspace = await testWorkspace()
  world = await makeWorld(workspace)
  await endMemberships(workspace, world)
  browsers = await atBrowsers(workspace, world)
  await alter(workspace, world)
  // What is counted of tries has its salt of the day from the first of them on.
  const once = await testServer(workspace)
  await once.ask('signIn', { body: { login: 'x', password: 'x', code: '000000' } })
  await once.close()
  server = await testServer({ ...workspace, database: undone(workspace.database) })
})
afterAll(async () => {
  if (FIGURES !== undefined) writeFileSync(FIGURES, JSON.stringify(figures))
  await server?.close()
  await workspace?.close()
})

/** What `prove` prints of a round. */
function count(
  round: 'tokens' | 'cookies',
  { cells, since, faults }: { cells: number; since: number; faults: readonly Fault[] },
): void {
  const of = (...kinds: Fault['kind'][]) => faults.filter(({ kind }) => kinds.includes(kind)).length
  figures[round] = {
    cells,
    seconds: (performance.now() - since) / 1000,
    leaks: of('leak'),
    wrongRefusals: of('wrong refusal'),
    wronglyDone: of('wrongly done', 'failed'),
  }
}

/** Ask these, a few at once. */
async function askAll(cells: ReturnType<typeof allCells>, port: number): Promise<Fault[]> {
  const waiting = [...cells]
  const faults: Fault[] = []
  const worker = async () => {
    for (let cell = waiting.pop(); cell; cell = waiting.pop()) faults.push(...(await ask(world, port, cell)))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return faults
}

describe('authorization', () => {
  test('G3 every route of the server has a row, and every row is a route', () => {
    const app = createApp({ ...workspace, sample: false }, { port: 1, key: 'x', pages: new Map() })
    const routes = new Set(
      app.routes
        .filter(({ method, path }) => method !== 'ALL' && path !== '*' && path !== '/*')
        .map(({ method, path }) => `${method} ${path}`),
    )
    const rows = [
      ...Object.keys(WAYS).map((name) => {
        const { method, path } = OPERATIONS[name as keyof typeof OPERATIONS]
        return `${method} /api${path}`
      }),
      ...Object.keys(OTHER_WAYS),
    ]
    expect([...routes].filter((one) => !rows.includes(one))).toEqual([])
    expect(rows.filter((one) => !routes.has(one))).toEqual([])
  })

  test('P21 P33 P34 D12 every way in by the cookie of a browser: live, unproved, idle, over, revoked, of another organisation', async () => {
    const cells = cookieCells(browsers).filter(({ way }) => (ONLY ?? way) === way)
    // Every way is gone by cookie with every run, by somebody live and by somebody whose session is over.
    const firsts = new Map(cells.map((cell) => [`${cell.way} ${cell.asker.live}`, cell]))
    const chosen = new Set([...cells.filter((_, n) => n % ONE_IN === 0), ...firsts.values()])
    expect(new Set([...chosen].map(({ way }) => way)).size).toBe(ONLY ? 1 : WAYS_IN)
    const since = performance.now()
    const faults = await askAll([...chosen], server.port)
    count('cookies', { cells: chosen.size, since, faults })
    expect(faults.slice(0, 40)).toEqual([])
  }, 900_000)

  test('G1 G4 P22 P23 P24 every way in by everybody about everything: nothing leaks and nobody is refused wrongly', async () => {
    const cells = allCells(world)
    const chosen = cells.filter(({ way }, n) => n % ONE_IN === 0 && (ONLY ?? way) === way)
    const since = performance.now()
    const faults = await askAll(chosen, server.port)
    count('tokens', { cells: chosen.length, since, faults })
    expect(faults.slice(0, 40)).toEqual([])
  }, 900_000)

  // The last one here: it opens the second gate for good.
  test('G1 with every policy open, the first gate still shows and changes nothing across organisations', async () => {
    const { owner } = workspace.database
    const { rows } = await owner.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'rapporteur' and tablename not in ('migration', 'session', 'context_key')`,
    )
    for (const { name } of rows)
      await owner.query(`create policy opened on ${name} using (true) with check (true)`)
    const held = async () => {
      const all: Record<string, unknown> = {}
      for (const { name } of rows) {
        // What is counted of tries is the server's own, and so is what its program answers for in the ledger by itself.
        if (/^(attempt|attempt_salt|ledger_.*)$/.test(name)) continue
        // Who tried a login that is nobody's is written down by the organisation whose server it is, and names nobody.
        const named = name === 'sign_in_log' ? 'and (person is not null or about is not null)' : ''
        const found = await owner.query(
          `select md5(string_agg(t::text, '' order by t::text)) as all from ${name} t where organisation = $1 ${named}`,
          [workspace.actor.organisation],
        )
        all[name] = found.rows[0]
      }
      return all
    }
    const before = await held()
    // Nothing is undone any more: what these people could change would be changed.
    const open = await testServer(workspace)
    const theirs = allCells(world).filter(({ asker }) => !asker.ours && asker.live && asker.member)
    const faults = await askAll(
      theirs.filter((_, n) => ONE_IN === 1 || n % 5 === 0),
      open.port,
    )
    await open.close()
    expect(faults.filter(({ kind }) => kind === 'leak')).toEqual([])
    expect(await held()).toEqual(before)
    const [seen] = (
      await owner.query('select count(*)::int as n from pg_policies where policyname = $1', ['opened'])
    ).rows
    expect(seen).toEqual({ n: rows.length })
  }, 600_000)
})
