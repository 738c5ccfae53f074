/** Milliseconds before progress is shown at all, and between its lines; between two drawings of a bar. */
const SECOND = 1000
const REDRAWN = 100
/** Milliseconds between lines of work that cannot say how far it is. */
const WAITED = 10_000
/** Characters of a bar. */
const WIDTH = 30

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

  /** That work goes on which cannot say how far it is: a line at its beginning and each ten seconds, until it is stopped. */
  waiting(what: string): () => void {
    this.aside(`${what} …`)
    const began = performance.now()
    const told = setInterval(() => {
      this.aside(`${what}: ${Math.round((performance.now() - began) / SECOND)} s so far`)
    }, WAITED)
    told.unref()
    return () => clearInterval(told)
  }

  /**
   * How far work has come that takes over a second: on a terminal a bar that is drawn over itself, elsewhere a line each
   * second. Call it as often as there is news.
   */
  progress(what: string, total: number): (done: number) => void {
    const began = performance.now()
    let shown = began
    let drawn = false
    return (done) => {
      const now = performance.now()
      const last = done >= total && drawn
      if (!last && now - shown < (process.stderr.isTTY && drawn ? REDRAWN : SECOND)) return
      shown = now
      drawn = true
      const rate = Math.round((done * SECOND) / Math.max(1, now - began))
      const line = `${done} of ${total} ${what}, ${rate} a second`
      if (!process.stderr.isTTY) return void process.stderr.write(`${line}\n`)
      const filled = total === 0 ? WIDTH : Math.round((done / total) * WIDTH)
      const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
      process.stderr.write(`\r\u001b[K${bar} ${line}${done >= total ? '\n' : ''}`)
    }
  }
}
