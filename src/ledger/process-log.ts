import { newId } from '../foundation/ids.ts'
import { type Clock, ClockWatch, systemClock } from './clock.ts'

/** Numbers that one roll call answers for at most, so that its leaf stays under the 64 KB of an entry bundle. */
const MOST_ANSWERED = 2000

/** A roll call whose fate is unknown, because the connection was lost while it was written. */
interface UnsureCall {
  readonly entry: string
  readonly leaf: string
  readonly number: number
  readonly upTo: number
}

/**
 * The changes of this process in one ledger, numbered. A number is settled when its transaction has committed or
 * rolled back; the roll call answers for every number up to the highest below which all are settled.
 */
export class ProcessLog {
  readonly process = newId('process')
  readonly clock: Clock
  readonly watch: ClockWatch
  /** SHA-256 of this process's last roll call in hexadecimal, so that each names the one before. */
  lastCall: string | null = null
  unsure: UnsureCall | null = null
  /** Whether the last roll call said that this process ends. */
  saidItEnds = false
  #last = 0
  #answered = 0
  readonly #settled = new Map<number, 'committed' | 'void'>()

  constructor(clock: Clock = systemClock) {
    this.clock = clock
    this.watch = new ClockWatch(clock)
  }

  /** Whether this process ever changed anything. */
  get used(): boolean {
    return this.#last > 0
  }

  next(): number {
    this.#last += 1
    this.saidItEnds = false
    return this.#last
  }

  settle(number: number, how: 'committed' | 'void'): void {
    this.#settled.set(number, how)
  }

  /** What has been settled since the last answer, or null where there is nothing new. */
  toAnswer(): { upTo: number; void: number[] } | null {
    const gone: number[] = []
    let upTo = this.#answered
    while (upTo < this.#answered + MOST_ANSWERED) {
      const how = this.#settled.get(upTo + 1)
      if (how === undefined) break
      upTo += 1
      if (how === 'void') gone.push(upTo)
    }
    return upTo === this.#answered ? null : { upTo, void: gone }
  }

  /** Every number up to this one has been answered for, or needs no answer of its own. */
  answered(upTo: number): void {
    for (let number = this.#answered + 1; number <= upTo; number += 1) this.#settled.delete(number)
    this.#answered = Math.max(this.#answered, upTo)
  }

  get upTo(): number {
    return this.#answered
  }
}

const logs = new Map<string, ProcessLog>()

/** Organisations in whose ledgers this process has changed something, or might. */
export function organisationsLogged(): string[] {
  return [...logs.keys()]
}

/** The one log of this process in an organisation's ledger. */
export function processLog(organisation: string): ProcessLog {
  const log = logs.get(organisation) ?? new ProcessLog()
  logs.set(organisation, log)
  return log
}
