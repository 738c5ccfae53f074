import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { Refusal } from '../foundation/refusal.ts'
import { WAYS_ON } from './platform.ts'

/** One mounted file system: where, and of what type (with what the system says of it). */
export interface Mount {
  readonly at: string
  readonly type: string
  readonly details: string
}

const SYNCED =
  /(^|[\\/])(Dropbox|OneDrive[^\\/]*|Google ?Drive|iCloud ?Drive|Mobile Documents|Yandex\.?Disk|Nextcloud|MEGA|pCloud ?Drive|Box Sync)([\\/]|$)/i

/** File systems whose disk is, or may be, in another machine. */
const NETWORK =
  /^(nfs\d?|cifs|smb\d?|smbfs|afs|afpfs|ncpfs|ceph|coda|davfs|webdav|glusterfs|lustre|gpfs|beegfs|orangefs|pvfs2|ocfs2|gfs2|vboxsf|vmhgfs|prl_fs)$/
/** FUSE can be anything; these are known to keep their files on this machine. */
const LOCAL_FUSE =
  /^fuse\.(fuse-overlayfs|overlayfs|mergerfs|bindfs|ntfs-3g|exfat|ext2|gocryptfs|encfs|cryfs|securefs|veracrypt|unionfs|zfs|lxcfs)$/

/** @throws Refusal `folder_synced` */
export function refuseSynced(root: string): void {
  const found = SYNCED.exec(root)?.[2]
  if (found) {
    throw new Refusal(
      'folder_synced',
      `${root} is synchronised by ${found}, which would damage a database in use; choose a folder on this machine's own disk with --data.`,
    )
  }
}

/**
 * A folder where our own database engine may keep its files.
 *
 * @throws Refusal `folder_network`, `folder_not_ascii`
 */
export function mustSuitEngine(
  path: string,
  { platform, mounts }: { platform: NodeJS.Platform; mounts: readonly Mount[] } = {
    platform: process.platform,
    mounts: mountsHere(),
  },
): void {
  const root = platform === process.platform ? realPlace(path) : path
  const windows = platform === 'win32'
  if (windows && /[^\u0020-\u007e]/.test(root)) {
    throw new Refusal(
      'folder_not_ascii',
      `On Windows the database engine cannot work in ${root}, whose name has other letters than a-z; choose another folder with --data, such as C:\\rapporteur.`,
    )
  }
  const type = windows ? shareOf(root) : networkTypeOf(root, mounts)
  if (type !== null) {
    throw new Refusal(
      'folder_network',
      `${root} lies on a network drive (${type}), where a database can be damaged unseen. ${WAYS_ON}`,
    )
  }
}

/** `\\server\share\…`; a letter given to a share cannot be told from a disk here. */
function shareOf(root: string): string | null {
  return /^(\\\\|\/\/)(?![?.][\\/])[^\\/]+[\\/]/.test(root) ? 'a shared folder of another machine' : null
}

function networkTypeOf(root: string, mounts: readonly Mount[]): string | null {
  // Of two mounts on one folder the later one is seen.
  const over = mounts.filter(({ at }) => isWithin(root, at)).sort((a, b) => a.at.length - b.at.length)
  const mount = over.at(-1)
  if (!mount) return null
  const { type, details } = mount
  if (NETWORK.test(type)) return type
  if (type.startsWith('fuse.') && !LOCAL_FUSE.test(type)) return type
  // The drives of Windows, seen from its Linux.
  return type === '9p' && /aname=drvfs/.test(details) ? 'a Windows drive' : null
}

function isWithin(root: string, at: string): boolean {
  const way = relative(at, root)
  return way === '' || (way !== '..' && !way.startsWith('../'))
}

/** The path that really is meant, with the folders that are not there yet. */
function realPlace(path: string): string {
  const whole = resolve(path)
  for (let at = whole; ; at = dirname(at)) {
    if (existsSync(at)) return join(realpathSync(at), relative(at, whole))
    if (at === dirname(at)) return whole
  }
}

function mountsHere(): Mount[] {
  if (process.platform === 'linux' && existsSync('/proc/self/mountinfo'))
    return readMountinfo(readFileSync('/proc/self/mountinfo', 'utf8'))
  if (process.platform === 'darwin')
    return readMountList(spawnSync('/sbin/mount', { encoding: 'utf8' }).stdout)
  return []
}

/** proc(5), mountinfo: fields by white space, white space inside a field as \ooo. */
export function readMountinfo(text: string): Mount[] {
  const plain = (field: string) =>
    field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
  return text
    .split('\n')
    .filter((line) => line.includes(' - '))
    .map((line) => {
      const [ours = '', theirs = ''] = line.split(' - ')
      const [type = '', ...rest] = theirs.split(' ')
      return { at: plain(ours.split(' ')[4] ?? ''), type, details: rest.join(' ') }
    })
}

/** What `mount` prints on macOS: `//user@host/share on /Volumes/share (smbfs, nodev)`. */
export function readMountList(text: string): Mount[] {
  return [...text.matchAll(/^.* on (\/.*) \(([^,)]+)([^)]*)\)$/gm)].map(
    ([, at = '', type = '', details = '']) => ({
      at,
      type,
      details,
    }),
  )
}
