import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Refusal } from '../foundation/refusal.ts'

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

/**
 * Open a data folder, or make it. Nothing in it is readable by others; as root the folder itself can be passed
 * through (0711), because the database runs as another user below it.
 *
 * @throws Refusal `folder_synced`, `folder_foreign`
 */
export function openDataFolder(path: string): DataFolder {
  const root = resolve(path)
  refuseSynced(root)
  const runsAs = otherUser()
  const marker = join(root, 'rapporteur.json')
  mkdirSync(root, { recursive: true, mode: 0o700 })
  chmodSync(root, runsAs ? 0o711 : 0o700)
  if (existsSync(marker)) {
    if (!readFileSync(marker, 'utf8').includes(FORMAT)) {
      throw new Refusal(
        'folder_foreign',
        `${root} belongs to another program or version; choose another folder with --data.`,
      )
    }
  } else {
    writeFileSync(marker, `${JSON.stringify({ format: FORMAT, made: new Date().toISOString() })}\n`, {
      mode: 0o600,
    })
  }
  const reachable = runsAs === null || canPassThrough(root)
  const outside = join('/var/lib/rapporteur', createHash('sha256').update(root).digest('hex').slice(0, 16))
  const database = reachable ? join(root, 'database') : outside
  const folder = {
    root,
    originals: join(root, 'originals'),
    keys: join(root, 'keys'),
    run: join(root, 'run'),
    database,
    runsAs,
  }
  for (const part of [folder.originals, folder.keys, folder.run])
    mkdirSync(part, { recursive: true, mode: 0o700 })
  mkdirSync(database, { recursive: true, mode: 0o700 })
  if (!reachable) for (const part of ['/var/lib/rapporteur', dirname(database)]) chmodSync(part, 0o711)
  if (runsAs) chownSync(database, runsAs.uid, runsAs.gid)
  return folder
}

/** Stands while a restore is not finished; the record cannot be opened meanwhile. */
export function restoringMark(folder: DataFolder): string {
  return join(folder.run, 'restoring')
}

/** A secret kept in the folder under this name; made the first time. */
export function secretOf(folder: DataFolder, name: string): string {
  const path = join(folder.keys, name)
  if (!existsSync(path))
    writeFileSync(path, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' })
  return readFileSync(path, 'utf8').trim()
}

/** PostgreSQL refuses to run as root: whoever called sudo runs it, else nobody. */
function otherUser(): DataFolder['runsAs'] {
  if (process.getuid?.() !== 0) return null
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

const SYNCED =
  /(^|[\\/])(Dropbox|OneDrive[^\\/]*|Google ?Drive|iCloud ?Drive|Mobile Documents|Yandex\.?Disk|Nextcloud|MEGA|pCloud ?Drive|Box Sync)([\\/]|$)/i

function refuseSynced(root: string): void {
  const found = SYNCED.exec(root)?.[2]
  if (found) {
    throw new Refusal(
      'folder_synced',
      `${root} is synchronised by ${found}, which would damage a database in use; choose a folder on this machine's own disk with --data.`,
    )
  }
}
