import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { sha256 } from '../foundation/hashing.ts'
import { newId } from '../foundation/ids.ts'
import { type Actor, ROLES } from '../protection/actor.ts'
import { FIRST_PERSON } from './locks.ts'

/**
 * The organisation and the one person at this computer, made the first time, with a session that lasts as long as the
 * organisation is that one person's alone. Its pass stands in the data folder, readable by the user who runs this.
 */
export async function theOnePerson(owner: pg.Pool, pass: string): Promise<Actor> {
  const client = await owner.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [FIRST_PERSON])
    const { rows } = await client.query<{ organisation: string; id: string }>(
      'select organisation, id from person order by made_at limit 1',
    )
    const { organisation, id } = rows[0] ?? (await makeFirst(client))
    await keepSession(client, { organisation, person: id, pass })
    await client.query('commit')
    return { organisation, person: id, roles: ROLES, pass, cases: [], compartments: [] }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

async function makeFirst(client: pg.PoolClient): Promise<{ organisation: string; id: string }> {
  const [organisation, id] = [newId('organisation'), newId('person')]
  await client.query("insert into organisation (organisation, name) values ($1, 'Our organisation')", [
    organisation,
  ])
  await client.query('insert into person (organisation, id, name) values ($1, $2, $3)', [
    organisation,
    id,
    'The person at this computer',
  ])
  return { organisation, id }
}

/** A record that a backup of an earlier schema is being loaded into has no sessions yet. */
async function keepSession(
  client: pg.PoolClient,
  { organisation, person, pass }: { organisation: string; person: string; pass: string },
): Promise<void> {
  const { rows: known } = await client.query<{ there: boolean }>(
    "select to_regclass('session') is not null as there",
  )
  if (!known[0]?.there) return
  const hashed = sha256(pass)
  const { rows } = await client.query('select 1 from session where pass = $1', [hashed])
  if (rows.length === 0) {
    await client.query(
      "insert into session (organisation, id, person, kind, pass, label) values ($1, $2, $3, 'local', $4, 'this computer')",
      [organisation, newId('session'), person, hashed],
    )
  }
  await keepContextKeys(client)
}

/** Keys are this machine's alone: after a restore every organisation of the record gets another one. */
export async function keepContextKeys(client: Pick<pg.PoolClient, 'query'>): Promise<void> {
  const { rows } = await client.query<{ organisation: string }>(
    'select organisation from organisation o where not exists (select 1 from context_key k where k.organisation = o.organisation)',
  )
  for (const { organisation } of rows) {
    const key = randomBytes(32)
    await client.query(
      'insert into context_key (organisation, inner_pad, outer_pad) values ($1, $2, $3) on conflict do nothing',
      [organisation, padded(key, 0x36), padded(key, 0x5c)],
    )
  }
}

/** A key of HMAC with one of its two pads over it (RFC 2104, block of 64 bytes). */
function padded(key: Buffer, pad: number): Buffer {
  const block = Buffer.alloc(64)
  key.copy(block)
  return block.map((byte) => byte ^ pad) as Buffer
}
