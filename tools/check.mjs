// Everything that CI knows, in the order in which it is quickest to fail; --without-tests leaves out the long part.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const steps = [
  ['types', ['tsc', '--noEmit']],
  ['types of the web', ['tsc', '--noEmit', '-p', 'tsconfig.web.json']],
  ['types of the journeys', ['tsc', '--noEmit', '-p', 'tsconfig.journeys.json']],
  ['format and lint', ['biome', 'check', '--error-on-warnings', '.']],
  ['rooms', ['depcruise', 'src', '--config', '.dependency-cruiser.mjs']],
  ['dead code', ['knip']],
  ['docs', ['node', 'tools/check-docs.mjs']],
  ['promises', ['node', 'tools/check-promises.mjs']],
  ['parts', ['node', 'tools/sbom.mjs', '--check']],
  ['secrets', ['node', 'tools/check-secrets.mjs']],
  ['schema', ['vitest', 'run', 'tests/schema.test.ts', '--project=own engine', '--reporter=dot']],
]
// Tests of the command line run what was built.
if (!process.argv.includes('--without-tests'))
  steps.push(['build', ['node', 'tools/build.mjs', '--if-needed']], ['tests', ['vitest', 'run']])
let failed = 0
for (const [name, [command, ...args]] of steps) {
  const run = command === 'node' ? [process.execPath, args] : ['npx', ['--no-install', command, ...args]]
  const { status } = spawnSync(run[0], run[1], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  process.stdout.write(`${status === 0 ? 'ok  ' : 'FAIL'} ${name}\n`)
  if (status !== 0) failed += 1
}
process.exit(failed === 0 ? 0 : 1)
