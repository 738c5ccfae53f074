import { ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Socket } from 'node:net'
import { Refusal } from '../foundation/refusal.ts'
import type { InsideFile } from './extract.ts'
import { FRAME, FrameReader, frame, headOf } from './frames.ts'
import type { Asked } from './read-child.ts'
import { insideNamed, type RawAnswer, theirRefusal } from './shut-in-answer.ts'
import { commandFor, type Walls } from './shut-in-command.ts'

/** What one file may take: milliseconds, and bytes of memory. */
export interface Limits {
  readonly wall: number
  readonly memory: number
}

/** Milliseconds between two looks at it. */
const LOOK = 40
/** Bytes that a child may say of one file. */
const ANSWER = 384 * 1024 * 1024
/** Milliseconds that starting it may take, on a machine that is busy. */
const START = 60_000
const PAGE_BYTES = 4096

/** What became of one file in a child. */
export type Outcome =
  | { readonly answer: RawAnswer }
  /** The reader's own reason why the file cannot be read. */
  | { readonly refusal: Refusal }
  /** The child is gone. `isOutOfTime`: by the clock of this file alone, which another child would run out of too. */
  | { readonly broken: Refusal; readonly isOutOfTime: boolean }

/** A reader shut in: it loads what it needs, then reads one file after the other until it is ended. */
export class ShutInChild {
  /** Files it has been given. */
  files = 0
  /** Milliseconds that it has read. */
  spent = 0
  readonly #process: ChildProcess
  readonly #ready: Promise<void>
  readonly #gone: Promise<void>
  #isGone = false
  #hears: (kind: number, payload: Buffer) => void = () => this.end()
  #saysTooMuch: () => void = () => this.end()
  #said = 0

  constructor(walls?: Walls) {
    const { command, args } = commandFor(walls)
    this.#process = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { PATH: process.env.PATH },
      cwd: '/',
      windowsHide: true,
    })
    this.#gone = new Promise((resolve) => {
      const over = () => {
        this.#isGone = true
        resolve()
      }
      this.#process.once('error', over)
      this.#process.once('close', over)
    })
    // Writing to a child that has ended: that it has ended is told by its close.
    this.#process.stdin?.on('error', () => undefined)
    this.#ready = new Promise((resolve) => {
      this.#hears = (kind) => {
        if (kind === FRAME.ready) resolve()
        else this.end()
      }
    })
    this.#listen()
  }

  get isGone(): boolean {
    return this.#isGone
  }

  /** Resident bytes of it and all below it; 0 where the system does not tell. */
  get memory(): number {
    return this.#process.pid === undefined ? 0 : memoryOf(this.#process.pid)
  }

  /** Whether this program waits for it before it ends. */
  set isWaitedFor(isWaitedFor: boolean) {
    for (const one of [this.#process, this.#process.stdin, this.#process.stdout])
      if (one instanceof ChildProcess || one instanceof Socket) isWaitedFor ? one.ref() : one.unref()
  }

  end(): void {
    this.#isGone = true
    this.#process.kill('SIGKILL')
  }

  /** Reads one file. The clock runs from when the file is handed over, not while the child starts. */
  async read(
    bytes: Uint8Array,
    asked: Asked,
    {
      passed,
      watched,
      limits: { wall, memory },
    }: {
      passed: (done: number, total: number) => void
      watched: (bytes: number) => void
      limits: Limits
    },
  ): Promise<Outcome> {
    this.files += 1
    if (!(await this.#isReady())) return { broken: failed(), isOutOfTime: false }
    const began = performance.now()
    let broken: { broken: Refusal; isOutOfTime: boolean } | null = null
    const stop = (why: Refusal, isOutOfTime = false) => {
      broken ??= { broken: why, isOutOfTime }
      this.end()
    }
    const clock = setTimeout(() => stop(tooMuch(`took longer than ${wall / 1000} seconds`), true), wall)
    const watch = setInterval(() => {
      const now = this.memory
      watched(now)
      if (now > memory) stop(tooMuch(`needed more than ${memory / 1024 / 1024} MB of memory`))
    }, LOOK)
    const answer: RawAnswer = {
      text: null,
      made: null,
      layout: null,
      pictures: null,
      recognised: null,
      inside: [],
    }
    let refusal: Refusal | null = null
    let named: Omit<InsideFile, 'bytes'> | null = null
    this.#said = 0
    this.#saysTooMuch = () => stop(tooMuch('gave more words than a source can hold'))
    const whole = new Promise<void>((resolve) => {
      this.#hears = (kind, payload) => {
        if (kind === FRAME.progress) {
          const [done, total] = JSON.parse(payload.toString('utf8'))
          passed(Number(done), Number(total))
        } else if (kind === FRAME.refusal) refusal = theirRefusal(payload)
        else if (kind === FRAME.text) answer.text = payload
        else if (kind === FRAME.made) answer.made = payload
        else if (kind === FRAME.layout) answer.layout = payload
        else if (kind === FRAME.pictures) answer.pictures = payload
        else if (kind === FRAME.recognised) answer.recognised = payload
        else if (kind === FRAME.insideName) named = insideNamed(payload)
        else if (kind === FRAME.insideBytes && named !== null) {
          answer.inside.push({ ...named, bytes: payload })
          named = null
        } else if (kind === FRAME.end) {
          // Whatever it says from here on, before it is given another file, nobody asked for.
          this.#hears = () => this.end()
          resolve()
        } else throw new TypeError('That is no frame.')
      }
    })
    this.#process.stdin?.write(frame(FRAME.asked, JSON.stringify(asked)))
    this.#process.stdin?.write(headOf(FRAME.original, bytes.length))
    this.#process.stdin?.write(bytes)
    await Promise.race([whole, this.#gone])
    clearTimeout(clock)
    clearInterval(watch)
    this.spent += performance.now() - began
    if (broken) return broken
    if (this.#isGone) return { broken: failed(), isOutOfTime: false }
    return refusal ? { refusal } : { answer }
  }

  async #isReady(): Promise<boolean> {
    const clock = setTimeout(() => this.end(), START)
    await Promise.race([this.#ready, this.#gone])
    clearTimeout(clock)
    return !this.#isGone
  }

  #listen(): void {
    const frames = new FrameReader((kind, payload) => this.#hears(kind, payload))
    this.#process.stdout?.on('data', (piece: Buffer) => {
      this.#said += piece.length
      if (this.#isGone) return
      if (this.#said > ANSWER) return this.#saysTooMuch()
      try {
        frames.add(piece)
      } catch {
        this.end()
      }
    })
  }
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

function memoryOf(pid: number): number {
  try {
    const own = Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE_BYTES
    const below = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim()
    return below === '' ? own : below.split(' ').reduce((sum, one) => sum + memoryOf(Number(one)), own)
  } catch {
    return 0
  }
}
