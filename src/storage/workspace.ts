import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { newId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import { type Actor, ROLES } from '../protection/actor.ts'
import { type DataFolder, openDataFolder, restoringMark, secretOf } from './data-folder.ts'
import type { Database } from './database.ts'
import { type Engine, openEngine } from './engine.ts'
import { grantRuntime, migrate, SCHEMA } from './migrate.ts'

/** The key that signs checkpoints and receipts; its name is the log's origin. */
export interface LedgerKey {
  readonly name: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** An open record, and the person who works on it. */
export interface Workspace {
  readonly folder: DataFolder
  readonly database: Database
  readonly actor: Actor
  readonly key: LedgerKey
  /** Resolves when the database is gone, whoever ended it; never while it is there. */
  readonly lost: Promise<void>
  close(): Promise<void>
}

const IN_USE = 7300010
const SERVING = 7300011
const PREPARING = 7300012
const FIRST_PERSON = 7300013

/**
 * Open the record of a data folder; everything it needs is made the first time.
 *
 * @throws Refusal `restore_unfinished`; `already_running` where `serve` is asked and another `start` serves it; those of openDataFolder,
 *   openEngine and migrate
 */
export async function openWorkspace({
  data,
  serve = false,
  url = process.env.DATABASE_URL,
  restoring = false,
}: {
  data: string
  serve?: boolean
  url?: string | undefined
  /** For restore alone: open a record that is not whole yet. */
  restoring?: boolean
}): Promise<Workspace> {
  const folder = openDataFolder(data)
  if (!restoring && existsSync(restoringMark(folder))) {
    throw new Refusal(
      'restore_unfinished',
      'A restore into this folder was not finished; run "rapporteur restore" with the same backup again.',
    )
  }
  const engine = url ? null : await openEngine(folder)
  const ownerConfig = url ? { connectionString: url } : await ownerOf(engine, folder)
  const life = new pg.Client(ownerConfig)
  await life.connect()
  const lost = new Promise<void>((resolve) => {
    // Without a listener a lost connection would end the process at once.
    life.on('error', () => resolve())
    life.on('end', () => resolve())
  })
  try {
    await life.query('select pg_advisory_lock_shared($1)', [IN_USE])
    if (serve) await claimServing(life)
    return await assemble({ folder, engine, ownerConfig, life, lost })
  } catch (error) {
    await leave(life, engine)
    throw error
  }
}

async function claimServing(life: pg.Client): Promise<void> {
  const { rows } = await life.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [SERVING])
  if (!rows[0]?.got) {
    throw new Refusal(
      'already_running',
      'This record is being served already; use the address that the other window printed, or stop it there first.',
    )
  }
}

async function assemble({
  folder,
  engine,
  ownerConfig,
  life,
  lost,
}: {
  folder: DataFolder
  engine: Engine | null
  ownerConfig: pg.ClientConfig
  life: pg.Client
  lost: Promise<void>
}): Promise<Workspace> {
  const options = `-c search_path=${SCHEMA}`
  const owner = new pg.Pool({ ...ownerConfig, options, max: 4 })
  owner.on('error', () => undefined)
  const role = { user: '', password: secretOf(folder, 'runtime-password') }
  role.user = await prepared(owner, { password: role.password, foreign: engine === null })
  const runtime = new pg.Pool({ ...ownerConfig, ...withUser(ownerConfig, role), options, max: 12 })
  runtime.on('error', () => undefined)
  const actor = await theOnePerson(owner)
  const close = async () => {
    await Promise.all([runtime.end(), owner.end()].map((ended) => ended.catch(() => undefined)))
    await leave(life, engine)
  }
  return { folder, database: { runtime, owner, close }, actor, key: ledgerKey(folder), lost, close }
}

/** Leave the engine to whoever else uses it; the last one stops it. */
async function leave(life: pg.Client, engine: Engine | null): Promise<void> {
  let alone = false
  try {
    await life.query('select pg_advisory_unlock_shared($1)', [IN_USE])
    const { rows } = await life.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [IN_USE])
    alone = rows[0]?.got ?? false
  } catch {
    // The engine is gone already.
  }
  await life.end().catch(() => undefined)
  if (alone && engine) await engine.stop()
}

/** In the embedded engine the owner is a role of its own, so that nobody works as superuser. */
async function ownerOf(engine: Engine | null, folder: DataFolder): Promise<pg.ClientConfig> {
  if (!engine) throw new Error('There is neither an engine nor DATABASE_URL.')
  const password = secretOf(folder, 'owner-password')
  const { host, user } = engine
  const root = new pg.Client({ host, user, password: engine.password, database: 'postgres' })
  await root.connect()
  try {
    const { rows } = await root.query("select 1 from pg_roles where rolname = 'rapporteur_owner'")
    if (rows.length === 0)
      await root.query(`create role rapporteur_owner login createrole password '${password}'`)
    const { rows: databases } = await root.query("select 1 from pg_database where datname = 'rapporteur'")
    if (databases.length === 0) await root.query('create database rapporteur owner rapporteur_owner')
  } finally {
    await root.end()
  }
  return { host, user: 'rapporteur_owner', password, database: 'rapporteur' }
}

/** Schema, runtime role and its rights; one process at a time, and nothing is touched where all is as it should be. */
async function prepared(
  owner: pg.Pool,
  { password, foreign }: { password: string; foreign: boolean },
): Promise<string> {
  const client = await owner.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [PREPARING])
    const migrated = await migrate(client)
    const { rows } = await client.query<{ name: string }>('select current_database() as name')
    // Roles are known to a whole server, so this one is named after its database.
    const user = `rapporteur_run_${createHash('sha256')
      .update(rows[0]?.name ?? '')
      .digest('hex')
      .slice(0, 10)}`
    const { rows: have } = await client.query('select 1 from pg_roles where rolname = $1', [user])
    if (have.length === 0) await client.query(`create role ${user} login password '${password}'`)
    else if (foreign) await client.query(`alter role ${user} password '${password}'`)
    if (migrated || have.length === 0) await grantRuntime(client, user)
    return user
  } finally {
    await client.query('select pg_advisory_unlock_all()').catch(() => undefined)
    client.release()
  }
}

function withUser(
  config: pg.ClientConfig,
  { user, password }: { user: string; password: string },
): pg.ClientConfig {
  if (!config.connectionString) return { user, password }
  const url = new URL(config.connectionString)
  url.username = user
  url.password = password
  return { connectionString: url.href }
}

/** The organisation and its one person, until accounts exist. */
async function theOnePerson(owner: pg.Pool): Promise<Actor> {
  const client = await owner.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [FIRST_PERSON])
    const { rows } = await client.query<{ organisation: string; id: string }>(
      'select organisation, id from person order by made_at limit 1',
    )
    const found = rows[0] ?? (await makeFirst(client))
    await client.query('commit')
    return { organisation: found.organisation, person: found.id, roles: ROLES }
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

function ledgerKey(folder: DataFolder): LedgerKey {
  const path = join(folder.keys, 'ledger.json')
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ed25519')
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
    const name = `rapporteur.local/${newId('process').slice(4, 14)}`
    writeFileSync(path, `${JSON.stringify({ name, pkcs8 })}\n`, { mode: 0o600, flag: 'wx' })
  }
  const { name, pkcs8 }: { name: string; pkcs8: string } = JSON.parse(readFileSync(path, 'utf8'))
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' })
  return { name, privateKey, publicKey: createPublicKey(privateKey) }
}
