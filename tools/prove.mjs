// Measures what docs/reliability.md claims: `npm run prove -- [NAME...] [--long]`, one line a figure.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const long = process.argv.includes('--long')
const asked = process.argv.slice(2).filter((name) => !name.startsWith('--'))
const shared = existsSync(join(root, '..', 'shared', 'seeds'))
let missed = 0

function report(name, value, goal, verdict) {
  process.stdout.write(`${name}: ${value} (goal ${goal}) ${verdict}\n`)
  // An optional tool that is absent, and named, is no goal missed.
  if (verdict !== 'holds' && !/^not run: /.test(verdict)) missed += 1
}

/** Run test files and give every test's name and state. */
function run(files, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-prove-'))
  const output = join(folder, 'results.json')
  spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      ...files,
      '--reporter=json',
      `--outputFile=${output}`,
    ],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'ignore'],
      env: { ...process.env, ...env },
    },
  )
  const results = existsSync(output)
    ? JSON.parse(readFileSync(output, 'utf8')).testResults.flatMap((file) => file.assertionResults)
    : []
  rmSync(folder, { recursive: true, force: true })
  return results
}

/** The same of one file, with the figures that it writes down. */
function measured(file, env) {
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-prove-'))
  const path = join(folder, 'figures.json')
  const tests = run([file], { ...env, RAPPORTEUR_FIGURES: path })
  const figures = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {}
  rmSync(folder, { recursive: true, force: true })
  return { tests, figures }
}

const passed = (tests) => tests.filter(({ status }) => status === 'passed').length
const verdict = (holds) => (holds ? 'holds' : 'falls short')

