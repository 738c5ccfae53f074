import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const { ASVS } = (await import(new URL('../tools/asvs-numbers.mjs', import.meta.url).href)) as {
  ASVS: ReadonlyMap<string, number>
}
const { problemsOf } = (await import(new URL('../tools/promises.mjs', import.meta.url).href)) as {
  problemsOf(root: string): string[]
}
const houses: string[] = []

const TESTS = `
test('A1 A2 what is promised holds', () => undefined)
describe('a part', () => {
  test.each([1])('A1 %s too', () => undefined)
  test.skipIf(false)('A3 where it can be run', () => undefined)
  test.skip('A4 switched off', () => undefined)
})
describe.skip('a part that is switched off', () => {
  test('A4 never run', () => undefined)
})
`
const ANSWER = 'test tests/a.test.ts: A1 A2 what is promised holds'

/** A small house in which everything is in order. */
const house = (): Record<string, string> => ({
  'src/room/SPEC.md': '# Room\n\n- **A1** One.\n- **A2** Two.\n- **A3** Three.\n- **A4** Four.\n',
  'tests/a.test.ts': TESTS,
  'docs/page.md': '# A page\n\n## What is said\n',
  'docs/threat-model.md': `# Who may come\n\n| they want | what stands against it | held by | what is not protected |\n|---|---|---|---|\n${'| all | a wall | A1 A3 in [a](../tests/a.test.ts) | the sky |\n'.repeat(20)}`,
  'docs/asvs.tsv': `number\tlevel\tasks\tanswer\n${[...ASVS].map(([number, level]) => `${number}\t${level}\tsomething\t${ANSWER}\n`).join('')}`,
  'docs/berkeley.tsv': `number\tasks\there\tanswer\n${Array.from({ length: 18 }, (_, n) => `BP-${String(n + 1).padStart(2, '0')}\tsomething\ta wall\t${ANSWER}\n`).join('')}`,
})

function check(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'rapporteur-promises-'))
  houses.push(root)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return problemsOf(root)
}

/** The same house with one page changed. */
function changed(page: string, from: string, to: string): string[] {
  const files = house()
  const before = files[page] ?? ''
  const after = before.replace(from, to)
  expect(after).not.toBe(before)
  return check({ ...files, [page]: after })
}

afterAll(() => {
  for (const root of houses) rmSync(root, { recursive: true, force: true })
})

describe('what is promised is held', () => {
  test('Y5 the pages of this program name tests that are there', () => {
    expect(problemsOf(ROOT)).toEqual([])
  })

  test('Y5 a house in order passes, and reasons, pages and several tests are answers', () => {
    expect(check(house())).toEqual([])
    const first = `V1.2.1\t1\tsomething\t${ANSWER}`
    for (const answer of [
      'exception: nobody has built it yet, since',
      'not applicable: there is no such thing here',
      'comes with issue 4: captures of the web come then',
      'page docs/page.md: What is said',
      `${ANSWER} + page docs/page.md: What is said + test tests/a.test.ts: A1 %s too`,
      'test tests/a.test.ts: A3 where it can be run',
    ])
      expect(changed('docs/asvs.tsv', first, `V1.2.1\t1\tsomething\t${answer}`)).toEqual([])
  })

  test.each([
    [
      'a test that was renamed',
      'tests/a.test.ts',
      'what is promised holds',
      'something else',
      'does not have',
    ],
    [
      'a test that is switched off',
      'docs/asvs.tsv',
      ANSWER,
      'test tests/a.test.ts: A4 switched off',
      'V1.2.1',
    ],
    [
      'a test within a part that is off',
      'docs/asvs.tsv',
      ANSWER,
      'test tests/a.test.ts: A4 never run',
      'V1.2.1',
    ],
    ['a file that is gone', 'docs/asvs.tsv', 'tests/a.test.ts', 'tests/b.test.ts', 'tests/b.test.ts'],
    ['a heading that is gone', 'docs/asvs.tsv', ANSWER, 'page docs/page.md: What was said', 'heading'],
    ['an exception without a reason', 'docs/asvs.tsv', ANSWER, 'exception: later', 'is no answer'],
    ['a requirement left out', 'docs/asvs.tsv', `V7.2.3\t1\tsomething\t${ANSWER}\n`, '', 'answer V7.2.3'],
    ['another level', 'docs/asvs.tsv', 'V7.2.3\t1', 'V7.2.3\t2', 'V7.2.3'],
    ['a check left out', 'docs/berkeley.tsv', `BP-07\tsomething\ta wall\t${ANSWER}\n`, '', 'BP-01 to BP-18'],
    ['a rule that is gone', 'src/room/SPEC.md', '- **A3** Three.\n', '', 'A3, which no SPEC.md has'],
    ['a rule that no test there proves', 'docs/threat-model.md', 'A1 A3 in', 'A4 in', 'begins with it'],
    [
      'a line that nothing holds',
      'docs/threat-model.md',
      'A1 A3 in [a](../tests/a.test.ts)',
      'we hope',
      'held by',
    ],
    ['an empty cell', 'docs/threat-model.md', '| the sky |', '| |', 'four cells'],
  ])('Y5 %s is named', (_, page, from, to, named) => {
    const problems = changed(page, from, to)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.join('\n')).toContain(named)
  })
})
