// The bill of materials of a release (CycloneDX), dist/sbom.cdx.json; with --check nothing is written, and what is wrong with the
// parts is said.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { billOfMaterials, problemsOf } from './parts.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const about = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const { packages: lock } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
const bill = billOfMaterials(root, about)
const problems = problemsOf({ bill, lock, about })
for (const problem of problems) process.stderr.write(`${problem}\n`)
if (problems.length > 0) process.exit(1)
if (!process.argv.includes('--check'))
  writeFileSync(join(root, 'dist', 'sbom.cdx.json'), `${JSON.stringify(bill, null, 1)}\n`)
process.stdout.write(`${bill.components.length} packages run with the program or are built into its pages\n`)