const proofs = {
  seeds() {
    if (!shared) return report('rows held', '-', 'every row that names a test', 'not run')
    const claimed = readFileSync(join(root, 'docs/coverage.tsv'), 'utf8')
      .split('\n')
      .filter((line) => (line.split('\t')[2] ?? '-') !== '-').length
    const rows = passed(run(['tests/inventory.test.ts']).filter(({ title }) => /^[AB]-\d{3}$/.test(title)))
    report(
      'rows held',
      `${rows} of 193`,
      `${claimed} that name a test, at least 120`,
      verdict(rows >= claimed && rows >= 120),
    )
    const expectations = run(['tests/expectations.test.ts'])
    report(
      'expectations held',
      `${passed(expectations)} of ${expectations.length}`,
      'all',
      verdict(passed(expectations) === expectations.length && expectations.length > 0),
    )
  },
  anchors() {
    if (!shared) return report('anchors', '-', 'all', 'not run')
    const tests = run(['tests/expectations.test.ts']).filter(({ title }) => /^(A1|P1) /.test(title))
    report(
      'anchors of the hand coding intact, selectors as expected',
      `${passed(tests)} of ${tests.length} tests`,
      'all',
      verdict(passed(tests) === tests.length && tests.length > 1),
    )
  },
  tamper() {
    const record = run(['tests/tamper.test.ts', 'tests/uses-in-ledger.test.ts']).filter(({ title }) =>
      /^L(1|6|7|12|13|14) /.test(title),
    )
    report(
      'tamperings of a record found and named, no false alarm',
      `${passed(record)} of ${record.length}`,
      'all',
      verdict(passed(record) === record.length && record.length > 40),
    )
    const tests = run(['tests/package.test.ts'])
    const packages = tests.filter(({ title, status }) => /^L(7|9|10) /.test(title) && status !== 'pending')
    report(
      'tamperings of a package found and named, no false alarm',
      `${passed(packages)} of ${packages.length}`,
      'all',
      verdict(passed(packages) === packages.length && packages.length > 60),
    )
    const twice =
      spawnSync('python3', ['--version']).status === 0 && spawnSync('openssl', ['version']).status === 0
    // Every one of these tests compares what both verifiers say, word for word, where both can run.
    report(
      'the second verifier says the same',
      twice ? `${passed(packages)} of ${packages.length}` : '-',
      'all',
      twice ? verdict(passed(packages) === packages.length) : 'not run: python3 or openssl is absent',
    )
    const go = tests.filter(({ title }) => /^L8 Go/.test(title))
    const absent = go.every(({ status }) => status !== 'passed' && status !== 'failed')
    report(
      "Go's sumdb/note and tlog read checkpoint, tiles and proofs",
      absent ? '-' : `${passed(go)} of ${go.length}`,
      'all',
      absent ? 'not run: Go or its module is absent' : verdict(passed(go) === go.length),
    )
  },
  'hostile-files'() {
    const wanted = long ? 2000 : 300
    const tests = run(['tests/hostile-files.test.ts'], { RAPPORTEUR_HOSTILE: String(wanted) })
    const kinds = tests.filter(({ title }) => title.startsWith('S41 hostile '))
    report(
      'hostile files a reader that were read or refused, within 30 s and 600 MB, each original kept',
      passed(kinds) === kinds.length && kinds.length > 0
        ? `${wanted} for each of ${kinds.length} readers`
        : `${passed(kinds)} of ${kinds.length} readers`,
      '300 for each',
      verdict(passed(kinds) === kinds.length && kinds.length > 0 && wanted >= 300),
    )
    report(
      'the server goes on serving meanwhile',
      `${passed(tests) - passed(kinds)} of 1 tests`,
      'all',
      verdict(passed(tests) === tests.length && tests.length > kinds.length),
    )
  },
  ocr() {
    const goal = 'under 2 % of characters wrong, 200 dots an inch, noise, two degrees askew'
    const { tests, figures } = measured('tests/picture-reader.test.ts', {
      RAPPORTEUR_SCANS: long ? '4' : '2',
    })
    const scans = tests.filter(({ title }) => title.startsWith('S54 a scan in '))
    for (const { title, status } of scans) {
      const language = /^S54 a scan in (\w+)/.exec(title)[1]
      const found = figures[language] ?? 'not read'
      if (status === 'passed' || status === 'failed')
        report(`characters read wrongly in scans in ${language}`, found, goal, verdict(status === 'passed'))
      else report(`characters read wrongly in scans in ${language}`, '-', goal, 'not run: Chromium is absent')
    }
  },
  consent() {
    const cells = run(['tests/consent-exits.test.ts'])
    const refused = cells.filter(({ title }) => title.startsWith('P54 P55 '))
    report(
      'exits without the right leave (every exit × what is wrong with the leave × who asks), each refusal names it',
      `${refused.length - passed(refused)} of ${refused.length}`,
      '0',
      verdict(passed(refused) === refused.length && refused.length >= 40),
    )
    const left = cells.filter(({ title }) => /^P5[4678] .*(leaves|within the case|conditions)/.test(title))
    report(
      'exits with the right leave that happen and leave a use',
      `${passed(left)} of ${left.length}`,
      'all',
      verdict(passed(left) === left.length && left.length >= 8),
    )
    const doors = run(['tests/exits.test.ts'])
    report(
      'ways of writing or sending a file that pass no exit',
      `${doors.length - passed(doors)} of ${doors.length} looks through the code`,
      '0',
      verdict(passed(doors) === doors.length && doors.length >= 5),
    )
  },
  authorization() {
    const folder = mkdtempSync(join(tmpdir(), 'rapporteur-prove-'))
    const figures = join(folder, 'figures')
    const files = ['', '-sql', '-cli', '-traces', '-open-gate'].map(
      (name) => `tests/authorization${name}.test.ts`,
    )
    // Every question that there is, and not one in so many.
    const tests = run(files, { RAPPORTEUR_CELLS_ONE_IN: '1', RAPPORTEUR_FIGURES: figures })
    const read = (end) =>
      existsSync(figures + end) ? JSON.parse(readFileSync(figures + end, 'utf8')) : { cells: 0 }
    const [{ tokens = {}, cookies = {} }, sql, cli] = ['', '.sql', '.cli'].map(read)
    rmSync(folder, { recursive: true, force: true })
    const rounds = {
      'routes by a token': tokens,
      'routes by the cookie of a browser': cookies,
      'tables and functions by SQL': sql,
      commands: cli,
    }
    for (const [
      name,
      { cells = 0, leaks = 1, wrongRefusals = 1, wronglyDone = 0, seconds },
    ] of Object.entries(rounds))
      report(
        `authorization, ${name}`,
        `${cells} cells${seconds ? `, ${Math.round(cells / seconds)} a second` : ''}, ${leaks} leaks, ${wrongRefusals} wrong refusals${wronglyDone > 0 ? `, ${wronglyDone} wrongly done` : ''}`,
        '0 leaks, 0 wrong refusals',
        verdict(cells > 0 && leaks + wrongRefusals + wronglyDone === 0),
      )
    for (const [name, start] of [
      ['every route, table, function and command has a row', /has a row/],
      [
        'what is hidden leaves no trace, absent and forbidden in one class of time',
        /^P23 .*(no trace|as if what is hidden|same time)/,
      ],
      ['either gate switched off: no leak across organisations', /row security alone|with every policy open/],
    ]) {
      const those = tests.filter(({ title }) => start.test(title))
      report(
        `authorization, ${name}`,
        `${passed(those)} of ${those.length} tests`,
        'all',
        verdict(those.length > 0 && passed(those) === those.length),
      )
    }
  },
  erasure() {
    const { tests, figures } = measured('tests/erased-everywhere.test.ts', { RAPPORTEUR_ERASURES: '100' })
    const of = (start) => tests.find(({ title }) => title.startsWith(start))?.status === 'passed'
    const { erased = 0, found = '-', files = 0, seconds = 0, restored = '-' } = figures
    report(
      'canaries found while they are there, so that the search can find them',
      of('P74 the search') ? '100 of 100' : 'not all',
      'all',
      verdict(of('P74 the search')),
    )
    report(
      'canaries left after 100 erasures in database files, logs, originals, search, a new backup',
      `${found} of ${erased}, in ${files} files; clean-up ${seconds.toFixed(1)} s`,
      '0 of 100',
      verdict(of('P72 P74') && erased === 100 && found === 0),
    )
    report(
      'canaries in the restore of a backup made before',
      `${restored} of ${erased}`,
      '0 of 100',
      verdict(of('P75') && restored === 0),
    )
    report(
      'proofs that still hold: record, package by both verifiers, receipts',
      of('P74 L10') ? 'all' : 'not all',
      'all',
      verdict(of('P74 L10')),
    )
  },
  restore() {
    const { tests, figures } = measured('tests/corrupt-backups.test.ts', { RAPPORTEUR_CORRUPTIONS: 'all' })
    const whole = tests.filter(({ title }) => title.startsWith('T11 what is put together'))
    report(
      'backups that are not corrupted restore',
      `${passed(whole)} of 1 test`,
      'all',
      verdict(passed(whole) === 1),
    )
    const tried = tests.filter(
      ({ title }) => title.startsWith('T11') && !whole.some((one) => one.title === title),
    )
    report(
      'corruptions of a backup found, and nothing of it served',
      `${passed(tried)} of ${tried.length}`,
      'at least 50, all',
      verdict(tried.length >= 50 && passed(tried) === tried.length && figures.found === tried.length),
    )
    const drills = run(['tests/encrypted-backup.test.ts'])
    const held = drills.filter(
      ({ title, status }) => /^T2[23] /.test(title) && status !== 'pending' && status !== 'skipped',
    )
    report(
      'encrypted backups and the restore drill',
      `${passed(held)} of ${held.length} tests`,
      'all',
      verdict(held.length > 3 && passed(held) === held.length),
    )
  },
  crash() {
    const kills = long ? 1000 : 200
    const tests = run(['tests/storage.test.ts'], { RAPPORTEUR_KILLS: String(kills) }).filter(({ title }) =>
      title.startsWith('T9 kills'),
    )
    for (const whose of ['one person alone', 'an organisation, writing by a token']) {
      const test = tests.find(({ title }) => title.endsWith(whose))
      report(
        `kills without a lost acknowledged write, ${whose}`,
        test?.status === 'passed' ? kills : 0,
        200,
        verdict(test?.status === 'passed' && kills >= 200),
      )
    }
  },
}

for (const name of asked.length > 0 ? asked : Object.keys(proofs)) {
  if (proofs[name]) proofs[name]()
  else report(name, '-', 'no proof of this name in this version', 'not run')
}
process.exit(missed === 0 ? 0 : 1)
