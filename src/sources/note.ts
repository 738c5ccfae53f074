import { z } from 'zod'

const line = z.string().default('')

/** Free text. */
export const PlainNote = z.strictObject({ template: z.literal('note'), text: z.string() })
/** Who said what, turn by turn. */
export const InterviewNote = z.strictObject({
  template: z.literal('interview'),
  occasion: line,
  place: line,
  present: line,
  turns: z.array(z.strictObject({ speaker: z.string().min(1), text: z.string().min(1) })),
})
/** An incident in eight fields; vocabularies/incident-fields has their labels. */
export const IncidentNote = z.strictObject({
  template: z.literal('incident'),
  what: line,
  when: line,
  where: line,
  harmed: line,
  by: line,
  known: line,
  risk: line,
  next: line,
})
/** What is to be found out and how, before it is looked for; vocabularies/plan-fields has the labels. */
export const PlanNote = z.strictObject({
  template: z.literal('plan'),
  question: line,
  scope: line,
  sources: line,
  roles: line,
  rules: line,
  stop: line,
})
/** What looking may do to people, and what is done about it; vocabularies/risk-fields has the labels. */
export const RisksNote = z.strictObject({
  template: z.literal('risks'),
  talkers: line,
  others: line,
  ours: line,
  record: line,
  traces: line,
  burden: line,
  measures: line,
  rest: line,
  review: line,
})
export const Note = z.discriminatedUnion('template', [
  PlainNote,
  InterviewNote,
  IncidentNote,
  PlanNote,
  RisksNote,
])
export type Note = z.infer<typeof Note>

/** Labels of a note's fields in the language it was typed in. */
export type FieldLabels = Readonly<Record<string, string>>

/**
 * The frozen text of a note: what becomes its original. Empty fields are left out; every field is a paragraph that
 * begins with its label, every turn one that begins with its speaker.
 */
export function noteText(title: string, note: Note, labels: FieldLabels): string {
  return `${[title, ...paragraphs(note, labels)].join('\n\n')}\n`
}

function paragraphs(note: Note, labels: FieldLabels): string[] {
  if (note.template === 'note') return [note.text.trim()]
  if (note.template === 'interview') {
    const head = labelled({ occasion: note.occasion, place: note.place, present: note.present }, labels)
    return [...head, ...note.turns.map(({ speaker, text }) => `${speaker.trim()}: ${text.trim()}`)]
  }
  const { template, ...fields } = note
  return labelled(fields, labels)
}

function labelled(fields: Readonly<Record<string, string>>, labels: FieldLabels): string[] {
  return Object.entries(fields)
    .filter(([, text]) => text.trim() !== '')
    .map(([field, text]) => `${labels[field] ?? field}: ${text.trim()}`)
}
