import { spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../src/foundation/ids.ts'
import { canonicalJson } from '../src/foundation/json.ts'
import { PlainZipReader } from '../src/foundation/plain-zip.ts'
import { signCheckpoint } from '../src/ledger/checkpoint.ts'
import { ProcessLog } from '../src/ledger/process-log.ts'
import { settle } from '../src/ledger/settle.ts'
import { verifyRecord } from '../src/ledger/verify-record.ts'
import { ALL_KINDS } from '../src/publication/all-kinds.ts'
import { makePackage } from '../src/publication/make-package.ts'
import { type VerifiedPackage, verifyPackage } from '../src/publication/verify-package.ts'
import { findDossier, openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { applyCoding } from '../src/statements/apply-coding.ts'
import { readCodingFile } from '../src/statements/coding-format.ts'
import { asActor, readAs } from '../src/storage/database.ts'
import type { Workspace } from '../src/storage/workspace.ts'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'
import { WITHOUT_KEY } from './package-cases.ts'
import { WITH_KEY } from './package-cases-signed.ts'
import { membersOf, type Original, zipOf } from './package-tampering.ts'
import { codeSeeds, SHARED, takeInSeeds } from './seeds.ts'
import { testWorkspace } from './workspace.ts'

const VERIFIER = fileURLToPath(new URL('../verifier/rapporteur_verify.py', import.meta.url))
const has = (command: string, ...args: string[]) => spawnSync(command, args).status === 0
const canVerifyTwice = has('python3', '--version') && has('openssl', 'version')

const GO = fileURLToPath(new URL('go', import.meta.url))
/** Whether Go is here and its module can be fetched; both are said where they are not. */
function hasGo(): boolean {
  if (!has('go', 'version')) return say('Go is not installed')
  if (spawnSync('go', ['mod', 'download'], { cwd: GO }).status !== 0)
    return say('the Go module cannot be fetched')
  return true
}

function say(why: string): boolean {
  process.stderr.write(`skipped: Go does not read our ledger, because ${why}.\n`)
  return false
}

interface Case {
  readonly path: string
  readonly since?: string
}

/** What the second verifier says of each case, in one run of Python. */
function second(cases: readonly Case[]): VerifiedPackage[] {
  const program = [
    'import importlib.util, json, sys',
    `spec = importlib.util.spec_from_file_location("second", ${JSON.stringify(VERIFIER)})`,
    'second = importlib.util.module_from_spec(spec)',
    'spec.loader.exec_module(second)',
    'for line in sys.stdin:',
    '    case = json.loads(line)',
    '    print(json.dumps(second.verify(case["path"], case.get("since"))))',
  ].join('\n')
  const { stdout, stderr } = spawnSync('python3', ['-c', program], {
    input: cases.map((one) => `${JSON.stringify(one)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const answers = stdout.trim().split('\n').filter(Boolean)
  if (answers.length !== cases.length) throw new Error(stderr)
  return answers.map((line) => JSON.parse(line))
}

describe('a package', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  let original: Original
  let path: string
  let early: string
  const prepared = new Map<unknown, { path: string; second: VerifiedPackage | undefined }>()
  /** What both verifiers say of a tampering, which must be the same. */
  const verifyTampered = (tamper: unknown): VerifiedPackage => {
    const one = prepared.get(tamper)
    const result = verifyPackage(one?.path ?? '')
    if (canVerifyTwice) expect(one?.second).toEqual(result)
    return result
  }
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-package-'))
  const file = (bytes: Buffer): string => {
    const name = join(folder, `${newId('draft')}.zip`)
    writeFileSync(name, bytes)
    return name
  }
  /** Both verifiers, word for word the same. */
  const verifyTwice = (given: string, since?: string): VerifiedPackage => {
    const result = verifyPackage(given, since)
    if (canVerifyTwice)
      expect(second([{ path: given, ...(since === undefined ? {} : { since }) }])).toEqual([result])
    return result
  }

  beforeAll(async () => {
    workspace = await testWorkspace()
    await harbour(workspace)
    await settle(workspace)
    early = (await verifyRecord(workspace, { kinds: ALL_KINDS })).checkpoint ?? ''
    await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'another'))
    const [, , third] = A_CODING_FILE.items
    await asActor(workspace.database, workspace.actor, async (tx) =>
      applyCoding(
        tx,
        await openDossier(tx, 'harbour'),
        readCodingFile(
          JSON.stringify({
            ...A_CODING_FILE,
            items: [{ ...third, body: { ...third?.body, hedges: ['perhaps'] } }],
          }),
        ),
      ),
    )
    await settle(workspace)
    path = join(folder, 'harbour.zip')
    await pack(workspace, 'harbour', path)
    original = { bytes: readFileSync(path), members: membersOf(path), key: workspace.key, folder }
    const tampered = [...WITHOUT_KEY, ...WITH_KEY].map(([, tamper]) => file(tamper(original)))
    const answers = canVerifyTwice ? second(tampered.map((one) => ({ path: one }))) : []
    for (const [n, [, tamper]] of [...WITHOUT_KEY, ...WITH_KEY].entries())
      prepared.set(tamper, { path: tampered[n] ?? '', second: answers[n] })
  })
  afterAll(async () => {
    await workspace?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('R6 an untouched package is intact for both verifiers, and made again it is the same bytes', async () => {
    expect(verifyTwice(path)).toMatchObject({
      state: 'intact',
      altered: [],
      records: 18,
      rollback: 'not ruled out',
    })
    const again = join(folder, 'again.zip')
    await pack(workspace, 'harbour', again)
    expect(readFileSync(again).equals(original.bytes)).toBe(true)
    const unzipped = spawnSync('python3', ['-m', 'zipfile', '-t', path], { encoding: 'utf8' })
    if (canVerifyTwice) expect(unzipped.stdout).toContain('Done testing')
  })

  test('R6 it holds originals as their plain bytes, and the coding that gives the same record elsewhere', async () => {
    const held = new Map(original.members)
    const name = [...held.keys()].find((one) => one.startsWith('originals/')) ?? ''
    expect(held.get(name)?.toString()).toBe(A_TEXT)
    const other = await testWorkspace()
    try {
      const dossier = await asActor(other.database, other.actor, (tx) => openDossier(tx, 'elsewhere'))
      await takeIn(other, dossier, [{ fileName: 'harbour.txt', bytes: held.get(name) ?? Buffer.alloc(0) }])
      const coding = readCodingFile(held.get('coding.json')?.toString() ?? '')
      const { added, refused } = await asActor(other.database, other.actor, (tx) =>
        applyCoding(tx, dossier, coding),
      )
      expect({ added, refused }).toEqual({ added: 4, refused: 0 })
    } finally {
      await other.close()
    }
  })

  test.each(WITHOUT_KEY)(
    'L9 %s, without the key: found and named alike by both verifiers',
    (_, tamper, named) => {
      const result = verifyTampered(tamper)
      if (result.state === 'cannot tell') return expect(result.cannotTell).not.toEqual([])
      expect(result.state).toBe('altered')
      expect(result.altered.map(({ id }) => id).join('\n')).toContain(named)
    },
  )

  test.each(WITH_KEY)('L9 %s, by a holder of the key: the ledger still shows it', (_, tamper, named) => {
    const { state, altered } = verifyTampered(tamper)
    expect(state).toBe('altered')
    expect(altered.map(({ what }) => what)).not.toContain('manifest')
    expect(altered.map(({ id }) => id).join('\n')).toContain(named)
  })

  test('L9 each member left out is named', () => {
    const cases = original.members.map(([missing]) => ({
      missing,
      path: file(
        zipOf(
          folder,
          original.members.filter(([name]) => name !== missing),
        ),
      ),
    }))
    const results = cases.map(({ path: given }) => verifyPackage(given))
    for (const [n, { state, altered }] of results.entries()) {
      const missing = cases[n]?.missing
      // Without its first member a package does not say any more what it is.
      if (missing === 'rapporteur-package.txt') expect(state).toBe('cannot tell')
      else expect(altered.map(({ id }) => id)).toContain(missing)
    }
    if (canVerifyTwice) expect(second(cases)).toEqual(results)
  })

  test('L9 a flipped byte in each member is named by that member', () => {
    const zipped = original.bytes
    const cases = original.members.flatMap(([name, bytes]) => {
      const start = startOf(path, name)
      const places = [0, bytes.length >> 1, bytes.length - 1]
      return places.map((place) => ({ name, path: file(flipped(zipped, start + place)) }))
    })
    const results = cases.map(({ path: given }) => verifyPackage(given))
    for (const [n, { state, altered }] of results.entries()) {
      expect(state).toBe('altered')
      expect(altered.map(({ id }) => id)).toContain(cases[n]?.name)
    }
    if (canVerifyTwice) expect(second(cases)).toEqual(results)
  })

  test('L9 no byte of the whole file changes unseen', () => {
    // Every byte between the members, and every thirty-first of what they hold.
    const inside = insideMembers(path)
    const places = [...original.bytes.keys()].filter((at) => !inside(at) || at % 31 === 0)
    const target = join(folder, 'flipped.zip')
    const unseen = places.filter((at) => {
      writeFileSync(target, flipped(original.bytes, at))
      return verifyPackage(target).state === 'intact'
    })
    expect(places.length).toBeGreaterThan(1500)
    expect(unseen).toEqual([])
  }, 120_000)

  test.skipIf(!canVerifyTwice)(
    'L9 both verifiers say the same of 300 bytes flipped at random',
    () => {
      const cases = Array.from({ length: 300 }, () => ({
        path: file(flipped(original.bytes, Math.floor(Math.random() * original.bytes.length))),
      }))
      expect(second(cases)).toEqual(cases.map(({ path: given }) => verifyPackage(given)))
    },
    120_000,
  )

  test('L9 what is no package is not called altered', () => {
    for (const bytes of ['', 'x', '{}', 'PK\u0005\u0006'])
      expect(verifyTwice(file(Buffer.from(bytes))).state).toBe('cannot tell')
  })

  test('L7 an earlier checkpoint rules out rollback; a fork, a rollback and a foreign one are told apart', () => {
    const { key } = workspace
    expect(verifyTwice(path, early)).toMatchObject({ state: 'intact', rollback: 'ruled out' })
    const fork = signCheckpoint({ size: 1, root: Buffer.alloc(32, 7) }, key)
    expect(verifyTwice(path, fork)).toMatchObject({
      state: 'altered',
      altered: [{ what: 'ledger', id: '1' }],
    })
    const later = signCheckpoint({ size: 1000, root: Buffer.alloc(32, 7) }, key)
    expect(verifyTwice(path, later)).toMatchObject({
      state: 'altered',
      altered: [{ what: 'ledger', id: '1000' }],
    })
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const foreign = signCheckpoint({ size: 1, root: Buffer.alloc(32) }, { ...key, privateKey, publicKey })
    expect(verifyTwice(path, foreign).state).toBe('cannot tell')
    expect(verifyTwice(path, 'no checkpoint').state).toBe('cannot tell')
  })

  test('L10 lawful erasure is named and is not altered, in the record and in a package; a marker alone is', async () => {
    const other = await testWorkspace()
    try {
      await harbour(other)
      await settle(other)
      const { owner } = other.database
      const { rows } = await owner.query<{ id: string }>("select id from remark where item = 'H4'")
      const record = rows[0]?.id ?? ''
      await owner.query('delete from passage_index where item = $1', [record])
      await owner.query('delete from remark where id = $1', [record])
      await owner.query(
        "update revision set salt = null, after = null, erased = jsonb_build_object('dossier', after->'body'->>'dossier') where record = $1",
        [record],
      )
      const unlawful = await verifyRecord(other, { kinds: ALL_KINDS })
      expect(unlawful).toMatchObject({
        state: 'altered',
        erased: [],
        altered: [{ what: 'remark', id: record }],
      })
      const before = join(folder, 'unlawful.zip')
      await pack(other, 'harbour', before)
      expect(verifyTwice(before)).toMatchObject({
        state: 'altered',
        altered: [{ what: 'remark', id: record }],
      })
      await erasureEntry(other, record)
      await settle(other)
      expect(await verifyRecord(other, { kinds: ALL_KINDS })).toMatchObject({
        state: 'intact',
        erased: [record],
      })
      const erased = join(folder, 'erased.zip')
      await pack(other, 'harbour', erased)
      expect(verifyTwice(erased)).toMatchObject({ state: 'intact', erased: [record], altered: [] })
      expect(readFileSync(erased).includes('Heading.')).toBe(false)
    } finally {
      await other.close()
    }
  })

  test('L8 a ledger of many tiles: the package of one dossier among 600 proves itself, an upper tile too', async () => {
    const other = await testWorkspace()
    try {
      for (let n = 0; n < 600; n += 1)
        await asActor(other.database, other.actor, (tx) => openDossier(tx, `dossier-${n}`))
      await settle(other)
      const whole = await verifyRecord(other, { kinds: ALL_KINDS })
      expect(whole).toMatchObject({ state: 'intact', entries: 601 })
      const { rows } = await other.database.owner.query('select tile_level, tile_index from ledger_tile')
      expect(rows).toHaveLength(2)
      const many = join(folder, 'many.zip')
      await pack(other, 'dossier-300', many)
      expect(verifyTwice(many, whole.checkpoint ?? '')).toMatchObject({
        state: 'intact',
        entries: 1,
        records: 1,
      })
      const members = membersOf(many)
      expect(members.map(([name]) => name).filter((name) => name.includes('/tile/'))).toEqual([
        'ledger/tile/0/000',
        'ledger/tile/0/001',
        'ledger/tile/0/002.p/89',
        'ledger/tile/1/000.p/2',
      ])
      for (const [name, bytes] of members.filter(([one]) => one.includes('/tile/'))) {
        expect(bytes.length).toBeGreaterThan(31)
        const at = startOf(many, name)
        expect(verifyTwice(file(flipped(readFileSync(many), at))).altered.map(({ id }) => id)).toContain(name)
      }
      await other.database.owner.query(
        'update ledger_tile set hashes = hashes || hashes where tile_index = 1',
      )
      expect((await verifyRecord(other, { kinds: ALL_KINDS })).altered).toMatchObject([
        { what: 'tile', id: '0/1' },
      ])
    } finally {
      await other.close()
    }
  })

  test('L11 a clock that goes back is written in the ledger, verified, and carried by packages', async () => {
    const other = await testWorkspace()
    try {
      await harbour(other)
      await settle(other)
      const hour = 3_600_000
      const process = new ProcessLog({ now: () => Date.now() - hour, monotonic: () => performance.now() })
      await settle(other, { process })
      await settle(other, { process })
      const { rows } = await other.database.owner.query<{ leaf: string }>(
        `select leaf from ledger_entry where leaf like '%"type":"clock"%'`,
      )
      expect(rows).toHaveLength(1)
      const { at, before } = JSON.parse(rows[0]?.leaf ?? '{}')
      expect(Date.parse(before) - Date.parse(at)).toBeGreaterThan(hour - 60_000)
      expect(await verifyRecord(other, { kinds: ALL_KINDS })).toMatchObject({ state: 'intact', altered: [] })
      const jumped = join(folder, 'jumped.zip')
      await pack(other, 'harbour', jumped)
      expect(verifyTwice(jumped)).toMatchObject({ state: 'intact', entries: 4 })
    } finally {
      await other.close()
    }
  })

  test.skipIf(!hasGo())(
    "L8 Go's sumdb/note and tlog read checkpoint, tiles and proofs, and give the same proofs",
    async () => {
      const other = await testWorkspace()
      try {
        await harbour(other)
        await settle(other)
        const old = join(folder, 'old-checkpoint')
        writeFileSync(old, (await verifyRecord(other, { kinds: ALL_KINDS })).checkpoint ?? '')
        for (let n = 0; n < 300; n += 1)
          await asActor(other.database, other.actor, (tx) => openDossier(tx, `dossier-${n}`))
        const packed = join(folder, 'for-go.zip')
        await pack(other, 'harbour', packed)
        const { stdout, stderr, status } = spawnSync('go', ['run', '.', packed, old], {
          cwd: GO,
          encoding: 'utf8',
        })
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
        expect(stdout).toMatch(/^size 30\d, proofs 3, continues \d+\n$/)
      } finally {
        await other.close()
      }
    },
    120_000,
  )

  test.skipIf(!SHARED)('R6 the hand-coded seeds make a package that both verifiers find intact', async () => {
    const other = await testWorkspace()
    try {
      await takeInSeeds(other, 'kazakhstan')
      await codeSeeds(other, 'kazakhstan')
      const seeds = join(folder, 'seeds.zip')
      await pack(other, 'kazakhstan', seeds)
      expect(verifyTwice(seeds)).toMatchObject({ state: 'intact', altered: [] })
    } finally {
      await other.close()
    }
  })
})

async function harbour(workspace: Workspace): Promise<void> {
  const dossier = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'harbour'))
  await takeIn(workspace, dossier, [{ fileName: 'harbour.txt', bytes: Buffer.from(A_TEXT) }])
  await asActor(workspace.database, workspace.actor, (tx) =>
    applyCoding(tx, dossier, readCodingFile(JSON.stringify(A_CODING_FILE))),
  )
}

async function pack(workspace: Workspace, slug: string, path: string): Promise<void> {
  const dossier = await readAs(workspace.database, workspace.actor, (tx) => findDossier(tx, slug))
  if (!dossier) throw new Error(`There is no ${slug}.`)
  await makePackage(workspace, dossier, path)
}

/** The entry that a lawful erasure writes (docs/package-format.md). */
async function erasureEntry({ database, actor }: Workspace, record: string): Promise<void> {
  const [entry, process] = [newId('entry'), newId('process')]
  const leaf = canonicalJson({
    v: 1,
    type: 'erasure',
    entry,
    at: new Date().toISOString(),
    who: actor.person,
    process,
    number: 1,
    erased: [{ record, n: 1 }],
  })
  await database.owner.query(
    'insert into ledger_inbox (organisation, entry, process, number, leaf) values ($1, $2, $3, 1, $4)',
    [actor.organisation, entry, process, leaf],
  )
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

function insideMembers(path: string): (at: number) => boolean {
  const spans = membersOf(path).map(([name, bytes]) => {
    const start = startOf(path, name)
    return [start, start + bytes.length] as const
  })
  return (at) => spans.some(([start, end]) => at >= start && at < end)
}

function startOf(path: string, name: string): number {
  const zip = new PlainZipReader(path)
  zip.close()
  return zip.members.find((member) => member.name === name)?.start ?? -1
}
