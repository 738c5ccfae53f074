import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { newId } from '../foundation/ids.ts'
import { Refusal } from '../foundation/refusal.ts'
import type { Actor } from '../protection/actor.ts'
import { backup } from './backup.ts'
import { rememberPlace } from './backup-places.ts'
import { type DataFolder, madeOnce, openDataFolder, restoringMark, secretOf } from './data-folder.ts'
import type { Database } from './database.ts'
import { type Engine, openEngine } from './engine.ts'
import { mustSuitEngine } from './folder-place.ts'
import { enter, type Life } from './life.ts'
import { PREPARING, RECORD } from './locks.ts'
import { grantRuntime, migrate, newestMigration, SCHEMA } from './migrate.ts'
import { theOnePerson } from './one-person.ts'
import { bindToRecord, mustKeepHere } from './record-mark.ts'
import { mustSuitRecord } from './server.ts'

/** A stopping engine is met once; more often something else is wrong. */
const ATTEMPTS = 3

/** The key that signs checkpoints and receipts; its name is the log's origin. */
export interface LedgerKey {
  readonly name: string
  /** Whose log has the key's own name; those of further organisations on this server have names of their own. */
  readonly home?: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

/** An open record, and the person who works on it. */
export interface Workspace {
  readonly folder: DataFolder
  readonly database: Database
  readonly actor: Actor
  readonly key: LedgerKey
  /** Sentences for whoever opened it: what was done on the way. */
  readonly notices: readonly string[]
  /** Resolves when the database was lost, and with it the right to serve. */
  readonly lost: Promise<Refusal>
  close(): Promise<void>
  /** Leave at once, whatever is still under way: it is rolled back. */
  abandon(): Promise<void>
}

/** Where a restore is: it makes the schema anew as the backup has it, or does the rest. */
type Restoring = { readonly schemaOf: number } | 'the rest'

/**
 * Open the record of a data folder; everything it needs is made the first time.
 *
 * @throws Refusal `restore_unfinished`; `record_elsewhere`; `already_running` where `serve` is asked and another `start` serves it; those
 *   of openDataFolder, openEngine, mustSuitEngine, the server named by `url`, and migrate
 */
export async function openWorkspace({
  data,
  serve = false,
  url = process.env.DATABASE_URL,
  restoring,
}: {
  data: string
  serve?: boolean
  url?: string | undefined
  /** For restore alone: open a record that is not whole yet. */
  restoring?: Restoring
}): Promise<Workspace> {
  if (!url) mustSuitEngine(data)
  const folder = openDataFolder(data)
  if (!restoring && existsSync(restoringMark(folder))) {
    throw new Refusal(
      'restore_unfinished',
      'A restore into this folder was not finished; run "rapporteur restore" with the same backup again.',
    )
  }
  mustKeepHere(folder, url ? 'server' : 'own')
  const { engine, ownerConfig, life } = url
    ? await enterServer(folder, { url, serve })
    : await enterOwn(folder, { serve })
  try {
    return await assemble({ folder, foreign: engine === null, ownerConfig, life, restoring })
  } catch (error) {
    await life.leave()
    throw error
  }
}

interface Entered {
  readonly engine: Engine | null
  readonly ownerConfig: pg.ClientConfig
  readonly life: Life
}

async function enterServer(
  folder: DataFolder,
  { url, serve }: { url: string; serve: boolean },
): Promise<Entered> {
  await mustSuitRecord(url)
  const ownerConfig = { connectionString: url }
  return { engine: null, ownerConfig, life: await enter(ownerConfig, { engine: null, folder, serve }) }
}

/** The last one out stops the engine; who comes in at that moment is sent away, and starts it again. */
async function enterOwn(folder: DataFolder, { serve }: { serve: boolean }): Promise<Entered> {
  for (let attempt = 1; ; attempt += 1) {
    const engine = await openEngine(folder)
    try {
      const ownerConfig = await ownerOf(engine, folder)
      return { engine, ownerConfig, life: await enter(ownerConfig, { engine, folder, serve }) }
    } catch (error) {
      if (attempt === ATTEMPTS || !isGoing(error)) throw error
    }
  }
}

/** What a client hears of a server that is stopping. */
function isGoing(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    /^(57P0[123]|ECONNREFUSED|ECONNRESET|EPIPE|ENOENT)$/.test(code) ||
    /connection (terminated|ended|error)/i.test(error.message)
  )
}

async function assemble({
  folder,
  foreign,
  ownerConfig,
  life,
  restoring,
}: {
  folder: DataFolder
  foreign: boolean
  ownerConfig: pg.ClientConfig
  life: Life
  restoring: Restoring | undefined
}): Promise<Workspace> {
  const options = `-c search_path=${SCHEMA}`
  const owner = poolOf({ ...ownerConfig, options, max: 4 })
  const role = { user: '', password: secretOf(folder, 'runtime-password') }
  const prepare = async () => {
    const prepares = { password: role.password, foreign, folder, restoring }
    const { user, notices } = await prepared(owner, prepares)
    const actor = await theOnePerson(owner, secretOf(folder, 'local-pass'))
    bind(folder, { foreign, restoring, organisation: actor.organisation })
    return { user, notices, actor }
  }
  const { user, notices, actor } = await prepare().catch(async (error) => {
    await owner.end()
    throw error
  })
  role.user = user
  const runtime = poolOf({ ...ownerConfig, ...withUser(ownerConfig, role), options, max: 12 })
  const close = async () => {
    await Promise.all([runtime.end(), owner.end()])
    await life.leave()
  }
  const database = { runtime, owner, close }
  const { lost, leave: abandon } = life
  const key = { ...ledgerKey(folder), home: actor.organisation }
  return { folder, database, actor, key, notices, lost, close, abandon }
}

