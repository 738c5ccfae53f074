import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { openDataFolder } from '../storage/data-folder.ts'
import { openEngine } from '../storage/engine.ts'
import { duration, type Figure, figure, median, megabytes, notRun, timed } from './figure.ts'
import { withScratchFolder } from './scratch-record.ts'
import { type StartedProgram, startProgram } from './started-program.ts'

const ROUNDS = 3
/** Milliseconds. */
const GOAL = 10_000
/** Bytes: the smallest machine that is promised. */
const MEMORY = 2 * 1024 ** 3
const Dossiers = z.object({ dossiers: z.array(z.object({ slug: z.string() })) })

/** From the command to the first page and to the first desk: in an empty folder, with the sample dossier, and again. */
export async function benchStart(report: (figure: Figure) => void): Promise<void> {
  const times = { engine: [], page: [], sample: [], desk: [], warm: [] } as Record<
    'engine' | 'page' | 'sample' | 'desk' | 'warm',
    number[]
  >
  const memory: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    times.engine.push(await withScratchFolder(bareEngine))
    await withScratchFolder(async (data) => {
      times.page.push((await opened(data)).page)
    })
    await withScratchFolder(async (data) => {
      const cold = await opened(data, ['--sample'], (program) => memory.push(memoryOf(data, program)))
      times.sample.push(cold.page)
      times.desk.push(cold.desk)
      times.warm.push((await opened(data, ['--sample'])).desk)
    })
  }
  const beside = `beside ${duration(median(times.engine))} for making and starting the bare database engine`
  const tell = (name: string, all: readonly number[]) =>
    report(figure(name, `${duration(median(all))} ${beside}`, 'under 10 s', median(all) < GOAL))
  tell('start, empty folder to first page', times.page)
  tell('start, empty folder with the sample dossier to first page', times.sample)
  tell('start, empty folder with the sample dossier to first desk', times.desk)
  tell('start again, to first desk', times.warm)
  const used = median(memory)
  if (Number.isNaN(used)) report(notRun('start, memory', 'under 2 GB', 'this system has no /proc'))
  else
    report(
      figure('start, memory', `${megabytes(used)} for program and database`, 'under 2048 MB', used < MEMORY),
    )
}

/** Milliseconds that the database engine itself takes in an empty folder. */
async function bareEngine(data: string): Promise<number> {
  const folder = openDataFolder(data)
  let stop = async () => {}
  const took = await timed(async () => {
    const engine = await openEngine(folder)
    stop = () => engine.stop()
  })
  await stop()
  return took
}

async function opened(
  data: string,
  flags: readonly string[] = [],
  look: (program: StartedProgram) => void = () => {},
): Promise<{ page: number; desk: number }> {
  const began = performance.now()
  const program = await startProgram(data, flags)
  try {
    await program.get('/')
    const page = performance.now() - began
    const { dossiers } = Dossiers.parse(JSON.parse(await program.get('/api/dossiers')))
    const [first] = dossiers
    if (first) await program.get(`/api/dossiers/${first.slug}/desk`)
    const desk = performance.now() - began
    look(program)
    return { page, desk }
  } finally {
    await program.stop()
  }
}

/**
 * Bytes of memory that the program, its database and the database's keeper hold; what processes share is counted once.
 * NaN where the system does not tell.
 */
function memoryOf(data: string, { pid }: StartedProgram): number {
  try {
    const postmaster = Number(
      readFileSync(join(openDataFolder(data).database, 'data', 'postmaster.pid'), 'utf8').split('\n')[0],
    )
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    const ours = pids.filter((one) => {
      const isKeeper = read(`/proc/${one}/cmdline`).includes(data)
      const parent = Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${one}/status`))?.[1] ?? 0)
      return Number(one) === pid || Number(one) === postmaster || parent === postmaster || isKeeper
    })
    return ours.reduce((sum, one) => sum + kilobytesOf(one) * 1024, 0)
  } catch {
    return Number.NaN
  }
}

function kilobytesOf(pid: string): number {
  return Number(/^Pss:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
}

/** A process may end while it is looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
