import { codePointsOf } from '../foundation/code-points.ts'
import type { MadeReading } from './make-reading.ts'
import { InterviewNote } from './note.ts'
import type { Source } from './source.ts'

/**
 * The turns of an interview record as blocks of its reading, each with its speaker; the words of a turn begin after the
 * speaker's name. Found again in the frozen text, in order, so that they hold for every later reading of it.
 */
export function withTurns(made: MadeReading, note: Source['note']): MadeReading {
  if (note?.template !== 'interview') return made
  const typed = InterviewNote.safeParse({ template: 'interview', ...note.fields })
  if (!typed.success) return made
  const points = codePointsOf(made.text)
  const blocks: MadeReading['body']['blocks'] = []
  let from = 0
  for (const turn of typed.data.turns) {
    const words = turn.text.trim().normalize('NFC')
    const label = `${turn.speaker.trim().normalize('NFC')}: `
    const at = made.text.indexOf(label + words, from)
    if (at === -1) continue
    from = at + label.length + words.length
    blocks.push({
      kind: 'turn',
      start: points.fromUnits(at + label.length),
      end: points.fromUnits(from),
      speaker: turn.speaker.trim(),
    })
  }
  return { ...made, body: { ...made.body, blocks: [...made.body.blocks, ...blocks] } }
}
