// Every page that promises something names what holds it: `node tools/check-promises.mjs`
import { fileURLToPath } from 'node:url'
import { problemsOf } from './promises.mjs'

const problems = problemsOf(fileURLToPath(new URL('..', import.meta.url)))
for (const problem of problems) process.stderr.write(`${problem}\n`)
process.exit(problems.length === 0 ? 0 : 1)
