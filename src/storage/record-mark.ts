import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../foundation/refusal.ts'
import { type DataFolder, madeOnce } from './data-folder.ts'

/** Where the record of a data folder is kept: by its own engine, or by the server of a DATABASE_URL. */
type Kept = 'own' | 'server'

/** Which record belongs to the originals and the key of a folder. */
interface Mark {
  readonly kept: Kept
  /** The random id of the record's organisation: the same in every copy and behind every address of one record. */
  readonly organisation: string
}

const markOf = (folder: DataFolder) => join(folder.root, 'record.json')

/**
 * Originals and key lie in the folder, the rest of the record may lie elsewhere. Opened with another database the folder
 * would show an empty record, and new work would be torn from the old: so it is refused, before anything is made there.
 *
 * @throws Refusal `record_elsewhere`
 */
export function mustKeepHere(folder: DataFolder, kept: Kept): void {
  const before = readMark(folder)?.kept ?? (hasOwnDatabase(folder) ? 'own' : null)
  if (before === null || before === kept) return
  throw new Refusal(
    'record_elsewhere',
    before === 'own'
      ? `The record of ${folder.root} is in its own database, not on the server of DATABASE_URL: unset DATABASE_URL, or choose another folder with --data (a backup can be restored into that one).`
      : `The record of ${folder.root} is on a server, and DATABASE_URL is not set: set it as before, or choose another folder with --data.`,
  )
}

/**
 * A folder is bound to the first record that is opened with it. A restore puts another record in its place.
 *
 * @throws Refusal `record_elsewhere` where the server has another record than before
 */
export function bindToRecord(
  folder: DataFolder,
  { replace, ...mark }: Mark & { readonly replace: boolean },
): void {
  const path = markOf(folder)
  const text = `${JSON.stringify(mark)}\n`
  if (replace) {
    const draft = `${path}.part`
    rmSync(draft, { force: true })
    writeFileSync(draft, text, { mode: 0o600 })
    renameSync(draft, path)
    return
  }
  madeOnce(path, () => text)
  if (readMark(folder)?.organisation === mark.organisation) return
  throw new Refusal(
    'record_elsewhere',
    `The record of ${folder.root} is not the one in this database: name the database it was used with in DATABASE_URL, or choose another folder with --data.`,
  )
}

function readMark(folder: DataFolder): Mark | null {
  const path = markOf(folder)
  if (!existsSync(path)) return null
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new Refusal(
      'folder_incomplete',
      `${path} cannot be read, so nobody can say which record this folder belongs to; restore a backup into an empty folder.`,
      {},
      { cause },
    )
  }
}

/** Folders made before they were marked. */
function hasOwnDatabase(folder: DataFolder): boolean {
  return existsSync(join(folder.database, 'data', 'PG_VERSION'))
}

/** Whether the record of a folder is kept by its own engine. */
export function isKeptHere(folder: DataFolder): boolean {
  return readMark(folder)?.kept === 'own'
}
