import { Refusal } from '../foundation/refusal.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { findSource, passagesOf, readingInUse } from '../sources/source-store.ts'
import type { Tx } from '../storage/database.ts'
import { accountsIn, conflictsAndTensions, gather } from './accounts-of.ts'
import { conflictView } from './conflict-view.ts'
import type { SourcePageView } from './page-shapes.ts'
import type { RecordedRemark } from './remark.ts'
import { remarksOf, statementsAbout, statementsOfSource } from './statement-store.ts'
import { matterRef, passageView, sourceRef, statementViews } from './statement-views.ts'

/**
 * A source as the reading room shows it: its reading, and what stands in the margin. Conflicts are computed with all that
 * other sources say of the same matters.
 *
 * @throws Refusal `source_unknown`
 */
export async function sourcePage(tx: Tx, id: string): Promise<SourcePageView> {
  mustBeAllowed(tx.actor, 'read')
  const known = await findSource(tx, id)
  if (!known) throw new Refusal('source_unknown', 'That source is not there; choose it from the list again.')
  const here = await statementsOfSource(tx, id)
  const matters = [...new Set(here.flatMap(({ statement }) => statement.about.map(({ matter }) => matter)))]
  const around = await statementsAbout(tx, matters)
  const inSource = new Set(here.map((one) => one.id))
  const said = await gather(tx, [...here, ...around.filter((one) => !inSource.has(one.id))])
  const { conflicts } = conflictsAndTensions(said, accountsIn(said))
  const views = await statementViews(tx, said, here)
  const reading = await readingInUse(tx, id)
  const remarks = await remarksOf(tx, { source: id })
  const { source } = known
  const container = source.within === undefined ? null : await findSource(tx, source.within)
  return {
    source: {
      ...sourceRef(id, known),
      fileName: source.fileName,
      mediaType: source.mediaType,
      sha256: source.original.sha256,
      size: source.original.size,
      language: source.language,
      script: source.script,
      provenance: source.provenance,
      dossier: source.dossier,
      note: source.note,
      within: container && { id: container.id, title: container.source.title },
      revision: known.revision,
    },
    unread: source.unread?.reason ?? null,
    reading: reading
      ? {
          id: reading.id,
          by:
            'tool' in reading.reading.by
              ? `${reading.reading.by.tool} ${reading.reading.by.version}`
              : reading.reading.by.person,
          text: reading.text,
          drift: reading.reading.drift,
          sentences: reading.reading.sentences,
          marks: reading.reading.marks.map(({ kind, start, end }) => ({ kind, start, end })),
          quotations: reading.reading.quotations.map(({ start, end, words }) => ({ start, end, words })),
          turns: reading.reading.blocks.flatMap(({ kind, start, end, speaker }) =>
            kind === 'turn' ? [{ start, end, speaker: speaker ?? '' }] : [],
          ),
          notes: reading.reading.notes,
        }
      : null,
    passages: (await passagesOf(tx, id)).map((one) => passageView(one.id, one.passage)),
    statements: [...views.values()],
    remarks: remarks.map((one) => ({
      id: one.id,
      item: one.remark.item,
      ...remarkView(one.remark),
      matter: one.remark.type === 'Mention' ? matterRef(said, one.remark.matter) : null,
      passages: one.remark.passages,
    })),
    conflicts: conflicts
      .filter(({ statements }) => statements.some((one) => inSource.has(one)))
      .map((conflict) => conflictView(conflict, said)),
  }
}

function remarkView(remark: RecordedRemark): {
  type: string
  label: string
  text: string | null
  readings: string[]
} {
  const text = remark.text ?? remark.note ?? null
  if (remark.type === 'Remark')
    return { type: remark.type, label: remark.remark, text, readings: remark.readings ?? [] }
  if (remark.type === 'Mention') return { type: remark.type, label: remark.as, text, readings: [] }
  return { type: remark.type, label: remark.field, text: text ?? String(remark.value ?? ''), readings: [] }
}
