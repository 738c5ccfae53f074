import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPromise } from 'yauzl'
import { ZipFile } from 'yazl'
import { sha256Hex } from '../src/foundation/hashing.ts'
import { backUpRecord } from '../src/ledger/back-up-record.ts'
import { restoreRecord } from '../src/ledger/restore-record.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { type BackupManifest, signedText } from '../src/storage/backup.ts'
import { openDataFolder, restoringMark } from '../src/storage/data-folder.ts'
import { asActor } from '../src/storage/database.ts'
import { openWorkspace, type Workspace } from '../src/storage/workspace.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'

/** `prove -- restore` tries all of them; a run of the tests some of each sort. */
const ALL = process.env.RAPPORTEUR_CORRUPTIONS === 'all'
type Members = Map<string, Buffer>
interface Corruption {
  readonly name: string
  readonly sort: string
  make(): Promise<{ file: string; identity?: string }> | { file: string; identity?: string }
}

describe('corrupted backups', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-corrupt-'))
  const at = (name: string) => join(folder, name)
  let workspace: Workspace
  let members: Members
  let earlier: Members
  const figures = { tried: 0, found: 0, served: 0 }

  beforeAll(async () => {
    workspace = await openWorkspace({ data: at('record'), url: '' })
    const { database, actor } = workspace
    const dossier = await asActor(database, actor, (tx) => openDossier(tx, 'harbour'))
    await takeIn(workspace, dossier, [{ fileName: 'harbour.txt', bytes: new TextEncoder().encode(A_TEXT) }])
    await backUpRecord(workspace, at('earlier.zip'))
    await takeIn(workspace, dossier, [
      { fileName: 'more.txt', bytes: Buffer.alloc(300_000, 'Words of the harbour, again. ') },
    ])
    await asActor(database, actor, (tx) =>
      applyCoding(tx, dossier, readCodingFile(JSON.stringify(A_CODING_FILE))),
    )
    await backUpRecord(workspace, at('plain.zip'))
    for (const [name, make] of [
      ['classical', generateX25519Identity],
      ['hybrid', generateHybridIdentity],
    ] as const) {
      const identity = await make()
      writeFileSync(at(`${name}.key`), `# kept offline\n${identity}\n`)
      writeFileSync(at(`${name}-other.key`), `${await make()}\n`)
      await backUpRecord(workspace, at(`${name}.age`), { recipients: [await identityToRecipient(identity)] })
    }
    members = await readZip(at('plain.zip'))
    earlier = await readZip(at('earlier.zip'))
    await workspace.close()
  }, 120_000)
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
    if (process.env.RAPPORTEUR_FIGURES) writeFileSync(process.env.RAPPORTEUR_FIGURES, JSON.stringify(figures))
  })

  const many = <One>(n: number, of: (n: number) => One): One[] => Array.from({ length: n }, (_, k) => of(k))
  const file = (bytes: Buffer, name: string) => {
    writeFileSync(at(name), bytes)
    return at(name)
  }
  const aged =
    (bytes: (whole: Buffer) => Buffer, kind = 'classical') =>
    () => ({
      file: file(bytes(readFileSync(at(`${kind}.age`))), 'corrupt.age'),
      identity: at(`${kind}.key`),
    })
  const zipped = (change: (members: Members) => void) => async () => {
    const changed = new Map(members)
    change(changed)
    return { file: await writeZip(at('corrupt.zip'), changed) }
  }
  const manifestOf = (all: Members): BackupManifest =>
    JSON.parse(all.get('manifest.json')?.toString() ?? '{}')
  const setManifest = (all: Members, manifest: object) =>
    all.set('manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`))
  /** As whoever holds the backup, and with it the key, could write it: every hash and the signature are right. */
  const signedAnew = (change: (members: Members) => void) =>
    zipped((all) => {
      change(all)
      const hashes = Object.fromEntries(
        [...all]
          .filter(([name]) => name !== 'manifest.json')
          .map(([name, bytes]) => [name, sha256Hex(bytes)]),
      )
      const unsigned = { ...manifestOf(all), members: hashes }
      const { pkcs8 } = JSON.parse(all.get('keys/ledger.json')?.toString() ?? '{}')
      const key = createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' })
      setManifest(all, { ...unsigned, signature: sign(null, signedText(unsigned), key).toString('base64') })
    })
  const edited = (name: string, change: (text: string) => string) => (all: Members) => {
    const before = all.get(name)?.toString() ?? ''
    const after = change(before)
    if (after === before) throw new Error(`${name} has nothing to be changed.`)
    all.set(name, Buffer.from(after))
  }
  const flip = (whole: Buffer, place: number) => {
    const bytes = Buffer.from(whole)
    bytes[place] = (bytes[place] ?? 0) ^ (1 << (place % 8))
    return bytes
  }
  const anywhere = (whole: Buffer) => Math.floor(Math.random() * whole.length)
  const otherKey = (all: Members) => {
    const { name } = JSON.parse(all.get('keys/ledger.json')?.toString() ?? '{}')
    const { privateKey } = generateKeyPairSync('ed25519')
    const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
    all.set('keys/ledger.json', Buffer.from(`${JSON.stringify({ name, pkcs8 })}\n`))
  }
  const fromEarlier =
    (...names: string[]) =>
    (all: Members) => {
      for (const name of names) all.set(name, earlier.get(name) ?? Buffer.alloc(0))
    }

  const corruptions: Corruption[] = [
    ...many(10, (n) => ({
      sort: 'a bit flipped',
      name: `anywhere in an encrypted backup ${n}`,
      make: aged((whole) => flip(whole, anywhere(whole)), n % 2 ? 'hybrid' : 'classical'),
    })),
    ...many(5, (n) => ({
      sort: 'a bit flipped in a member',
      name: `of a plain one ${n}`,
      make: async () => {
        const zip = await openPromise(at('plain.zip'), { autoClose: false })
        const places: [number, number][] = []
        for await (const entry of zip.eachEntry()) {
          const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry)
          if (entry.compressedSize > 40) places.push([fileDataStart, entry.compressedSize])
        }
        zip.close()
        const [start, size] = places[Math.floor((places.length * n) / 5)] ?? [0, 1]
        return {
          file: file(
            flip(readFileSync(at('plain.zip')), start + 10 + Math.floor(Math.random() * (size - 20))),
            'corrupt.zip',
          ),
        }
      },
    })),
    ...many(4, (n) => ({
      sort: 'cut off',
      name: `an encrypted backup ${n}`,
      make: aged((whole) => whole.subarray(0, anywhere(whole))),
    })),
    {
      sort: 'cut off',
      name: 'an encrypted backup, at the end of a block',
      make: aged((whole) => whole.subarray(0, headLength(whole) + 16 + 65_536 + 16)),
    },
    {
      sort: 'cut off',
      name: 'an encrypted backup, by its last byte',
      make: aged((whole) => whole.subarray(0, -1)),
    },
    ...many(2, (n) => ({
      sort: 'cut off',
      name: `a plain backup ${n}`,
      make: () => ({
        file: file(
          readFileSync(at('plain.zip')).subarray(
            0,
            Math.floor(statSync(at('plain.zip')).size * (0.3 + 0.6 * n)),
          ),
          'corrupt.zip',
        ),
      }),
    })),
    ...many(2, (n) => ({
      sort: 'more than was written',
      name: `${n}`,
      make: aged((whole) => Buffer.concat([whole, whole.subarray(0, 1 + n * 500)])),
    })),
    ...(
      [
        ['tables/person.copy', 'tables/setting.copy'],
        ['tables/statement.copy', 'tables/remark.copy'],
        ['tables/source.copy', 'keys/ledger.json'],
      ] as const
    ).map(([one, other]) => ({
      sort: 'members swapped',
      name: `${one} and ${other}`,
      make: zipped((all) => {
        const [first, second] = [all.get(one), all.get(other)]
        all.set(one, second ?? Buffer.alloc(0)).set(other, first ?? Buffer.alloc(0))
      }),
    })),
    ...(
      [
        ['another format', { format: 'rapporteur-backup/9' }],
        ['the format that was not signed', { format: 'rapporteur-backup/1', signature: undefined }],
        ['a newer schema', { migration: 9999 }],
        ['an earlier schema', { migration: 5 }],
        ['no checkpoint', { checkpoint: null }],
        ['another time', { at: '2030-01-01T00:00:00.000Z' }],
        ['other numbers of rows', { rows: {} }],
        ['no signature', { signature: undefined }],
      ] as const
    ).map(([name, change]) => ({
      sort: 'a manifest that lies',
      name,
      make: zipped((all) => setManifest(all, { ...manifestOf(all), ...change })),
    })),
    {
      sort: 'a manifest that lies',
      name: 'a member that is not there',
      make: zipped((all) =>
        setManifest(all, {
          ...manifestOf(all),
          members: { ...manifestOf(all).members, 'tables/none.copy': '0'.repeat(64) },
        }),
      ),
    },
    {
      sort: 'a manifest that lies',
      name: 'a member it does not name',
      make: zipped((all) => all.set('originals/extra', Buffer.from('x'))),
    },
    {
      sort: 'a manifest that lies',
      name: 'an altered member with its new hash',
      make: zipped((all) => {
        edited('tables/setting.copy', (text) => `${text}x`)(all)
        setManifest(all, {
          ...manifestOf(all),
          members: {
            ...manifestOf(all).members,
            'tables/setting.copy': sha256Hex(all.get('tables/setting.copy') ?? ''),
          },
        })
      }),
    },
    {
      sort: 'a member left out',
      name: 'tables/tag.copy',
      make: zipped((all) => all.delete('tables/tag.copy')),
    },
    { sort: 'another key', name: 'with the manifest of the old one', make: zipped(otherKey) },
    { sort: 'another key', name: 'which signed the manifest anew', make: signedAnew(otherKey) },
    {
      sort: 'the wrong key to open it',
      name: 'classical',
      make: () => ({ file: at('classical.age'), identity: at('classical-other.key') }),
    },
    {
      sort: 'the wrong key to open it',
      name: 'hybrid',
      make: () => ({ file: at('hybrid.age'), identity: at('hybrid-other.key') }),
    },
    {
      sort: 'the wrong key to open it',
      name: 'of the other kind',
      make: () => ({ file: at('hybrid.age'), identity: at('classical.key') }),
    },
    { sort: 'the wrong key to open it', name: 'none', make: () => ({ file: at('hybrid.age') }) },
    {
      sort: 'two backups mixed',
      name: 'tables of one under the manifest of the other',
      make: zipped(fromEarlier('tables/source.copy', 'tables/revision.copy')),
    },
    {
      sort: 'two backups mixed',
      name: 'rows of one, revisions of the other, signed anew',
      make: signedAnew(fromEarlier('tables/source.copy', 'tables/reading.copy')),
    },
    {
      sort: 'two backups mixed',
      name: 'the ledger of one, the record of the other, signed anew',
      make: signedAnew(
        fromEarlier(
          'tables/ledger_entry.copy',
          'tables/ledger_checkpoint.copy',
          'tables/ledger_tile.copy',
          'tables/ledger_inbox.copy',
        ),
      ),
    },
    {
      sort: 'altered by whoever holds the key',
      name: 'words of a statement',
      make: signedAnew(
        edited('tables/statement.copy', (text) => text.replace('twelve boats', 'twenty boats')),
      ),
    },
    {
      sort: 'altered by whoever holds the key',
      name: 'an earlier revision',
      make: signedAnew(
        edited('tables/revision.copy', (text) => text.replace('twelve boats', 'twenty boats')),
      ),
    },
    {
      sort: 'altered by whoever holds the key',
      name: 'the text of a reading',
      make: signedAnew(edited('tables/reading.copy', (text) => text.replace('twelve boats', 'twenty boats'))),
    },
    {
      sort: 'altered by whoever holds the key',
      name: 'a line of search',
      make: signedAnew(
        edited('tables/searched.copy', (text) => text.replace('twelve boats', 'twenty boats')),
      ),
    },
    {
      sort: 'altered by whoever holds the key',
      name: 'an original',
      make: signedAnew((all) => {
        const name = [...all.keys()].find((one) => one.startsWith('originals/')) ?? ''
        all.set(name, Buffer.from('Other words.\n'))
      }),
    },
    {
      sort: 'altered by whoever holds the key',
      name: 'an entry left out',
      make: signedAnew(
        edited('tables/ledger_entry.copy', (text) =>
          text
            .split('\n')
            .filter((_, n) => n !== 2)
            .join('\n'),
        ),
      ),
    },
  ]
  const some = [
    ...new Map(corruptions.map((one) => [one.sort, one])).values(),
    ...corruptions.filter(({ sort }) => sort === 'two backups mixed').slice(1, 2),
  ]

  test('T11 what is put together here restores where nothing is corrupted', async () => {
    for (const [name, identity] of [
      ['same.zip', undefined],
      ['classical.age', at('classical.key')],
      ['hybrid.age', at('hybrid.key')],
    ] as const) {
      if (name === 'same.zip')
        await signedAnew(() => undefined)().then(({ file: made }) =>
          writeFileSync(at(name), readFileSync(made)),
        )
      const data = at(`whole-${name}`)
      await restoreRecord({ file: at(name), data, url: '', identity }, { kinds: ALL_KINDS })
      rmSync(data, { recursive: true, force: true })
    }
  }, 120_000)

  test.each(ALL ? corruptions : some)(
    'T11 $sort: $name',
    async ({ make }) => {
      figures.tried += 1
      const data = at(`target-${figures.tried}`)
      mkdirSync(data)
      const wanted = { ...(await make()), data, url: '' }
      const refused = await restoreRecord(wanted, { kinds: ALL_KINDS }).then(
        () => null,
        (error: unknown) => error,
      )
      // Refused by name, and nothing of it is served.
      expect(refused).toBeInstanceOf(Error)
      expect((refused as { code?: string }).code).toMatch(
        /^(backup_altered|backup_unreadable|record_newer|restore_failed|identity_unfit|identity_missing)$/,
      )
      figures.found += 1
      const opened = openDataFolder(data)
      const begun = existsSync(join(opened.database, 'data'))
      if (begun) {
        expect(existsSync(restoringMark(opened))).toBe(true)
        await expect(openWorkspace({ data, url: '' })).rejects.toMatchObject({ code: 'restore_unfinished' })
      }
      expect(existsSync(join(opened.run, 'decrypted-backup.zip'))).toBe(false)
    },
    120_000,
  )
})

/** Bytes of an age file's head: up to the line of its authentication code. */
function headLength(bytes: Buffer): number {
  const line = bytes.indexOf('\n---')
  return bytes.indexOf('\n', line + 1) + 1
}

async function readZip(path: string): Promise<Members> {
  const zip = await openPromise(path, { autoClose: false })
  const members: Members = new Map()
  for await (const entry of zip.eachEntry())
    members.set(entry.fileName, Buffer.from(await buffer(await zip.openReadStreamPromise(entry))))
  zip.close()
  return members
}

async function writeZip(path: string, members: Members): Promise<string> {
  const zip = new ZipFile()
  for (const [name, bytes] of members) zip.addBuffer(bytes, name)
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(path))
  return path
}
