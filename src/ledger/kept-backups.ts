/** How many days, weeks and months keep their newest backup. */
export interface Keep {
  readonly daily: number
  readonly weekly: number
  readonly monthly: number
}

/**
 * Names of backups that the rule does not keep. The newest is always kept, and of each of the last days, weeks (from Monday)
 * and months that have one at all, the newest of it.
 */
export function toRemove(
  names: readonly string[],
  { prefix, keep }: { prefix: string; keep: Keep },
): string[] {
  const dated = names
    .flatMap((name) => {
      const at = dateIn(name.slice(prefix.length))
      return at ? [{ name, at }] : []
    })
    .sort((a, b) => b.at.getTime() - a.at.getTime())
  const kept = new Set(dated.slice(0, 1).map(({ name }) => name))
  const rules: [number, (at: Date) => string][] = [
    [keep.daily, (at) => at.toISOString().slice(0, 10)],
    [keep.weekly, weekOf],
    [keep.monthly, (at) => at.toISOString().slice(0, 7)],
  ]
  for (const [many, periodOf] of rules) {
    const periods = new Map<string, string>()
    for (const { name, at } of dated) if (!periods.has(periodOf(at))) periods.set(periodOf(at), name)
    for (const name of [...periods.values()].slice(0, many)) kept.add(name)
  }
  return dated.flatMap(({ name }) => (kept.has(name) ? [] : [name]))
}

/** The moment in a name such as 2026-11-25T03-00-00Z; null where there is none: such a file is not ours to remove. */
function dateIn(rest: string): Date | null {
  const [, day, hours, minutes, seconds] = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z/.exec(rest) ?? []
  const at = new Date(`${day}T${hours}:${minutes}:${seconds}Z`)
  return Number.isNaN(at.getTime()) ? null : at
}

function weekOf(at: Date): string {
  const monday = new Date(at)
  monday.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7))
  return monday.toISOString().slice(0, 10)
}
