import { newId } from '../foundation/ids.ts'
import type { Json } from '../foundation/json.ts'
import { Refusal } from '../foundation/refusal.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'

/** What somebody is still typing. Not part of the record: no entry, no revision, gone when it is finished or thrown away. */
export interface Draft {
  readonly id: string
  readonly body: { readonly [member: string]: Json }
  readonly savedAt: string
}

/** Milliseconds are as fine as a page's clock, so that a time survives the way to it and back. */
const NOW = "date_trunc('milliseconds', clock_timestamp())"

/**
 * Save a draft anew (without id), or again. Its author alone sees it, and one that was finished or thrown away does not
 * come back. What is typed while a case is open belongs to it. `since` is the time of the save that this one continues: two windows never overwrite each other unseen.
 *
 * @throws Refusal `draft_unknown`, `changed_meanwhile`
 */
export async function saveDraft(
  tx: Tx,
  { id, body, since }: { id: string | null; body: Draft['body']; since?: string | undefined },
): Promise<Draft> {
  mustBeAllowed(tx.actor, 'note')
  const { organisation, person } = tx.actor
  const text = JSON.stringify(body)
  const open = tx.actor.cases[0] ?? null
  if (id === null) {
    const [made] = await tx.query<{ id: string; saved_at: Date }>(
      `insert into draft (organisation, id, person, body, saved_at, level, "case") values ($1, $2, $3, $4, ${NOW}, $5, $6) returning id, saved_at`,
      [organisation, newId('draft'), person, text, open === null ? 1 : 3, open],
    )
    if (!made) throw new Error('A draft was saved without an answer.')
    return { id: made.id, body, savedAt: made.saved_at.toISOString() }
  }
  const [known] = await tx.query<{ saved_at: Date; same: boolean }>(
    'select saved_at, body = $4::jsonb as same from draft where organisation = $1 and person = $2 and id = $3 for update',
    [organisation, person, id, text],
  )
  if (!known) {
    throw new Refusal(
      'draft_unknown',
      'This draft is not there any more: it was finished or thrown away; begin a new one to keep what you typed.',
    )
  }
  if (known.same) return { id, body, savedAt: known.saved_at.toISOString() }
  if (since !== undefined && known.saved_at.toISOString() !== since) {
    throw new Refusal(
      'changed_meanwhile',
      'This draft was changed in another window; open it again, and copy what you typed here into it.',
    )
  }
  const [saved] = await tx.query<{ saved_at: Date }>(
    `update draft set body = $4, saved_at = greatest(${NOW}, saved_at + interval '1 millisecond'),
            level = case when $5::text is null then level else 3 end, "case" = coalesce($5, "case")
      where organisation = $1 and person = $2 and id = $3 returning saved_at`,
    [organisation, person, id, text, open],
  )
  return { id, body, savedAt: (saved ?? known).saved_at.toISOString() }
}

/** The acting person's drafts, the latest first. */
export async function draftsOf(tx: Tx): Promise<Draft[]> {
  mustBeAllowed(tx.actor, 'note')
  const rows = await tx.query<{ id: string; body: Draft['body']; saved_at: Date }>(
    'select id, body, saved_at from draft where organisation = $1 and person = $2 order by saved_at desc, id',
    [tx.actor.organisation, tx.actor.person],
  )
  return rows.map(({ id, body, saved_at }) => ({ id, body, savedAt: saved_at.toISOString() }))
}

/** Throw a draft of the acting person's away; one that is not there is gone already. */
export async function dropDraft(tx: Tx, id: string): Promise<void> {
  mustBeAllowed(tx.actor, 'note')
  await tx.query('delete from draft where organisation = $1 and person = $2 and id = $3', [
    tx.actor.organisation,
    tx.actor.person,
    id,
  ])
}
