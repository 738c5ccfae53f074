#!/usr/bin/env node
// The launcher: names what is missing instead of showing a stack.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
if (!existsSync(main)) {
  process.stderr.write(
    'rapporteur: this copy has not been built yet. Run "npm run build" in its folder, then try again.\n',
  )
  process.exit(4)
}
const { runCli } = await import(main)
process.exitCode = await runCli(process.argv.slice(2))
