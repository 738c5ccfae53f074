import { newId } from '../foundation/ids.ts'
import type { Json } from '../foundation/json.ts'
import { mustBeAllowed } from '../protection/may.ts'
import type { Tx } from '../storage/database.ts'

/** What somebody is still typing. Not part of the record: no entry, no revision, gone when it is finished or thrown away. */
export interface Draft {
  readonly id: string
  readonly body: { readonly [member: string]: Json }
  readonly savedAt: string
}

/** Save a draft under its id, or a new one. Its author alone sees it again. */
export async function saveDraft(tx: Tx, draft: { id: string | null; body: Draft['body'] }): Promise<Draft> {
  mustBeAllowed(tx.actor, 'note', { organisation: tx.actor.organisation, level: 'organisation' })
  const id = draft.id ?? newId('draft')
  const [row] = await tx.query<{ saved_at: Date }>(
    `insert into draft (organisation, id, person, body) values ($1, $2, $3, $4)
     on conflict (organisation, id) do update set body = excluded.body, saved_at = now()
       where draft.person = excluded.person
     returning saved_at`,
    [tx.actor.organisation, id, tx.actor.person, JSON.stringify(draft.body)],
  )
  return { id, body: draft.body, savedAt: (row?.saved_at ?? new Date()).toISOString() }
}

/** The acting person's drafts, the latest first. */
export async function draftsOf(tx: Tx): Promise<Draft[]> {
  const rows = await tx.query<{ id: string; body: Draft['body']; saved_at: Date }>(
    'select id, body, saved_at from draft where organisation = $1 and person = $2 order by saved_at desc',
    [tx.actor.organisation, tx.actor.person],
  )
  return rows.map(({ id, body, saved_at }) => ({ id, body, savedAt: saved_at.toISOString() }))
}

export async function dropDraft(tx: Tx, id: string): Promise<void> {
  await tx.query('delete from draft where organisation = $1 and person = $2 and id = $3', [
    tx.actor.organisation,
    tx.actor.person,
    id,
  ])
}
