import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { readShutIn } from '../sources/shut-in.ts'
import { wallsHere } from '../sources/shut-in-command.ts'
import { characterErrors } from './character-errors.ts'
import { type Figure, figure, megabytes, notRun, timed } from './figure.ts'
import { launchChromium } from './find-chromium.ts'
import { madeUpScan } from './made-up-scan.ts'

/** Scans read one after the other by Tesseract, and shut in and on all cores by ours. */
const SCANS = 6
/** Bytes: what a child may take. */
const MEMORY = 600 * 1024 * 1024
const LETTERS = 2500
const MODELS = fileURLToPath(new URL('../../tessdata', import.meta.url))
const SAMPLE = fileURLToPath(new URL('../../sample/notes', import.meta.url))
const run = promisify(execFile)

/** Pages of scans read in a minute, beside Tesseract as people run it: one process, the same models, pages that lie askew. */
export async function benchPictures(report: (figure: Figure) => void): Promise<void> {
  const [name, goal] = ['scanned pages a minute with word boxes', 'half the rate of tesseract, one process']
  const browser = await launchChromium()
  if (typeof browser === 'string') return report(notRun(name, goal, browser))
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-scans-'))
  try {
    const words = wordsOfTheSample()
    const scans: { path: string; words: string }[] = []
    for (let n = 0; n < SCANS; n += 1) {
      const page = words.slice(n * LETTERS, (n + 1) * LETTERS).replace(/^\S*\s|\s\S*$/g, '')
      const path = join(folder, `scan-${n}.png`)
      writeFileSync(path, await madeUpScan(browser, page))
      scans.push({ path, words: page })
    }
    let memory = 0
    const watched = (bytes: number) => {
      memory = Math.max(memory, bytes)
    }
    const errors: number[] = []
    const ours = await timed(() =>
      Promise.all(
        scans.map(async (scan, n) => {
          const { reading } = await readShutIn(readFileSync(scan.path), {
            fileName: `scan-${n}.png`,
            watched,
          })
          errors.push(characterErrors(scan.words, reading.text))
        }),
      ),
    )
    const wrong = (all: readonly number[]) =>
      `${((all.reduce((sum, one) => sum + one, 0) / all.length) * 100).toFixed(2)} % of characters wrong`
    const rate = (ms: number) => (SCANS / ms) * 60_000
    const own = `${rate(ours).toFixed(1)} (${SCANS} pages, ${availableParallelism()} cores, ${wallsHere()}, ${wrong(errors)})`
    report(
      figure('memory of a reader of scans', `peak ${megabytes(memory)}`, megabytes(MEMORY), memory < MEMORY),
    )
    if (spawnSync('tesseract', ['--version']).error)
      return report(notRun(name, goal, `${own}; tesseract is absent`))
    const theirErrors: number[] = []
    const theirs = await timed(async () => {
      for (const { path, words: truth } of scans) {
        const { stdout } = await run('tesseract', [path, '-', '--tessdata-dir', MODELS, '-l', 'rus+kaz+eng'])
        theirErrors.push(characterErrors(truth, stdout))
      }
    })
    const value = `${own}, ${(theirs / ours).toFixed(2)} of the rate of tesseract (${rate(theirs).toFixed(1)}, ${wrong(theirErrors)})`
    report(figure(name, value, goal, theirs / ours >= 0.5))
  } finally {
    await browser.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function wordsOfTheSample(): string {
  const notes = readdirSync(SAMPLE).map((name) => readFileSync(join(SAMPLE, name), 'utf8'))
  const words = notes.join(' ').replace(/\s+/g, ' ')
  return words.repeat(Math.ceil((SCANS * LETTERS) / words.length))
}
