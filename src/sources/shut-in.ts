import { availableParallelism } from 'node:os'
import { isRefusal } from '../foundation/refusal.ts'
import type { MadeReading } from './make-reading.ts'
import type { Asked } from './read-child.ts'
import type { RecognisedPage } from './readers/recognised.ts'
import { checkedAnswer, picturesIn, type RawAnswer, recognisedIn } from './shut-in-answer.ts'
import { type Limits, type Outcome, ShutInChild } from './shut-in-child.ts'
import { type Walls, wallsHere } from './shut-in-command.ts'

export const LIMITS: Limits = { wall: 30_000, memory: 600 * 1024 * 1024 }
/** Files that one child reads, milliseconds that it may read before it is given another one, and bytes it may hold then. */
const MOST_FILES = 64
const MOST_SPENT = 60_000
const MOST_HELD = 300 * 1024 * 1024
/** Milliseconds that a child waits for another file of the same batch, and that one stays which has seen no file yet. */
const WAITS = 5_000
const STAYS = 120_000
/** So many files before a child has read enough the next one is started; so many milliseconds after the last file, too. */
const AHEAD = 8
const QUIET = 500

export interface ShutInOptions {
  readonly fileName: string
  readonly language?: string | undefined
  readonly passed?: ((done: number, total: number) => void) | undefined
  readonly madeOut?: ((done: number, total: number) => void) | undefined
  /** Whose files may be read by one child after the other: those of one person at work. Without it, the child ends with this file. */
  readonly batch?: string | undefined
  /** Other walls than the best of this machine, to prove the weaker ones. */
  readonly walls?: Walls
  /** Hears, every now and then, how many bytes of memory the child has. */
  readonly watched?: ((bytes: number) => void) | undefined
  /** Narrower limits, to prove that they hold. */
  readonly limits?: Limits
}

/**
 * Read a file in a child that is shut in. What it says is capped and checked before it is believed. A child that failed at a file
 * is ended; where it had read others before, or had only waited and may have been ended meanwhile, the file is read once more by one
 * that is started for it, so that no file answers for another.
 *
 * @throws Refusal those of the reader; `reader_stopped` where the child took more time, memory or words than it may,
 *   `reader_failed` where it ended without a usable answer
 */
export async function readShutIn(
  bytes: Uint8Array,
  options: ShutInOptions,
): Promise<{ reading: MadeReading; mediaType: string }> {
  const first = await askShutIn(bytes, options, {
    about: {},
    check: (answer) => picturesIn(answer) ?? checkedAnswer(answer),
  })
  if (!isList(first)) return first
  const recognised = await recogniseAll(bytes, options, first)
  return askShutIn(bytes, options, { about: { recognised }, check: checkedAnswer })
}

/** Pages that are pictures, each made out by a child with a clock of its own; one that cannot be made out stays without words. */
async function recogniseAll(
  bytes: Uint8Array,
  { madeOut = () => undefined, ...options }: ShutInOptions,
  pages: readonly number[],
): Promise<RecognisedPage[]> {
  let done = 0
  const recognised = await Promise.all(
    pages.map(async (picture) => {
      try {
        return await askShutIn(bytes, options, {
          about: { picture },
          check: (answer) => recognisedIn(answer, picture),
        })
      } catch (error) {
        if (!isRefusal(error)) throw error
        return { page: picture, width: 1, height: 1, lines: [] }
      } finally {
        done += 1
        madeOut(done, pages.length)
      }
    }),
  )
  return recognised
}

function isList(answer: unknown): answer is readonly number[] {
  return Array.isArray(answer)
}

/** What is asked of a child beside the file's name and language, and how its answer is believed. */
interface Question<Answer> {
  readonly about: Pick<Asked, 'picture' | 'recognised'>
  readonly check: (answer: RawAnswer) => Answer
}

