import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Incoming } from '../sources/take-in.ts'

const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url))
/** As many, and as long, as the real ones. */
const MADE_UP = 532
const SENTENCES = 70

/** The real speeches beside a checkout; where they are absent, as many made up. */
export function speeches(): { files: Incoming[]; what: string } {
  const folder = join(SHARED, 'data', 'speeches')
  if (existsSync(folder)) {
    const names = readdirSync(folder).filter((name) => name.endsWith('.txt'))
    const files = names.map((fileName) => ({ fileName, bytes: readFileSync(join(folder, fileName)) }))
    return { files, what: `${files.length} speeches` }
  }
  const files = Array.from({ length: MADE_UP }, (_, n) => ({
    fileName: `speech-${n}.txt`,
    bytes: new TextEncoder().encode(madeUp(n)),
  }))
  return { files, what: `${files.length} made-up speeches, the real ones being absent` }
}

/** The real PDFs beside a checkout that have pages enough to measure: paths, or none. */
export function reports(): string[] {
  const data = join(SHARED, 'data')
  return ['upr', 'un-documents', 'fixtures']
    .map((name) => join(data, name))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.pdf'))
}

/** The real articles and their coding, or null where they are absent. */
export function codedArticles(): { files: Incoming[]; coding: string } | null {
  const folder = join(SHARED, 'seeds')
  if (!existsSync(join(folder, 'coding.json'))) return null
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'))
  const files = names.map((fileName) => ({ fileName, bytes: readFileSync(join(folder, fileName)) }))
  return { files, coding: readFileSync(join(folder, 'coding.json'), 'utf8') }
}

function madeUp(n: number): string {
  const sentences = Array.from(
    { length: SENTENCES },
    (_, s) =>
      `The delegate of Port Sample ${n} told the assembly on day ${(n * s) % 365} that harbour ${s} should stay open, and that ${(n + s) % 90} ships had been counted there since the agreement of ${1950 + (n % 70)} was signed by all parties.`,
  )
  return `Address ${n}\n\n${sentences.join('\n\n')}\n`
}
