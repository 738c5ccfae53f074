import { describe, expect, test } from 'vitest'
import { type Mount, mustSuitEngine, readMountinfo, readMountList, refuseSynced } from './folder-place.ts'

const MOUNTINFO = `22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
40 22 0:50 / /mnt/office rw,relatime shared:1 - nfs4 server:/export rw,vers=4.2
41 22 0:51 / /mnt/two\\040words rw - cifs //server/share rw
42 22 0:52 / /home/a/far rw - fuse.sshfs a@b: rw,user_id=0
43 22 0:53 / /home/a/near rw - fuse.gocryptfs /home/a/cipher rw
44 22 0:54 / /mnt/c rw - 9p C:\\134 rw,aname=drvfs;path=C:\\
45 22 0:55 / /mnt/plan rw - 9p share rw,trans=virtio
46 40 8:2 / /mnt/office/disk rw - xfs /dev/sdb1 rw
47 22 8:3 / /mnt/usb rw - fuseblk /dev/sdc1 rw
`
const MAC = `/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//anna@server/share on /Volumes/share (smbfs, nodev, nosuid, mounted by anna)
`
function codeFor(path: string, platform: NodeJS.Platform, mounts: readonly Mount[]): string {
  try {
    mustSuitEngine(path, { platform, mounts })
    return 'fits'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'failed'
  }
}

describe('T15 where the engine may keep its files', () => {
  // Asked as another platform, so that the path is taken as it stands; what follows is the same for Linux.
  const unix = process.platform === 'linux' ? 'freebsd' : 'linux'
  test.each([
    ['/home/a/rapporteur', 'fits'],
    ['/mnt/office/rapporteur', 'folder_network'],
    ['/mnt/officer/rapporteur', 'fits'],
    ['/mnt/office/disk/rapporteur', 'fits'],
    ['/mnt/two words/x', 'folder_network'],
    ['/home/a/far', 'folder_network'],
    ['/home/a/near/x', 'fits'],
    ['/mnt/c/Users/a', 'folder_network'],
    ['/mnt/plan/x', 'fits'],
    ['/mnt/usb/x', 'fits'],
    ['/home/Әсем/дело', 'fits'],
  ])('on Linux %s: %s', (path, expected) => {
    expect(codeFor(path, unix, readMountinfo(MOUNTINFO))).toBe(expected)
  })

  test.each([
    ['/Users/anna/rapporteur', 'fits'],
    ['/Volumes/share/rapporteur', 'folder_network'],
  ])('on macOS %s: %s', (path, expected) => {
    expect(codeFor(path, 'darwin', readMountList(MAC))).toBe(expected)
  })

  test.each([
    ['C:\\rapporteur', 'fits'],
    ['C:\\Users\\Әсем\\rapporteur', 'folder_not_ascii'],
    ['C:\\Users\\José\\rapporteur', 'folder_not_ascii'],
    ['\\\\server\\share\\rapporteur', 'folder_network'],
    ['//server/share/rapporteur', 'folder_network'],
    ['\\\\?\\C:\\rapporteur', 'fits'],
  ])('on Windows %s: %s', (path, expected) => {
    expect(codeFor(path, 'win32', [])).toBe(expected)
  })

  test('the sentence names the ways on, and this machine fits', () => {
    expect(() =>
      mustSuitEngine('/mnt/office/x', { platform: unix, mounts: readMountinfo(MOUNTINFO) }),
    ).toThrow(/nfs4.*DATABASE_URL.*--data.*another machine/)
    expect(codeFor(process.cwd(), process.platform, readMountinfo(MOUNTINFO))).toBe('fits')
  })

  test.each([
    '/home/a/Dropbox/x',
    '/Users/a/Library/Mobile Documents/x',
    'C:\\Users\\a\\OneDrive - Office\\x',
  ])('%s is synchronised', (path) => {
    expect(() => refuseSynced(path)).toThrow(expect.objectContaining({ code: 'folder_synced' }))
  })
})
