import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Output } from '../src/cli/output.ts'

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
