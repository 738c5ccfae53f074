import type { Tx } from '../storage/database.ts'
import { Interview, SensitiveAccount } from './interview.ts'

export interface KnownInterview {
  readonly id: string
  readonly revision: number
  readonly interview: Interview
}

interface Row {
  id: string
  revision: number
  body: unknown
}
const toInterview = ({ id, revision, body }: Row): KnownInterview => ({
  id,
  revision,
  interview: Interview.parse(body),
})

/**
 * Interviews with a person, the newest first: also those with whoever is the same matter in another opened case. Row
 * security leaves out what is not open.
 */
export async function interviewsWith(tx: Tx, interlocutor: string): Promise<KnownInterview[]> {
  const rows = await tx.query<Row & Record<string, unknown>>(
    `select v.id, v.revision, v.body from interview v
      where v.organisation = $1 and v.interlocutor in (
        select i.id from interlocutor i where i.organisation = $1 and (i.id = $2 or i.matter = (
          select me.matter from interlocutor me where me.organisation = $1 and me.id = $2)))
      order by v.body->>'on' desc, v.id desc`,
    [tx.actor.organisation, interlocutor],
  )
  return rows.map(toInterview)
}

export async function interviewById(tx: Tx, id: string): Promise<KnownInterview | null> {
  const [row] = await tx.query<Row & Record<string, unknown>>(
    'select id, revision, body from interview where organisation = $1 and id = $2',
    [tx.actor.organisation, id],
  )
  return row ? toInterview(row) : null
}

/** The words of a form, for those trained; the table shows nobody else a row. */
export async function sensitiveAccount(tx: Tx, id: string): Promise<SensitiveAccount | null> {
  const [row] = await tx.query<{ text: string }>(
    'select text from sensitive_form where organisation = $1 and id = $2',
    [tx.actor.organisation, id],
  )
  return row ? SensitiveAccount.parse(JSON.parse(row.text).account) : null
}
