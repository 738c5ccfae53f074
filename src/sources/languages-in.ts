import { codePointSlice } from '../foundation/code-points.ts'
import { detectLanguage } from '../foundation/languages.ts'
import type { Structure } from './structure.ts'

type Unit = readonly [start: number, end: number]
type Block = NonNullable<Structure['languages']>[number]

/** Shorter blocks say too little: a name or a title in Latin letters makes no block of another language. Code points. */
const ENOUGH = 60
/** As much is looked at in one go; only where its language is another one are its blocks looked at one by one. */
const STRETCH = 3800
/** Code points of each block that stand for it then: what a language is shows itself in a line. */
const OF_EACH = 120

/** Blocks whose language is another than the text's, neighbours of one language together. */
export function languagesIn(text: string, language: string, units: readonly Unit[]): Block[] {
  const slice = codePointSlice(text)
  const found: Block[] = []
  const note = ([start, end]: Unit, other: string) => {
    const last = found.at(-1)
    if (last && last.language === other && start - last.end <= 2) last.end = end
    else found.push({ start, end, language: other })
  }
  let stretch: Unit[] = []
  let length = 0
  const settle = () => {
    const sample = stretch.map(([start, end]) => slice(start, Math.min(end, start + OF_EACH))).join(' ')
    if (stretch.length > 0 && detectLanguage(sample) !== language)
      for (const unit of stretch) {
        const other = detectLanguage(slice(...unit))
        if (other !== 'und' && other !== language) note(unit, other)
      }
    stretch = []
    length = 0
  }
  for (const unit of units) {
    const size = unit[1] - unit[0]
    if (size < ENOUGH) continue
    stretch.push(unit)
    length += size
    if (length >= STRETCH) settle()
  }
  settle()
  return found
}
