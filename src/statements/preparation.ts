import type { KnownSource } from '../sources/source.ts'
import { takenInAt } from '../sources/source-store.ts'
import type { Tx } from '../storage/database.ts'
import type { DeskView } from './page-shapes.ts'
import { sourceRef } from './statement-views.ts'

/**
 * What was written down before anything was looked for (Berkeley Protocol, ch. IV: plan and security assessment): the first
 * plan and the first security assessment of a dossier, and how many sources were taken in while one of them was missing.
 */
export async function preparationOf(
  tx: Tx,
  sources: readonly KnownSource[],
): Promise<DeskView['preparation']> {
  const at = await takenInAt(
    tx,
    sources.map(({ id }) => id),
  )
  const timeOf = ({ id }: KnownSource): number => at.get(id)?.getTime() ?? 0
  const firstOf = (template: string) =>
    sources
      .filter(({ source }) => source.note?.template === template)
      .sort((one, other) => timeOf(one) - timeOf(other))[0] ?? null
  const view = (known: KnownSource | null) =>
    known && { source: sourceRef(known.id, known), at: new Date(timeOf(known)).toISOString() }
  const [plan, risks] = [firstOf('plan'), firstOf('risks')]
  const since = plan && risks ? Math.max(timeOf(plan), timeOf(risks)) : Number.POSITIVE_INFINITY
  const others = sources.filter((one) => one !== plan && one !== risks)
  return {
    plan: view(plan),
    risks: view(risks),
    before: others.filter((one) => timeOf(one) < since).length,
  }
}
