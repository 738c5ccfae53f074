/** Where a command writes: people read lines, programs read JSON, and neither sees the other's. */
export class Output {
  readonly json: boolean

  constructor(json: boolean) {
    this.json = json
  }

  /** A line for people; nothing with --json. */
  line(text: string): void {
    if (!this.json) process.stdout.write(`${text}\n`)
  }

  /** A JSON object on its own line; nothing without --json. */
  object(value: unknown): void {
    if (this.json) process.stdout.write(`${JSON.stringify(value)}\n`)
  }

  /** Something for people that must not mix with the answer: refusals, progress. */
  aside(text: string): void {
    process.stderr.write(`${text}\n`)
  }

  /** A bar that is drawn over itself on a terminal, and is silent elsewhere. */
  progress({ done, total, what }: { done: number; total: number; what: string }): void {
    if (!process.stderr.isTTY) return
    const width = 30
    const filled = total === 0 ? width : Math.round((done / total) * width)
    process.stderr.write(`\r${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done} of ${total} ${what}`)
    if (done >= total) process.stderr.write('\n')
  }
}
