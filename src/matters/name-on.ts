import { datesOverlap, tryDate } from '../foundation/edtf.ts'
import type { Matter, MatterName } from './matter.ts'

/**
 * The name a matter had on a day, where names of it were in use for a time; null where none of those was in use then, or
 * several were, or the day is not known well enough to say. A metonym or a spelling is no name of its time.
 */
export function nameOn(matter: Pick<Matter, 'names'>, day: string | null): string | null {
  if (day === null || tryDate(day) === null) return null
  const inUse = matter.names.filter((name) => isDated(name) && datesOverlap(periodOf(name), day))
  const [only, ...others] = [...new Set(inUse.map(({ text }) => text))]
  return others.length === 0 ? (only ?? null) : null
}

function isDated({ use, from, to }: MatterName): boolean {
  return (use === 'former' || use === 'dated') && (from !== undefined || to !== undefined)
}

function periodOf({ from, to }: MatterName): string {
  return `${from ?? '..'}/${to ?? '..'}`
}
