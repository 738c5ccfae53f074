import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Refusal } from '../foundation/refusal.ts'
import { refuseSynced } from './folder-place.ts'

/** Where one record lives. Files that are not ours are left alone. */
export interface DataFolder {
  readonly root: string
  readonly originals: string
  readonly keys: string
  readonly run: string
  /** The database's own part, which belongs to the user that runs it. */
  readonly database: string
  /** The user that runs the database where we are root; null where it is ourselves. */
  readonly runsAs: { readonly uid: number; readonly gid: number } | null
}

const FORMAT = 'rapporteur-record/1'
/** Where root keeps databases of folders that only root can reach. */
const OUTSIDE = '/var/lib/rapporteur'

/** What marks a folder as ours. */
interface Marker {
  readonly format: string
  readonly made: string
  /** Where the database's part lies when the folder's own parents are closed to the user that runs it. */
  readonly database?: string
}

/**
 * Open a data folder, or make it. Nothing in it is readable by others; as root the folder itself can be passed
 * through (0711), because the database runs as another user below it.
 *
 * @throws Refusal `folder_synced`, `folder_foreign`, `folder_incomplete`
 */
export function openDataFolder(path: string): DataFolder {
  const root = resolve(path)
  refuseSynced(root)
  const isRoot = process.getuid?.() === 0
  mkdirSync(root, { recursive: true, mode: 0o700 })
  chmodSync(root, isRoot ? 0o711 : 0o700)
  const database = databasePlace(root, isRoot)
  const folder = {
    root,
    originals: join(root, 'originals'),
    keys: join(root, 'keys'),
    run: join(root, 'run'),
    database,
    runsAs: isRoot ? otherUser(database) : null,
  }
  for (const part of [folder.originals, folder.keys, folder.run])
    mkdirSync(part, { recursive: true, mode: 0o700 })
  mkdirSync(database, { recursive: true, mode: 0o700 })
  if (dirname(database) !== root) chmodSync(dirname(database), 0o711)
  if (folder.runsAs) chownSync(database, folder.runsAs.uid, folder.runsAs.gid)
  return folder
}

/** In the folder, where the user that runs the database can get there; decided once and kept. */
function databasePlace(root: string, isRoot: boolean): string {
  const marker = join(root, 'rapporteur.json')
  const inside = join(root, 'database')
  if (existsSync(marker)) {
    const { format, database = inside } = readMarker(marker)
    if (format !== FORMAT) {
      throw new Refusal(
        'folder_foreign',
        `${root} belongs to another program or version; choose another folder with --data.`,
      )
    }
    if (database !== inside && !existsSync(database)) {
      throw new Refusal(
        'folder_incomplete',
        `The database of ${root} lay in ${database} and is not there; this may be a copy of the folder. Restore a backup into an empty folder instead.`,
      )
    }
    return database
  }
  const outside = join(OUTSIDE, createHash('sha256').update(root).digest('hex').slice(0, 16))
  const database = !isRoot || canPassThrough(root) ? inside : outside
  if (database === outside) mkdirSync(outside, { recursive: true, mode: 0o700 })
  const ours: Marker = {
    format: FORMAT,
    made: new Date().toISOString(),
    ...(database === inside ? {} : { database }),
  }
  madeOnce(marker, () => `${JSON.stringify(ours)}\n`)
  return database
}

function readMarker(marker: string): Marker {
  try {
    return JSON.parse(readFileSync(marker, 'utf8'))
  } catch {
    return { format: 'unreadable', made: '' }
  }
}

/** Stands while a restore is not finished; the record cannot be opened meanwhile. */
export function restoringMark(folder: DataFolder): string {
  return join(folder.run, 'restoring')
}

/** A secret kept in the folder under this name; made the first time. */
export function secretOf(folder: DataFolder, name: string): string {
  return madeOnce(join(folder.keys, name), () => randomBytes(24).toString('base64url')).trim()
}

/** The text of a file that only we can read; whoever needs it first makes it, whole or not at all. */
export function madeOnce(path: string, make: () => string): string {
  if (!existsSync(path)) {
    const draft = `${path}.${randomBytes(6).toString('hex')}`
    writeFileSync(draft, make(), { mode: 0o600, flag: 'wx' })
    try {
      linkSync(draft, path)
    } catch (error) {
      // Another process was first: its secret counts.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    } finally {
      rmSync(draft)
    }
  }
  return readFileSync(path, 'utf8')
}

/** PostgreSQL refuses to run as root: whom its files belong to runs it, else whoever called sudo, else nobody. */
function otherUser(database: string): DataFolder['runsAs'] {
  const data = statSync(join(database, 'data'), { throwIfNoEntry: false })
  if (data && data.uid > 0) return { uid: data.uid, gid: data.gid }
  const uid = Number(process.env.SUDO_UID ?? '0')
  if (uid > 0) return { uid, gid: Number(process.env.SUDO_GID ?? String(uid)) }
  const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'))
  if (!nobody) {
    throw new Refusal(
      'engine_failed',
      'As root the database needs another user to run as, and this machine has no "nobody"; start as an ordinary user.',
    )
  }
  return { uid: Number(nobody[1]), gid: Number(nobody[2]) }
}

/** Whether any user may pass through every folder from the root down to this one. */
export function canPassThrough(path: string): boolean {
  for (let at = resolve(path); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}
