import { codePointsOf } from '../foundation/code-points.ts'
import type { Reading } from './source.ts'

/** From this many words on, a quotation is long enough to ask for the document it comes from. */
const LONG = 40

/** Long quotations of other documents: a quoted run, or the paragraph that is announced as given in full. Proposals. */
export function quotationsIn(text: string): Reading['quotations'] {
  const points = codePointsOf(text)
  const found: Reading['quotations'] = []
  const add = (rule: string, start: number, end: number) => {
    const words = text.slice(start, end).split(/\s+/).filter(Boolean).length
    if (
      words >= LONG &&
      !found.some((one) => one.start < points.fromUnits(end) && points.fromUnits(start) < one.end)
    ) {
      found.push({ start: points.fromUnits(start), end: points.fromUnits(end), rule, words })
    }
  }
  for (const match of text.matchAll(/[“«„][^”»“«„]{150,6000}[”»“]/gu))
    add('quoted run', match.index, match.index + match[0].length)
  for (const match of text.matchAll(
    /(?:in full|verbatim|полностью|дословно|толық)[^\n.]{0,40}:\s*\n+([^\n]+)/giu,
  )) {
    const end = match.index + match[0].length
    add('announced in full', end - (match[1]?.length ?? 0), end)
  }
  return found.sort((a, b) => a.start - b.start)
}
