/** One measured figure, beside what it must reach. */
export interface Figure {
  readonly name: string
  /** The figure in words, with the peer or limit that was measured in the same run. */
  readonly value: string
  readonly goal: string
  readonly verdict: 'holds' | 'falls short' | 'not run'
  /** A tool that this installation may do without; its absence is no failure. */
  readonly absent?: string
}

/** A figure whose goal is met or not. */
export function figure(name: string, value: string, goal: string, isMet: boolean): Figure {
  return { name, value, goal, verdict: isMet ? 'holds' : 'falls short' }
}

/** A figure that cannot be measured here, because something that nobody needs for work is absent. */
export function notRun(name: string, goal: string, absent: string): Figure {
  return { name, value: absent, goal, verdict: 'not run', absent }
}

/** Whether a run that gave these figures is a success. */
export function allHold(figures: readonly Figure[]): boolean {
  return figures.every(({ verdict, absent }) => verdict === 'holds' || absent !== undefined)
}

export function lineOf({ name, value, goal, verdict }: Figure): string {
  return `${name}: ${value} (goal ${goal}) ${verdict}`
}

/** The value below which this share of all lies; 0.5 is the median. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** `1.23 s` or `45 ms`. */
export function duration(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(2)} s` : `${ms.toFixed(ms < 10 ? 1 : 0)} ms`
}

/** Bytes as megabytes. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`
}
