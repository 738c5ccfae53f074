import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { A_CODING_FILE, A_TEXT } from './a-case.ts'

const BIN = fileURLToPath(new URL('../bin/rapporteur.js', import.meta.url))

describe('the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-cli-'))
  const data = join(folder, 'record')
  const path = (name: string) => join(folder, name)
  writeFileSync(path('harbour.txt'), A_TEXT)
  writeFileSync(path('empty.txt'), '')
  writeFileSync(path('coding.json'), JSON.stringify(A_CODING_FILE))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
      encoding: 'utf8',
      env: { ...process.env, RAPPORTEUR_TEST_NO_SYNC: '' },
    })
    return {
      status,
      stdout,
      stderr,
      json: () =>
        stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
    }
  }
  const inRecord = (...args: string[]) => run(...args, '--data', data, '--json')

  test('K1 import: one JSON line an item; 0 all done, 0 there already, 1 something refused', () => {
    const first = inRecord('import', path('harbour.txt'), '--dossier', 'harbour')
    expect(first.status).toBe(0)
    expect(first.json()).toMatchObject([{ fileName: 'harbour.txt', outcome: 'added', sentences: 4 }])
    expect(inRecord('import', path('harbour.txt'), '--dossier', 'harbour')).toMatchObject({ status: 0 })
    const some = inRecord(
      'import',
      path('empty.txt'),
      path('missing.txt'),
      path('harbour.txt'),
      '--dossier',
      'harbour',
    )
    expect(some.status).toBe(1)
    expect(new Set(some.json().map(({ code }) => code))).toEqual(
      new Set(['file_unreadable', 'empty_file', undefined]),
    )
  })

  test('K2 code: one JSON object; twice changes nothing', () => {
    expect(inRecord('code', path('coding.json'), '--dossier', 'harbour').json()).toMatchObject([
      { added: 4, refused: 0 },
    ])
    expect(inRecord('code', path('coding.json'), '--dossier', 'harbour').json()).toMatchObject([
      { added: 0, changed: 0, removed: 0 },
    ])
  })

  test('K3 check exits 0 when it ran, and 1 with --strict and findings', () => {
    const check = inRecord('check', '--dossier', 'harbour')
    expect(check.status).toBe(0)
    expect(Object.keys(check.json()[0])).toEqual([
      'passages',
      'conflicts',
      'tensions',
      'speakerless',
      'hiddenSpeakers',
      'overdue',
    ])
    expect(inRecord('check', '--dossier', 'harbour', '--strict').status).toBe(1)
  })

  test('K4 wrong usage is 2 and does nothing', () => {
    for (const args of [
      [],
      ['fly'],
      ['check'],
      ['check', '--dossier'],
      ['code', '--dossier', 'x'],
      ['import', '--dossier', 'x'],
      ['show', 'a', 'b'],
      ['search', 'x', '--loud'],
    ]) {
      expect(run(...args, ...(args.length > 1 ? ['--data', join(folder, 'never')] : [])).status).toBe(2)
    }
    expect(() => readFileSync(join(folder, 'never', 'rapporteur.json'))).toThrow()
    const told = run('show', '--json')
    expect(JSON.parse(told.stdout)).toEqual({ error: { code: 'wrong_usage', sentence: expect.any(String) } })
  })

  test('K4 a slug of another form, and a file that is no coding file, are wrong usage', () => {
    const never = ['--data', join(folder, 'never'), '--json']
    const coding = path('coding.json')
    const notCoding = Object.entries({
      'words.json': A_TEXT,
      'list.json': '[]',
      'other.json': '{"type":"Note"}',
      'head.json': '{"items":[],"matters":[{"kind":"event"}]}',
    })
    for (const [name, text] of notCoding) writeFileSync(path(name), text)
    writeFileSync(path('later.json'), JSON.stringify({ ...A_CODING_FILE, format: 'rapporteur-coding/9' }))
    const wrong: [string, string[]][] = [
      ['slug_unreadable', ['import', path('harbour.txt'), '--dossier', 'My Case']],
      ['slug_unreadable', ['code', coding, '--dossier', 'my_case']],
      ['slug_unreadable', ['check', '--dossier', 'My-Case']],
      ['slug_unreadable', ['search', 'boats', '--dossier', '-']],
      ['slug_unreadable', ['package', '--dossier', 'a--b', '--to', path('never.zip')]],
      ...notCoding.map(([name]): [string, string[]] => [
        'coding_unreadable',
        ['code', path(name), '--dossier', 'harbour'],
      ]),
      ['coding_format_unknown', ['code', path('later.json'), '--dossier', 'harbour']],
      ['file_unreadable', ['code', path('missing.json'), '--dossier', 'harbour']],
    ]
    for (const [code, args] of wrong) {
      const told = run(...args, ...never)
      expect([args, told.status, told.json()]).toEqual([
        args,
        2,
        [{ error: { code, sentence: expect.any(String) } }],
      ])
      // One sentence for people: where the format is described, and no word of the validator.
      if (code === 'coding_unreadable')
        expect(told.json()[0].error.sentence).toMatch(/^Th(?!.*(Invalid|expected)).*coding\.schema\.json/)
    }
    expect(() => readFileSync(join(folder, 'never', 'rapporteur.json'))).toThrow()
  })

  test('K4 a place where no file can be written is told before anything is done', () => {
    const places = [join(folder, 'no', 'such', 'b.zip'), folder, join(path('harbour.txt'), 'b.zip')]
    // A folder that takes no file, even of root.
    if (existsSync('/proc/self')) places.push('/proc/b.zip')
    const before = readdirSync(folder)
    for (const place of places) {
      for (const args of [
        ['backup', '--to', place],
        ['package', '--dossier', 'harbour', '--to', place],
      ]) {
        const told = run(...args, '--data', join(folder, 'never'), '--json')
        expect([place, told.status, told.json()]).toEqual([
          place,
          2,
          [{ error: { code: 'file_unwritable', sentence: expect.stringContaining(place) } }],
        ])
        expect(told.stderr).not.toMatch(/ENOENT: |\.part|failed/)
      }
    }
    expect(readdirSync(folder)).toEqual(before)
  })

  test('K14 --sample means the folder of the sample for every command, and verify needs no path', () => {
    const home = path('home')
    mkdirSync(home)
    const atHome = (...args: string[]) => {
      const env = { ...process.env, HOME: home, USERPROFILE: home }
      return spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8', env })
    }
    const nothing = atHome('verify')
    expect([nothing.status, nothing.stdout]).toEqual([3, expect.stringContaining(join(home, 'rapporteur'))])
    expect(atHome('import', path('harbour.txt'), '--dossier', 'harbour', '--sample').status).toBe(0)
    expect(readdirSync(home)).toEqual(['rapporteur-sample'])
    expect(JSON.parse(atHome('verify', '--sample', '--json').stdout)).toMatchObject({ state: 'intact' })
    expect(atHome('show', 'harbour', '--sample').status).toBe(0)
    expect(atHome('import', path('harbour.txt'), '--dossier', 'own').status).toBe(0)
    expect(atHome('verify').stdout).toMatch(/^intact: /m)
    expect(atHome('verify', 'a', 'b').status).toBe(2)
  })

  test('K11 check, search and package of a dossier that is not there are refused, and name those that are', () => {
    for (const args of [
      ['check', '--dossier', 'harbor'],
      ['search', 'boats', '--dossier', 'harbor'],
      ['package', '--dossier', 'harbor', '--to', path('never.zip')],
    ]) {
      const told = inRecord(...args)
      expect(told.status).toBe(1)
      const sentence = 'There is no dossier "harbor" in this record; it has harbour.'
      expect(told.json()).toEqual([{ error: { code: 'dossier_unknown', sentence } }])
    }
    const empty = run('check', '--dossier', 'harbour', '--data', path('empty'), '--json')
    expect([empty.status, empty.json()[0].error.sentence]).toEqual([
      1,
      'There is no dossier "harbour" in this record, nor any other.',
    ])
    expect(inRecord('import', path('harbour.txt'), '--dossier', 'harbor').status).toBe(0)
  })

  test('N12 members of an item that the format does not have are named in one note, and the item is recorded', () => {
    const [item] = A_CODING_FILE.items
    const target = { ...item?.target, rights: 'none' }
    const file = { ...A_CODING_FILE, items: [{ ...item, target, creator: 'a tool', created: '2024-01-01' }] }
    writeFileSync(path('foreign.json'), JSON.stringify(file))
    const told = inRecord('code', path('foreign.json'), '--dossier', 'harbour')
    expect(told.status).toBe(0)
    expect(told.json()).toMatchObject([
      {
        unchanged: 1,
        refused: 0,
        items: [
          {
            warnings: [
              {
                code: 'members_not_kept',
                sentence:
                  'This format has no "creator", "created", "target.rights"; the item was recorded without it.',
              },
            ],
          },
        ],
      },
    ])
    expect(told.stderr).toContain('members_not_kept')
  })

  test('N12 members of the head of a file that the format does not have are named in one note', () => {
    const [first, ...others] = A_CODING_FILE.matters
    const file = { ...A_CODING_FILE, creator: 'a tool', matters: [{ ...first, parent: 'sea' }, ...others] }
    writeFileSync(path('foreign-head.json'), JSON.stringify(file))
    const told = inRecord('code', path('foreign-head.json'), '--dossier', 'harbour')
    expect(told.status).toBe(0)
    const sentence =
      'This format has no "creator", "matters.parent" at the head of a file; it was read without it.'
    expect(told.json()).toMatchObject([{ refused: 0, notes: [{ code: 'members_not_kept', sentence }] }])
    expect(told.stderr).toContain(sentence)
  })

  test('K8 doctor names the platform, what was not tried, and what keeps a record shut with the ways on', () => {
    const well = inRecord('doctor')
    expect(well.status).toBe(0)
    expect(well.json()[0].findings).toContainEqual(
      expect.objectContaining({
        what: 'platform',
        sentence: expect.stringContaining('Not tried: linux-arm64'),
      }),
    )
    const { status, stdout } = spawnSync(process.execPath, [BIN, 'doctor', '--data', path('ill'), '--json'], {
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: 'postgresql://a:b@127.0.0.1:9/none' },
    })
    expect(status).toBe(4)
    const { findings } = JSON.parse(stdout)
    expect(findings).toContainEqual(
      expect.objectContaining({ state: 'fail', sentence: expect.stringContaining('database_unreachable') }),
    )
    expect(findings).toContainEqual(
      expect.objectContaining({ sentence: expect.stringMatching(/DATABASE_URL.*--data.*another machine/) }),
    )
  })

  test('K5 verify: 0 intact, 3 where there is no record; search and show answer in JSON', () => {
    const verified = run('verify', data, '--json')
    expect(verified).toMatchObject({ status: 0 })
    expect(verified.json()).toMatchObject([{ state: 'intact', rollback: 'not ruled out' }])
    expect(run('verify', path('nothing'), '--json').status).toBe(3)
    expect(inRecord('search', 'boats').json()[0].total).toBeGreaterThan(0)
    expect(inRecord('show', 'H1').json()).toMatchObject([{ kind: 'statement', words: [{ state: 'intact' }] }])
    expect(inRecord('show', 'nothing').status).toBe(1)
  })

  test('K15 show takes the entry that code prints: who, when, why, its records, its place and receipt', () => {
    inRecord('import', path('harbour.txt'), '--dossier', 'shown')
    const [coded] = inRecord('code', path('coding.json'), '--dossier', 'shown').json()
    const [shown] = inRecord('show', coded.entry).json()
    expect(shown).toMatchObject({
      id: coded.entry,
      kind: 'entry',
      body: { type: 'change', why: 'applied the coding file harbour', index: expect.any(Number) },
      history: [{ n: 1, entry: coded.entry, receipt: { place: { index: shown.body.index } } }],
    })
    expect(shown.body.records).toHaveLength(shown.body.items)
    expect(shown.body.records).toContainEqual({
      kind: 'statement',
      record: expect.stringMatching(/^stm_/),
      n: 1,
      title: 'H1',
    })
    expect(shown.body.who).not.toMatch(/^per_/)
    const said = run('show', coded.entry, '--data', data).stdout
    expect(said).toContain(`place ${shown.body.index} of the tree`)
    expect(said).toContain('applied the coding file harbour')
    writeFileSync(path('entry-receipt.json'), JSON.stringify(shown.history[0].receipt))
    expect(run('verify', path('entry-receipt.json'), '--data', data).status).toBe(0)
    expect(inRecord('show', 'ent_00000000000000000000').status).toBe(1)
  })

  test('K13 whoever reads may go early: no stack, and the code is the one that was reached', async () => {
    const unread = (...args: string[]) =>
      new Promise<{ code: number | null; said: string }>((resolve) => {
        const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
        let said = ''
        child.stdout.destroy()
        child.stderr.on('data', (part: Buffer) => (said += part))
        child.once('close', (code) => resolve({ code, said }))
      })
    expect(await unread('verify', data)).toEqual({ code: 0, said: '' })
    expect(await unread('verify', path('nothing'))).toEqual({ code: 3, said: '' })
    expect(await unread('search', 'boats', '--data', data)).toEqual({ code: 0, said: '' })
    expect(await unread('--help')).toEqual({ code: 0, said: '' })
    const refused = await unread('show', 'nothing', '--data', data, '--json')
    expect(refused).toEqual({ code: 1, said: expect.stringContaining('not_there') })
  })

  test('K12 K7 package and verify: a package needs no record, a receipt is held against one, profiles to come are refused', () => {
    const file = path('harbour.zip')
    const made = inRecord('package', '--dossier', 'harbour', '--to', file)
    expect(made).toMatchObject({ status: 0 })
    expect(made.json()).toMatchObject([{ format: 'rapporteur-package/1', profile: 'court', entries: 3 }])
    const [{ checkpoint }] = made.json()
    writeFileSync(path('checkpoint'), checkpoint)
    const verified = run('verify', file, '--since', path('checkpoint'), '--json')
    expect(verified).toMatchObject({ status: 0 })
    expect(verified.json()).toMatchObject([{ state: 'intact', rollback: 'ruled out', checkpoint }])
    expect(run('verify', file, '--since', checkpoint).status).toBe(0)
    const bytes = readFileSync(file)
    const at = bytes.indexOf('twelve')
    writeFileSync(
      path('altered.zip'),
      Buffer.concat([bytes.subarray(0, at), Buffer.from('eleven'), bytes.subarray(at + 6)]),
    )
    const altered = run('verify', path('altered.zip'))
    expect(altered.status).toBe(1)
    expect(altered.stdout).toContain('altered: member coding.json')
    expect(run('verify', path('harbour.txt')).status).toBe(3)

    const [shown] = inRecord('show', 'H1').json()
    writeFileSync(path('receipt.json'), JSON.stringify(shown.history[0].receipt))
    expect(run('verify', path('receipt.json')).status).toBe(0)
    expect(run('verify', path('receipt.json'), '--data', data).status).toBe(0)
    writeFileSync(path('promise.json'), JSON.stringify({ ...shown.history[0].receipt, place: null }))
    expect(run('verify', path('promise.json')).status).toBe(3)
    expect(run('verify', path('promise.json'), '--data', data).status).toBe(0)

    const out = (...more: string[]) => inRecord('package', '--dossier', 'harbour', '--to', file, ...more)
    expect(out('--for', 'fun').status).toBe(2)
    expect(out('--named', 'initials')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('shows_more'),
    })
    // Nobody told anything in a case here, so nobody is asked.
    expect(out('--for', 'media', '--to-whom', 'media', '--recipient', 'A paper').json()).toMatchObject([
      { uses: 0 },
    ])
    for (const profile of ['partner', 'public'])
      expect(inRecord('package', '--dossier', 'harbour', '--to', file, '--profile', profile)).toMatchObject({
        status: 1,
        stdout: expect.stringContaining('profile_not_built'),
      })
    expect(inRecord('package', '--dossier', 'harbour', '--to', file, '--profile', 'x').status).toBe(2)
    expect(inRecord('package', '--dossier', 'nobody', '--to', file)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('dossier_unknown'),
    })
    expect(run('verify', data).stdout).toMatch(/^intact: /m)
  })
})
