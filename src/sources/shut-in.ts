import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Refusal } from '../foundation/refusal.ts'
import { FRAME, FrameReader } from './frames.ts'
import type { MadeReading } from './make-reading.ts'
import { checkedAnswer, type RawAnswer, theirRefusal } from './shut-in-answer.ts'
import { commandFor, type Walls } from './shut-in-command.ts'

/** What one file may take: milliseconds, and bytes of memory. */
export const LIMITS = { wall: 30_000, memory: 600 * 1024 * 1024 }
/** Milliseconds between two looks at it. */
const LOOK = 40
/** Bytes that a child may say. */
const ANSWER = 384 * 1024 * 1024
const PAGE_BYTES = 4096

export interface ShutInOptions {
  readonly fileName: string
  readonly language?: string | undefined
  readonly passed?: ((done: number, total: number) => void) | undefined
  /** Other walls than the best of this machine, to prove the weaker ones. */
  readonly walls?: Walls
  /** Hears, every now and then, how many bytes of memory the child has. */
  readonly watched?: ((bytes: number) => void) | undefined
  /** Narrower limits, to prove that they hold. */
  readonly limits?: typeof LIMITS
}

/**
 * Read the file at a path in a child of its own, which ends with it. It gets the open file and no path, and what it says is
 * capped and checked before it is believed.
 *
 * @throws Refusal those of the reader; `reader_stopped` where the child took more time, memory or words than it may,
 *   `reader_failed` where it ended without a usable answer
 */
export async function readShutIn(
  path: string,
  {
    fileName,
    language,
    passed = () => undefined,
    walls,
    limits = LIMITS,
    watched = () => undefined,
  }: ShutInOptions,
): Promise<{ reading: MadeReading; mediaType: string }> {
  const leave = await enter()
  try {
    const { command, args } = commandFor(JSON.stringify({ fileName, language }), walls)
    const file = openSync(path, 'r')
    const child = spawn(command, args, {
      stdio: [file, 'pipe', 'ignore'],
      env: { PATH: process.env.PATH },
      cwd: '/',
      windowsHide: true,
    })
    closeSync(file)
    return checkedAnswer(await answerOf(child, { passed, limits, watched }))
  } finally {
    leave()
  }
}

async function answerOf(
  child: ChildProcess,
  {
    passed,
    limits: { wall, memory },
    watched,
  }: {
    passed: (done: number, total: number) => void
    limits: typeof LIMITS
    watched: (bytes: number) => void
  },
): Promise<RawAnswer> {
  const answer: RawAnswer = { text: null, made: null, layout: null, inside: [] }
  let refusal: Refusal | null = null
  let isWhole = false
  let name: string | null = null
  const frames = new FrameReader((kind, payload) => {
    if (kind === FRAME.progress) {
      const [done, total] = JSON.parse(payload.toString('utf8'))
      passed(Number(done), Number(total))
    } else if (kind === FRAME.refusal) refusal = theirRefusal(payload)
    else if (kind === FRAME.text) answer.text = payload
    else if (kind === FRAME.made) answer.made = payload
    else if (kind === FRAME.layout) answer.layout = payload
    else if (kind === FRAME.insideName) name = String(JSON.parse(payload.toString('utf8')))
    else if (kind === FRAME.insideBytes && name !== null) {
      answer.inside.push({ fileName: name, bytes: payload })
      name = null
    } else if (kind === FRAME.end) isWhole = true
    else throw new TypeError('That is no frame.')
  })
  let stopped: Refusal | null = null
  const stop = (why: Refusal) => {
    stopped ??= why
    child.kill('SIGKILL')
  }
  const clock = setTimeout(() => stop(tooMuch(`took longer than ${wall / 1000} seconds`)), wall)
  const watch = setInterval(() => {
    const bytes = child.pid === undefined ? 0 : memoryOf(child.pid)
    watched(bytes)
    if (bytes > memory) stop(tooMuch(`needed more than ${memory / 1024 / 1024} MB of memory`))
  }, LOOK)
  let said = 0
  child.stdout?.on('data', (piece: Buffer) => {
    said += piece.length
    if (said > ANSWER) return stop(tooMuch('gave more words than a source can hold'))
    try {
      frames.add(piece)
    } catch {
      stop(failed())
    }
  })
  const status = await new Promise<unknown>((resolve) => {
    child.once('error', ({ message }) => resolve(message))
    child.once('close', resolve)
  })
  clearTimeout(clock)
  clearInterval(watch)
  if (stopped) throw stopped
  if (refusal && isWhole) throw refusal
  if (!isWhole || status !== 0 || !frames.isBetween) throw failed()
  return answer
}

function tooMuch(what: string): Refusal {
  return new Refusal(
    'reader_stopped',
    `Reading this file was stopped, because it ${what}; its original is kept: try again when the machine is quiet, or take in its parts.`,
  )
}

function failed(): Refusal {
  return new Refusal(
    'reader_failed',
    'The reader broke off at this file, which is damaged or was made to harm; its original is kept: get another copy, or save it in another format.',
  )
}

/** Resident bytes of a process and all below it; 0 where the system does not tell. */
function memoryOf(pid: number): number {
  try {
    const own = Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE_BYTES
    const below = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim()
    return below === '' ? own : below.split(' ').reduce((sum, one) => sum + memoryOf(Number(one)), own)
  } catch {
    return 0
  }
}

let inside = 0
const waiting: (() => void)[] = []

/** As many children at once as there are cores; the others wait their turn. Gives what to call when it is over. */
async function enter(): Promise<() => void> {
  if (inside >= availableParallelism()) await new Promise<void>((resolve) => waiting.push(resolve))
  else inside += 1
  return () => {
    const next = waiting.shift()
    if (next) next()
    else inside -= 1
  }
}