/** Between the steps of a restore the database holds no record yet. */
function bind(
  folder: DataFolder,
  {
    foreign,
    restoring,
    organisation,
  }: { foreign: boolean; restoring: Restoring | undefined; organisation: string },
): void {
  if (typeof restoring === 'object') return
  bindToRecord(folder, {
    kept: foreign ? 'server' : 'own',
    organisation,
    replace: restoring === 'the rest',
  })
}

/** A lost connection fails what is asked of it next; unheard it would end the process at once, in use or idle. */
function poolOf(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config)
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** In the embedded engine the owner is a role of its own, so that nobody works as superuser. */
async function ownerOf(engine: Engine, folder: DataFolder): Promise<pg.ClientConfig> {
  const password = secretOf(folder, 'owner-password')
  const { host, user } = engine
  const root = new pg.Client({ host, user, password: engine.password, database: 'postgres' })
  await root.connect()
  try {
    // Two first starts at once: one makes, the other finds.
    await root.query('select pg_advisory_lock($1)', [PREPARING])
    const { rows } = await root.query("select 1 from pg_roles where rolname = 'rapporteur_owner'")
    if (rows.length === 0)
      await root.query(`create role rapporteur_owner login createrole password '${password}'`)
    const { rows: databases } = await root.query('select 1 from pg_database where datname = $1', [RECORD])
    if (databases.length === 0) await root.query(`create database ${RECORD} owner rapporteur_owner`)
  } finally {
    await root.end()
  }
  return { host, user: 'rapporteur_owner', password, database: RECORD }
}

/** Schema, runtime role and its rights; one process at a time, and nothing is touched where all is as it should be. */
async function prepared(
  owner: pg.Pool,
  {
    password,
    foreign,
    folder,
    restoring,
  }: { password: string; foreign: boolean; folder: DataFolder; restoring: Restoring | undefined },
): Promise<{ user: string; notices: string[] }> {
  const client = await owner.connect()
  const notices: string[] = []
  const before = async (from: number, to: number) => {
    const file = restoring ? null : await backupBefore({ owner, folder }, { from, to })
    if (file)
      notices.push(`Before the record was brought from schema ${from} to ${to}, a backup was made: ${file}`)
  }
  try {
    await client.query('select pg_advisory_lock($1)', [PREPARING])
    if (typeof restoring === 'object') await client.query(`drop schema if exists ${SCHEMA} cascade`)
    const upTo = typeof restoring === 'object' ? restoring.schemaOf : newestMigration()
    const migrated = await migrate(client, { upTo, before })
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
    return { user, notices }
  } finally {
    await client.query('select pg_advisory_unlock_all()').catch(() => undefined)
    client.release()
  }
}

/** The file with the backup, or null where the record holds nothing yet. */
async function backupBefore(
  { owner, folder }: { owner: pg.Pool; folder: DataFolder },
  { from, to }: { from: number; to: number },
): Promise<string | null> {
  const { rows } = await owner.query<{ used: boolean }>('select exists (select 1 from revision) as used')
  if (!rows[0]?.used) return null
  mkdirSync(join(folder.root, 'backups'), { recursive: true, mode: 0o700 })
  const at = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
  const file = join(folder.root, 'backups', `schema-${from}-before-${to}-${at}.zip`)
  await backup({ database: { owner }, folder, actor: null, key: ledgerKey(folder) }, file)
  rememberPlace(folder, file)
  return file
}

/**
 * Another role by the same address. The members of its query outweigh the name before the "@", and an address of a
 * socket ("postgres:///record?host=/run/postgresql") has no place for a name at all, so the query it is.
 */
export function withUser(
  config: pg.ClientConfig,
  { user, password }: { user: string; password: string },
): pg.ClientConfig {
  if (!config.connectionString) return { user, password }
  const url = new URL(config.connectionString.replace(/^([a-z]+:\/\/)[^/?#]*@(?=\/)/, '$1'))
  url.searchParams.set('user', user)
  url.searchParams.set('password', password)
  return { connectionString: url.href }
}

function ledgerKey(folder: DataFolder): LedgerKey {
  const path = join(folder.keys, 'ledger.json')
  const made = madeOnce(path, () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
    const name = `rapporteur.local/${newId('process').slice(4, 14)}`
    return `${JSON.stringify({ name, pkcs8 })}\n`
  })
  const { name, pkcs8 }: { name: string; pkcs8: string } = JSON.parse(made)
  const privateKey = createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' })
  return { name, privateKey, publicKey: createPublicKey(privateKey) }
}
