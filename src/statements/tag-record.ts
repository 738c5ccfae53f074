import { z } from 'zod'
import { newId } from '../foundation/ids.ts'
import { type Json, toJson } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { change, type Receipt } from '../ledger/change.ts'
import { mattersById } from '../matters/matter-store.ts'
import { mustBeAllowed } from '../protection/may.ts'
import { allDossiers } from '../sources/dossier.ts'
import type { Tx } from '../storage/database.ts'
import { hasTerm, vocabularyNamed } from '../vocabularies/vocabulary.ts'
import { tagKind } from './statement-kinds.ts'
import { statementsById } from './statement-store.ts'

/** A right, an affected group, an SDG target or a check, set on a statement or a matter by somebody. */
export const Tag = z.strictObject({
  dossier: z.string(),
  subject: z.string(),
  scheme: z.string().min(1),
  term: z.string().min(1),
  /** The version of the list in which the term stood when it was set. */
  version: z.string().optional(),
  by: z.string(),
})
export type Tag = z.infer<typeof Tag>

/** What a person asks to be tagged; who asks, and the version of the list, are added here. */
export type WantedTag = Omit<Tag, 'by' | 'version'>

/**
 * Set tags; those that are set already stay as they are, with whoever set them first. Null where all were there.
 *
 * @throws Refusal `term_unknown`, `dossier_unknown`, `not_there` where what is to be tagged is no matter and no statement
 */
export async function tagRecords(tx: Tx, wanted: readonly WantedTag[]): Promise<Receipt | null> {
  mustBeAllowed(tx.actor, 'tag')
  for (const { scheme, term } of wanted) {
    if (!hasTerm(scheme, term)) {
      const sentence = `The list "${scheme}" has no term "${term}"; choose one of its terms (/api/vocabularies lists them).`
      throw new Refusal('term_unknown', sentence)
    }
  }
  const subjects = [...new Set(wanted.map(({ subject }) => subject))]
  const dossiers = new Set((await allDossiers(tx)).map(({ id }) => id))
  if (wanted.some(({ dossier }) => !dossiers.has(dossier))) {
    throw new Refusal('dossier_unknown', 'That dossier is not there; choose it from the list again.')
  }
  const matters = await mattersById(tx, subjects)
  const statements = new Set((await statementsById(tx, subjects)).map(({ id }) => id))
  const nowhere = subjects.find((subject) => !matters.has(subject) && !statements.has(subject))
  if (nowhere !== undefined) {
    throw new Refusal('not_there', 'What was to be tagged is no matter and no statement; open it again.')
  }
  const have = await tagsOn(tx, subjects)
  const keyOf = ({ subject, scheme, term }: WantedTag) => `${subject}\n${scheme}\n${term}`
  const known = new Set(have.map(keyOf))
  const missing = wanted.filter(
    (tag, n) => !known.has(keyOf(tag)) && wanted.findIndex((one) => keyOf(one) === keyOf(tag)) === n,
  )
  if (missing.length === 0) return null
  return change(
    tx,
    'tagged',
    missing.map((tag) => ({
      kind: tagKind,
      revision: 0,
      state: {
        id: newId('tag'),
        level: 'organisation' as const,
        case: null,
        body: toJson({ ...tag, version: vocabularyNamed(tag.scheme)?.version, by: tx.actor.person }),
      },
    })),
  )
}

/** Tags on any of these records, in no order. */
export async function tagsOn(tx: Tx, subjects: readonly string[]): Promise<Tag[]> {
  const rows = await tx.query<{ body: Json }>(
    'select body from tag where organisation = $1 and subject = any($2)',
    [tx.actor.organisation, subjects],
  )
  return rows.map(({ body }) => Tag.parse(body))
}
