import { newId } from '../foundation/ids.ts'

/**
 * The changes of this process, numbered. A number is settled when its transaction has committed or rolled back; the
 * roll call answers for every number up to the highest below which all are settled.
 */
export class ProcessLog {
  readonly process = newId('process')
  #last = 0
  #answered = 0
  readonly #settled = new Map<number, 'committed' | 'void'>()

  next(): number {
    this.#last += 1
    return this.#last
  }

  settle(number: number, how: 'committed' | 'void'): void {
    this.#settled.set(number, how)
  }

  /** What has been settled since the last answer, or null where there is nothing new. */
  answer(): { upTo: number; void: number[] } | null {
    const gone: number[] = []
    let upTo = this.#answered
    for (let how = this.#settled.get(upTo + 1); how !== undefined; how = this.#settled.get(upTo + 1)) {
      upTo += 1
      if (how === 'void') gone.push(upTo)
      this.#settled.delete(upTo)
    }
    if (upTo === this.#answered) return null
    this.#answered = upTo
    return { upTo, void: gone }
  }
}

let log: ProcessLog | undefined

/** The one log of this process. */
export function processLog(): ProcessLog {
  log ??= new ProcessLog()
  return log
}
