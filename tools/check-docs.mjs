// The documentation is checked like code: every refusal code that the program can give stands in docs/refusals.md,
// no code stands there that it cannot give, every room has a SPEC.md, no file is longer than 400 lines, and every runtime
// dependency has its reason.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
const problems = []
const codes = new Set()
for (const path of sources) {
  const text = readFileSync(path, 'utf8')
  if (text.split('\n').length > 400) problems.push(`${path} is longer than 400 lines`)
  if (path.endsWith('.test.ts')) continue
  for (const match of text.matchAll(/new Refusal\(\s*'([a-z_]+)'/g)) codes.add(match[1])
  for (const match of text.matchAll(/inJson\('([a-z_]+)'/g)) codes.add(match[1])
  for (const match of text.matchAll(/code: '([a-z]+_[a-z_]+)'/g)) codes.add(match[1])
}
const documented = new Set(
  [...readFileSync(join(root, 'docs/refusals.md'), 'utf8').matchAll(/^\| `([a-z_]+)`/gm)].map(
    ([, code]) => code,
  ),
)
for (const code of codes)
  if (!documented.has(code)) problems.push(`the refusal ${code} is not in docs/refusals.md`)
for (const code of documented)
  if (!codes.has(code)) problems.push(`docs/refusals.md has ${code}, which nothing gives`)
for (const room of readdirSync(join(root, 'src'), { withFileTypes: true })) {
  const files = readdirSync(join(root, 'src', room.name))
  if (
    files.length > 0 &&
    !['foundation', 'cli', 'proofs'].includes(room.name) &&
    !existsSync(join(root, 'src', room.name, 'SPEC.md'))
  ) {
    problems.push(`the room ${room.name} has no SPEC.md`)
  }
}
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const decided = readFileSync(join(root, 'docs/decisions/0001-runtime-dependencies.md'), 'utf8')
for (const name of Object.keys(dependencies))
  if (!decided.includes(name))
    problems.push(`${name} has no reason in docs/decisions/0001-runtime-dependencies.md`)
if (Object.keys(dependencies).length > 25) problems.push('there are more than 25 runtime dependencies')
for (const problem of problems) process.stderr.write(`${problem}\n`)
process.exit(problems.length === 0 ? 0 : 1)
