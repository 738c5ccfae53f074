import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { benchCommand } from '../src/cli/bench.ts'
import { bench } from '../src/proofs/bench.ts'
import { copyRows, rowCounts } from '../src/proofs/copied-rows.ts'
import { allHold, type Figure, figure, lineOf, notRun, percentile } from '../src/proofs/figure.ts'
import { makeUpMatter } from '../src/proofs/made-up-matter.ts'
import { testWorkspace } from './workspace.ts'

describe('bench', () => {
  test('K10 a name that this version does not know is not run, and that is no success', async () => {
    const seen: string[] = []
    const figures = await bench(['matrix', 'nonsense'], (one) => seen.push(lineOf(one)))
    expect(seen).toEqual([
      'matrix: - (goal no bench of this name in this version) not run',
      'nonsense: - (goal no bench of this name in this version) not run',
    ])
    expect(allHold(figures)).toBe(false)
    const begun: object[] = []
    await bench(
      ['matrix', 'nonsense'],
      () => undefined,
      (what) => begun.push(what),
    )
    expect(begun).toEqual([
      { name: 'matrix', n: 1, of: 2 },
      { name: 'nonsense', n: 2, of: 2 },
    ])
    expect(await benchCommand.run(['nonsense', '--json'])).toBe(1)
  })

  test('K10 a missed goal fails, an absent tool that is named does not', () => {
    const holds = figure('a', '1 s', 'under 2 s', true)
    const absent = notRun('b', 'under 1 s', 'Chromium is absent')
    const verdict = (...figures: Figure[]) => allHold(figures)
    expect(lineOf(holds)).toBe('a: 1 s (goal under 2 s) holds')
    expect(lineOf(absent)).toBe('b: Chromium is absent (goal under 1 s) not run')
    expect(verdict(holds, absent)).toBe(true)
    expect(verdict(holds, figure('c', '3 s', 'under 2 s', false))).toBe(false)
  })

  test('a percentile is the value at that share, and of nothing there is none', () => {
    const values = Array.from({ length: 20 }, (_, n) => 20 - n)
    expect([percentile(values, 0.5), percentile(values, 0.95)]).toEqual([11, 20])
    expect(percentile([], 0.5)).toBeNaN()
  })

  describe('the limit of an import', () => {
    let workspace: Awaited<ReturnType<typeof testWorkspace>>
    beforeAll(async () => {
      workspace = await testWorkspace()
    })
    afterAll(() => workspace?.close())

    test('is every row that the import left, ledger included, and leaves nothing behind', async () => {
      const { owner } = workspace.database
      const before = await rowCounts(owner)
      await makeUpMatter(workspace, 60)
      const after = await rowCounts(owner)
      const left = [...after].reduce((sum, [name, n]) => sum + n - (before.get(name) ?? 0), 0)
      expect((await copyRows(owner, before)).rows).toBe(left)
      expect(after.get('ledger_entry')).toBeGreaterThan(0)
      expect(await rowCounts(owner)).toEqual(after)
      const { rows } = await owner.query("select 1 from pg_namespace where nspname like 'copied_%'")
      expect(rows).toEqual([])
    })
  })
})
