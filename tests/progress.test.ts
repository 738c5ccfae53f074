import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Output } from '../src/cli/output.ts'
import { openDossier } from '../src/sources/dossier.ts'
import { takeIn } from '../src/sources/take-in.ts'
import { asActor } from '../src/storage/database.ts'
import { testWorkspace } from './workspace.ts'

describe('progress', () => {
  const said: string[] = []
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance'] })
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  })
  afterEach(() => {
    said.splice(0)
    vi.restoreAllMocks()
    vi.useRealTimers()
  })
  const later = (milliseconds: number, report: () => void) => {
    vi.advanceTimersByTime(milliseconds)
    report()
  }

  test('K6 says nothing of work that is done within a second', () => {
    const progress = new Output(false).progress('files', 10)
    for (let done = 1; done <= 10; done += 1) later(90, () => progress(done))
    expect(said).toEqual([])
  })

  test('K6 tells count and rate of longer work, at most once a second, and its end', () => {
    const progress = new Output(true).progress('files', 100)
    for (let done = 1; done <= 100; done += 1) later(25, () => progress(done))
    expect(said).toEqual([
      '40 of 100 files, 40 a second\n',
      '80 of 100 files, 40 a second\n',
      '100 of 100 files, 40 a second\n',
    ])
  })

  test('K6 K10 work that cannot say how far it is tells that it goes on, until it is stopped', () => {
    vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] })
    const stop = new Output(true).waiting('measuring start (1 of 5)')
    vi.advanceTimersByTime(25_000)
    stop()
    vi.advanceTimersByTime(60_000)
    expect(said).toEqual([
      'measuring start (1 of 5) …\n',
      'measuring start (1 of 5): 10 s so far\n',
      'measuring start (1 of 5): 20 s so far\n',
    ])
  })

  test('K6 draws a bar over itself on a terminal', () => {
    vi.stubGlobal(
      'process',
      Object.create(process, {
        stderr: { value: Object.create(process.stderr, { isTTY: { value: true } }) },
      }),
    )
    const progress = new Output(false).progress('files', 4)
    for (let done = 1; done <= 4; done += 1) later(1000, () => progress(done))
    vi.unstubAllGlobals()
    expect(said.length).toBe(4)
    expect(said[0]).toMatch(/^\r.*█{8}░{22} 1 of 4 files, 1 a second$/)
    expect(said[3]).toMatch(/█{30} 4 of 4 files, 1 a second\n$/)
  })
})

describe('progress inside a file', () => {
  test('K6 S10 one file tells how many of its characters are read and of its sentences recorded', async () => {
    const workspace = await testWorkspace()
    const told: [stage: string, done: number, total: number][] = []
    const dossier = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'long'))
    const text = Array.from({ length: 6000 }, (_, n) => `Guard ${n} of Lowmarsh saw it burn.`).join(' ')
    const [taken] = await takeIn(
      workspace,
      dossier,
      [{ fileName: 'long.txt', bytes: new TextEncoder().encode(text) }],
      (...news) => told.push(news),
    )
    await workspace.close()
    expect(taken).toMatchObject({ outcome: 'added', sentences: 6000 })
    for (const [stage, total] of [
      ['characters read', text.length],
      ['sentences recorded', 6000],
    ] as const) {
      const done = told.filter((one) => one[0] === stage)
      expect(done.length).toBeGreaterThan(3)
      expect(done.map((one) => one[1])).toEqual(done.map((one) => one[1]).sort((a, b) => a - b))
      expect(done.at(-1)).toEqual([stage, total, total])
    }
    const stages = told.map(([stage]) => stage)
    expect(stages.indexOf('sentences recorded')).toBeGreaterThan(stages.lastIndexOf('characters read'))
  })
})
