// Build what is needed: TypeScript to dist, the data files beside it, the web. With --if-needed nothing is done where the
// sources are older than the last build.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = join(root, 'dist', '.built')

function files(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
}

function newest() {
  const settings = ['package.json', 'tsconfig.build.json', 'vite.config.ts'].map((name) => join(root, name))
  const sources = [...files(join(root, 'src')), ...settings]
  return Math.max(...sources.map((path) => statSync(path).mtimeMs))
}

if (process.argv.includes('--if-needed') && existsSync(stamp) && statSync(stamp).mtimeMs >= newest())
  process.exit(0)

const began = newest()
rmSync(join(root, 'dist'), { recursive: true, force: true })
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
const compiled = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
})
if (compiled.status !== 0) process.exit(1)
for (const path of files(join(root, 'src'))) {
  if (/\.(sql|json)$/.test(path) && !path.endsWith('tsconfig.json'))
    cpSync(path, path.replace(join(root, 'src'), join(root, 'dist')))
}
const { build } = await import('vite')
await build({ configFile: join(root, 'vite.config.ts') })
writeFileSync(stamp, '')
utimesSync(stamp, new Date(), new Date(Math.max(began, Date.now())))
