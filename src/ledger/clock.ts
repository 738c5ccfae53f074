/** Two clocks: the one people read and may set, and one that only runs forward. Milliseconds. */
export interface Clock {
  now(): number
  monotonic(): number
}

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() }

/** What a clock may fall behind without being called a jump: correction over the network, two machines. Milliseconds. */
const TOLERANCE_MS = 2000

/** A reading of the clock; `before` is the time it should have been at least, where it went back. */
export interface ClockReading {
  readonly now: number
  readonly monotonic: number
  readonly before: number | null
}

/** Notices when the clock went back: behind the one that only runs forward, or behind the last entry of the ledger. */
export class ClockWatch {
  readonly #clock: Clock
  #last: { readonly now: number; readonly monotonic: number }

  constructor(clock: Clock) {
    this.#clock = clock
    this.#last = { now: clock.now(), monotonic: clock.monotonic() }
  }

  /** @param lastEntryAt when the last entry in the tree was made; null where there is none */
  read(lastEntryAt: number | null): ClockReading {
    const [now, monotonic] = [this.#clock.now(), this.#clock.monotonic()]
    const here = this.#last.now + (monotonic - this.#last.monotonic)
    const before = Math.max(here, lastEntryAt ?? 0)
    return { now, monotonic, before: now < before - TOLERANCE_MS ? Math.round(before) : null }
  }

  /** The reading is on record, or needs none: the next is compared with it. */
  accept({ now, monotonic }: ClockReading): void {
    this.#last = { now, monotonic }
  }
}
