import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRefusal } from '../src/foundation/refusal.ts'
import { readInLine } from '../src/sources/read-line.ts'
import { LIMITS } from '../src/sources/shut-in.ts'
import { keepOriginal, readOriginal } from '../src/storage/originals.ts'
import { HOSTILE_KINDS, hostileFiles } from './hostile.ts'
import { testWorkspace } from './workspace.ts'

/** Files a reader; `prove -- hostile-files` asks for more. */
const COUNT = Number(process.env.RAPPORTEUR_HOSTILE ?? 30)
/** Milliseconds that starting and ending a child may take beside its own limit, on a busy machine. */
const AROUND = 10_000

describe('hostile files', () => {
  let workspace: Awaited<ReturnType<typeof testWorkspace>>
  /** The longest that this process worked without looking up, in milliseconds of its processor time: other work on the machine is not counted. */
  let gap = 0
  let since = process.cpuUsage()
  const spent = () => {
    const { user, system } = process.cpuUsage(since)
    since = process.cpuUsage()
    return (user + system) / 1000
  }
  let clock: NodeJS.Timeout
  beforeAll(async () => {
    workspace = await testWorkspace()
    clock = setInterval(() => {
      gap = Math.max(gap, spent())
    }, 50)
  })
  afterAll(async () => {
    clearInterval(clock)
    await workspace?.close()
  })

  test.each(HOSTILE_KINDS)(
    'S41 hostile %s: read or refused, in time and memory, and the original kept',
    async (kind) => {
      const { folder } = workspace
      const outside = readdirSync(folder.root).sort()
      const found = { read: 0, refused: 0 }
      let memory = 0
      const failures: string[] = []
      const one = async ({ fileName, how, bytes }: { fileName: string; how: string; bytes: Buffer }) => {
        const { sha256 } = await keepOriginal(folder, bytes)
        const began = performance.now()
        try {
          await readInLine({
            bytes,
            fileName,
            language: undefined,
            batch: 'hostile',
            watched: (now) => {
              memory = Math.max(memory, now)
            },
          })
          found.read += 1
        } catch (error) {
          if (isRefusal(error)) found.refused += 1
          else failures.push(`${fileName}, ${how}: ${error}`)
        }
        const took = performance.now() - began
        if (took > LIMITS.wall + AROUND) failures.push(`${fileName}, ${how}: ${Math.round(took)} ms`)
        if (!(await readOriginal(folder, sha256)).equals(bytes))
          failures.push(`${fileName}, ${how}: not kept`)
      }
      const files = hostileFiles(kind, COUNT)
      await Promise.all(
        Array.from({ length: availableParallelism() }, async () => {
          for (let next = await files.next(); !next.done; next = await files.next()) {
            // Making them takes time too, and is not what is measured.
            spent()
            await one(next.value)
          }
        }),
      )
      expect(failures).toEqual([])
      expect(found.read + found.refused).toBe(COUNT)
      // A child over the limit is stopped; between two looks it may have grown.
      expect(memory).toBeLessThan(LIMITS.memory * 1.25)
      expect(readdirSync(folder.root).sort()).toEqual(outside)
    },
    60_000 + COUNT * 10_000,
  )

  test('S41 meanwhile whoever serves goes on serving', () => {
    // A long text is parted into sentences here, and nothing else holds the process.
    expect(gap).toBeLessThan(5_000)
  })
})
