import { Refusal } from '../foundation/refusal.ts'
import type { KnownDossier } from './dossier.ts'
import { type FieldLabels, type Note, noteText } from './note.ts'
import type { Source } from './source.ts'
import { type TakenIn, takeIn } from './take-in.ts'

/** What is frozen, and what is known of it beside its words. */
export interface FinishedNote {
  readonly title: string
  readonly note: Note
  /** EDTF; the day it was written, or of what it tells. */
  readonly date: string | null
  readonly language: string | undefined
  readonly publisher: Source['publisher']
  readonly provenance: Source['provenance']
  readonly labels: FieldLabels
}

/** What kind of source a finished note is (vocabularies/source-kinds). */
const KINDS: Readonly<Record<Note['template'], string>> = {
  note: 'note',
  interview: 'interview record',
  incident: 'incident',
  plan: 'plan',
  risks: 'security assessment',
}

/**
 * Freeze a note: its text becomes an original like any other, and its fields stay with the source.
 *
 * @throws Refusal `note_empty`
 */
export async function finishNote(
  house: Parameters<typeof takeIn>[0],
  dossier: KnownDossier,
  finished: FinishedNote,
): Promise<TakenIn> {
  const { note, title } = finished
  const text = noteText(title.trim(), note, finished.labels)
  if (title.trim() === '' || text.trim() === title.trim()) {
    throw new Refusal(
      'note_empty',
      'Give the note a title and write at least one sentence before you finish it.',
    )
  }
  const { template, ...fields } = note
  const [taken] = await takeIn(house, dossier, [
    {
      fileName: `${template}-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.txt`,
      bytes: new TextEncoder().encode(text),
      facts: {
        kind: KINDS[template],
        title: title.trim(),
        date: finished.date ?? undefined,
        language: finished.language,
        publisher: finished.publisher,
        provenance: finished.provenance,
      },
      note: { template, fields },
    },
  ])
  if (!taken) throw new Error('A note was taken in without an answer.')
  return taken
}
