import { sha256Hex } from '../foundation/hashing.ts'
import type { Tx } from '../storage/database.ts'
import { CitableText } from './citable-text.ts'
import { type Layout, unpackLayout } from './layout.ts'
import type { MadeReading } from './make-reading.ts'
import type { KnownReading } from './source-store.ts'

/** Keeps the word boxes of readings that were just recorded in this transaction. */
export async function keepLayouts(
  tx: Tx,
  readings: readonly { id: string; made: MadeReading | null }[],
): Promise<void> {
  for (const { id, made } of readings)
    if (made?.layout)
      await tx.query('update reading set layout = $3 where organisation = $1 and id = $2', [
        tx.actor.organisation,
        id,
        made.layout,
      ])
}

/** A reading in which words can be cited, with their places on its pages where those are known. */
export async function citable(tx: Tx, { id, text, reading }: KnownReading): Promise<CitableText> {
  return new CitableText(text, reading.marks, id, await layoutOf(tx, { id, reading }))
}

/** The word boxes of a reading; null where it has none, or where they are not those that it was recorded with. */
async function layoutOf(
  tx: Tx,
  { id, reading }: Pick<KnownReading, 'id' | 'reading'>,
): Promise<Layout | null> {
  const recorded = reading.structure?.layout
  if (!recorded) return null
  const [row] = await tx.query<{ layout: Buffer | null }>(
    'select layout from reading where organisation = $1 and id = $2',
    [tx.actor.organisation, id],
  )
  const packed = row?.layout
  return packed && sha256Hex(packed) === recorded.sha256 ? unpackLayout(packed) : null
}
