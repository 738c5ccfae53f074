import pg from 'pg'
import { Refusal } from '../foundation/refusal.ts'

/** Nothing newer is used, and nothing older has all of it. */
const OLDEST_MAJOR = 15
/** Milliseconds. */
const ANSWER_WITHIN = 15_000

/**
 * Look at the server that DATABASE_URL names before anything is made there.
 *
 * @throws Refusal `database_unreachable`, `database_unfit` where it is too old, not in UTF-8, or the role may not do
 *   what the owner of a record has to
 */
export async function mustSuitRecord(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ANSWER_WITHIN })
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message || String(cause) : String(cause)
    throw new Refusal(
      'database_unreachable',
      `The database named by DATABASE_URL does not let us in (${reason}); check the address, name and password, and that it runs.`,
      {},
      { cause },
    )
  }
  try {
    const { rows } = await client.query<{
      version: number
      encoding: string
      role: string
      mayMakeRoles: boolean
      mayMakeSchemas: boolean
    }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
              current_user as role, rolsuper or rolcreaterole as "mayMakeRoles",
              has_database_privilege(current_database(), 'create') as "mayMakeSchemas"
         from pg_roles where rolname = current_user`,
    )
    const [server] = rows
    if (server) judge(server)
  } finally {
    await client.end()
  }
}

function judge({
  version,
  encoding,
  role,
  mayMakeRoles,
  mayMakeSchemas,
}: {
  version: number
  encoding: string
  role: string
  mayMakeRoles: boolean
  mayMakeSchemas: boolean
}): void {
  const major = Math.floor(version / 10_000)
  const unfit = (sentence: string) => new Refusal('database_unfit', sentence)
  if (major < OLDEST_MAJOR)
    throw unfit(`The server is PostgreSQL ${major}; PostgreSQL ${OLDEST_MAJOR} or newer is needed.`)
  if (encoding !== 'UTF8')
    throw unfit(`The database is in ${encoding}; make one with "create database … encoding 'UTF8'".`)
  if (!mayMakeSchemas) throw unfit(`The role ${role} may not make a schema there; let it own the database.`)
  if (!mayMakeRoles)
    throw unfit(`The role ${role} may not make the role that serves people; "alter role ${role} createrole".`)
}
