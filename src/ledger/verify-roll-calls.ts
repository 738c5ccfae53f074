import { sha256Hex } from '../foundation/hashing.ts'
import type { Findings, StoredEntry } from './findings.ts'

/** More than a process ever answers for at once; a roll call that claims more is none. */
const MOST_ANSWERED = 1_000_000

/** What is known of one process: its changes that were seen or answered for as void, and its last roll call. */
class Process {
  hash: string | null = null
  upTo = 0
  ended = false
  /** Answered for and not seen yet, with the number. */
  readonly missing = new Set<number>()
  #whole = 0
  readonly #beyond = new Set<number>()

  /** Numbers come nearly in order, so that all up to some number are known by that number alone. */
  see(number: number): void {
    this.missing.delete(number)
    if (number <= this.#whole) return
    this.#beyond.add(number)
    while (this.#beyond.delete(this.#whole + 1)) this.#whole += 1
  }

  hasSeen(number: number): boolean {
    return number <= this.#whole || this.#beyond.has(number)
  }
}

/** Every change that a process answered for is there, each roll call follows the one before. */
export class RollCallCheck {
  readonly #found: Findings
  readonly #processes = new Map<string, Process>()

  constructor(found: Findings) {
    this.#found = found
  }

  /** The next entry, in the order of the tree; those that wait come last. */
  take({ entry, leaf, said }: StoredEntry): void {
    if (!said) return
    const process = this.#processes.get(said.process) ?? new Process()
    this.#processes.set(said.process, process)
    process.see(said.number)
    if (said.type !== 'roll call') return
    const { previous = null, upTo = 0, void: gone = [], last = false } = said
    if (process.hash !== previous)
      this.#found.add('roll call', entry, 'This roll call does not follow the one before it.')
    for (const number of gone) process.see(number)
    if (upTo - process.upTo > MOST_ANSWERED)
      this.#found.add('roll call', entry, 'This roll call answers for more changes than a process can make.')
    else
      for (let number = process.upTo + 1; number <= upTo; number += 1)
        if (!process.hasSeen(number)) process.missing.add(number)
    process.hash = sha256Hex(leaf)
    process.upTo = Math.max(upTo, process.upTo)
    process.ended = last
  }

  /** Once every entry was taken. */
  finish(): void {
    for (const [name, { missing }] of this.#processes) {
      for (const number of missing)
        this.#found.add(
          'entry',
          `${name}#${number}`,
          `Change ${number} of process ${name} was answered for and is not in the ledger.`,
        )
    }
    const open = [...this.#processes].filter(([, { ended }]) => !ended)
    if (open.length === 0) return
    const named = open.slice(0, 5).map(([name, { upTo }]) => `${name} after change ${upTo}`)
    this.#found.limits.push(
      `Cannot tell whether a change was deleted before it got its place, where a process was killed or is at work now (${named.join(', ')}${open.length > 5 ? ` and ${open.length - 5} more` : ''}); a receipt of such a change would show it.`,
    )
  }
}
