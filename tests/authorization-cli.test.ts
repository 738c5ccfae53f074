import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Actor } from '../src/protection/actor.ts'
import { A_CODING_FILE } from './a-case.ts'
import { type Asker, outcomesOf, type PlaceOf, sees, type Way } from './authorization/oracle.ts'
import { endMemberships, makeWorld, type World } from './authorization/world.ts'
import { testWorkspace } from './workspace.ts'

const ONE_IN = Number(process.env.RAPPORTEUR_CELLS_ONE_IN ?? 29) === 1 ? 1 : 11
const FIGURES = process.env.RAPPORTEUR_FIGURES
const figures = { cells: 0, leaks: 0, wrongRefusals: 0 }

/** Every command with who may use it on a record; null for what is about this machine and asks nobody. */
const COMMANDS: Readonly<Record<string, Way | null>> = {
  check: { who: 'READS', on: 'dossier' },
  search: { who: 'READS', on: 'nothing' },
  show: { who: 'READS', on: 'record' },
  package: { who: 'EXPORTS', on: 'dossier' },
  // Whoever is at the server's own terminal can read its files anyway; they are shown no content.
  verify: null,
  backup: null,
  read: { who: 'WRITES', on: 'dossier' },
  // Last: a dossier that somebody does not see they make anew under the same name, and from then on have one.
  import: { who: 'WRITES', on: 'dossier' },
  code: { who: 'WRITES', on: 'dossier' },
  start: null,
  restore: null,
  drill: null,
  organisation: null,
  erasures: null,
  doctor: null,
  bench: null,
}
const PLACES: readonly PlaceOf[] = ['organisation', 'team', 'case', 'case left shut']

let workspace: Awaited<ReturnType<typeof testWorkspace>>
let world: World
let folder: string
/** Whoever sits at the command line. */
let actor: Actor

beforeAll(async () => {
  workspace = await testWorkspace()
  world = await makeWorld(workspace)
  await endMemberships(workspace, world)
  folder = mkdtempSync(join(tmpdir(), 'rapporteur-test-'))
  writeFileSync(join(folder, 'paper.txt'), 'A paper that says little.')
  writeFileSync(
    join(folder, 'coding.json'),
    JSON.stringify({ ...A_CODING_FILE, items: [], matters: [], aspects: {} }),
  )
  vi.resetModules()
  vi.doMock('../src/storage/workspace.ts', async (original) => ({
    ...(await original<typeof import('../src/storage/workspace.ts')>()),
    // The record is open already; somebody else sits before it each time.
    openWorkspace: async () => ({ ...workspace, actor, close: async () => undefined }),
  }))
})
afterAll(async () => {
  vi.doUnmock('../src/storage/workspace.ts')
  if (FIGURES !== undefined) writeFileSync(`${FIGURES}.cli`, JSON.stringify(figures))
  if (folder) rmSync(folder, { recursive: true, force: true })
  await workspace?.close()
})

async function run(args: readonly string[]): Promise<{ exit: number; said: string }> {
  const { runCli } = await import('../src/cli/main.ts')
  const said: string[] = []
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0),
  )
  const exit = await runCli(args).finally(() => {
    for (const spy of spies) spy.mockRestore()
  })
  return { exit, said: said.join('') }
}

describe('authorization on the command line', () => {
  test('G3 every command has a row', async () => {
    const { said } = await run(['--help'])
    const listed = [...said.matchAll(/^ {2}([a-z]+) +\S/gm)].map(([, name]) => name ?? '')
    expect(listed.sort()).toEqual(Object.keys(COMMANDS).sort())
  })

  test('G1 P23 every command by everybody about everything: nothing leaks and nobody is refused wrongly', async () => {
    const faults: string[] = []
    const cells = Object.entries(COMMANDS).flatMap(([name, way]) =>
      way === null
        ? []
        : PLACES.flatMap((place) =>
            world.askers.filter(({ ours }) => ours).map((asker) => ({ name, way, place, asker })),
          ),
    )
    const codes = await caseCode()
    for (const { name, way, place, asker } of cells.filter((_, n) => n % ONE_IN === 0)) {
      actor = asker.actor
      const ground = world.ground(place)
      const slug = ground.ids.slug ?? ''
      const given: Record<string, string[]> = {
        import: [join(folder, 'paper.txt'), '--dossier', slug],
        code: [join(folder, 'coding.json'), '--dossier', slug],
        read: ['--dossier', slug],
        check: ['--dossier', slug],
        search: [ground.word],
        show: [ground.ids.one ?? ''],
        package: ['--dossier', slug, '--to', join(folder, 'p.zip')],
      }
      const { exit, said } = await run([
        name,
        ...(given[name] ?? []),
        ...(place === 'case' ? ['--case', codes] : []),
      ])
      figures.cells += 1
      const cell = `${name} by our ${asker.role}${asker.on ? ' on it' : ''}${asker.live ? '' : ', session ended'}${asker.member ? '' : ', no member any more'} in ${place}`
      for (const mark of marksHiddenFrom(asker, place)) {
        if (mark !== ground.word && said.includes(mark)) faults.push(`leak: ${cell}: ${mark}`)
        else if (mark === ground.word && said.replaceAll(`"${mark}"`, '').includes(mark))
          faults.push(`leak: ${cell}: ${mark}`)
      }
      const became = outcomeIn(said, exit)
      const expected = expectedOf(asker, place, { name, way })
      if (!expected.includes(became))
        faults.push(`wrong: ${cell}: ${became} instead of ${expected.join(' or ')}: ${said.slice(0, 160)}`)
    }
    figures.leaks = faults.filter((one) => one.startsWith('leak')).length
    figures.wrongRefusals = faults.length - figures.leaks
    expect(faults.slice(0, 30)).toEqual([])
  }, 600_000)
})

/** A dossier that nobody sees is made anew by whoever imports or codes, as one that is not there is. */
function expectedOf(
  asker: Asker,
  place: PlaceOf,
  { name, way }: { name: string; way: Way },
): readonly string[] {
  const expected = outcomesOf(asker, place, way)
  const makes = ['import', 'code'].includes(name) && place === 'team' && expected.includes('not there')
  return makes ? [...expected, 'done'] : expected
}

function outcomeIn(said: string, exit: number): string {
  const code = /\(([a-z_]+)\)/.exec(said)?.[1]
  if (['signed_out', 'token_needed', 'token_refused'].includes(code ?? '')) return 'signed out'
  if (code === 'not_allowed') return 'not allowed'
  if (code === 'not_there' || code === 'dossier_unknown') return 'not there'
  return exit === 4 ? 'failed' : 'done'
}

function marksHiddenFrom(asker: Asker, place: PlaceOf): string[] {
  return world.grounds
    .filter(
      (ground) => !sees(asker, ground.place === 'case' && place !== 'case' ? 'case left shut' : ground.place),
    )
    .map(({ word }) => word)
}

async function caseCode(): Promise<string> {
  const { rows } = await workspace.database.owner.query<{ code: string }>(
    'select code from case_file where id = $1',
    [world.ground('case').caseId],
  )
  return rows[0]?.code ?? ''
}