async function askShutIn<Answer>(
  bytes: Uint8Array,
  options: ShutInOptions,
  question: Question<Answer>,
): Promise<Answer> {
  const leave = await enter()
  try {
    const waited = childThatWaits(options)
    const asked = { ...options, ...question }
    const told = await readBy(waited ?? new ShutInChild(options.walls), bytes, asked)
    if ('read' in told) return told.read
    if (waited === null || told.isSettled) throw told.refusal
    const alone = await readBy(new ShutInChild(options.walls), bytes, { ...asked, batch: undefined })
    if ('read' in alone) return alone.read
    throw alone.refusal
  } finally {
    leave()
  }
}

/** `isSettled`: another child would say the same. */
type Told<Answer> = { read: Answer } | { refusal: unknown; isSettled: boolean }

async function readBy<Answer>(
  child: ShutInChild,
  bytes: Uint8Array,
  {
    fileName,
    language,
    batch,
    passed = () => undefined,
    watched = () => undefined,
    limits = LIMITS,
    walls = wallsHere(),
    about,
    check,
  }: ShutInOptions & Question<Answer>,
): Promise<Told<Answer>> {
  child.isWaitedFor = true
  const outcome: Outcome = await child.read(
    bytes,
    { fileName, language, ...about },
    { passed, watched, limits },
  )
  if ('broken' in outcome) return { refusal: outcome.broken, isSettled: outcome.isOutOfTime }
  let told: Told<Answer>
  try {
    told =
      'refusal' in outcome ? { refusal: outcome.refusal, isSettled: true } : { read: check(outcome.answer) }
  } catch (error) {
    child.end()
    return { refusal: error, isSettled: false }
  }
  putAway(child, batch === undefined ? null : `${walls} ${batch}`)
  return told
}

/** Children that wait: for another file of their batch, by its name, or for their first one, by their walls. */
const waiting = new Map<ShutInChild, { key: string; clock: NodeJS.Timeout }>()

/** One that has read for this batch, or else one that was started ahead and has seen no file. */
function childThatWaits({ batch, walls = wallsHere() }: ShutInOptions): ShutInChild | null {
  return (batch === undefined ? null : takeWaiting(`${walls} ${batch}`)) ?? takeWaiting(walls)
}

function takeWaiting(key: string): ShutInChild | null {
  for (const [child, about] of waiting) {
    if (child.isGone) forget(child)
    else if (about.key === key) {
      forget(child)
      return child
    }
  }
  return null
}

function forget(child: ShutInChild): void {
  clearTimeout(waiting.get(child)?.clock)
  waiting.delete(child)
}

function wait(child: ShutInChild, key: string, stays: number): void {
  child.isWaitedFor = false
  const clock = setTimeout(() => {
    waiting.delete(child)
    child.end()
  }, stays).unref()
  waiting.set(child, { key, clock })
}

/** A child that has read a file waits for the next of its batch; one that has done enough ends. */
function putAway(child: ShutInChild, key: string | null): void {
  if (child.isGone) return
  const isSpent = child.files >= MOST_FILES || child.spent > MOST_SPENT || child.memory > MOST_HELD
  if (key === null || isSpent) child.end()
  else wait(child, key, WAITS)
  if (child.files === MOST_FILES - AHEAD) startAhead()
  else if (inside === 1) setTimeout(startAhead, QUIET).unref()
}

/** One child that has loaded all it needs and has seen no file. */
function startAhead(): void {
  const walls = wallsHere()
  if ([...waiting.values()].some(({ key }) => key === walls)) return
  wait(new ShutInChild(walls), walls, STAYS)
}

let inside = 0
const queue: (() => void)[] = []

/** As many files at once as there are cores; the others wait their turn. Gives what to call when it is over. */
async function enter(): Promise<() => void> {
  if (inside >= availableParallelism()) await new Promise<void>((resolve) => queue.push(resolve))
  else inside += 1
  return () => {
    const next = queue.shift()
    if (next) next()
    else inside -= 1
  }
}
