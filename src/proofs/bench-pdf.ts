import { execFile, spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import { promisify } from 'node:util'
import { readShutIn } from '../sources/shut-in.ts'
import { wallsHere } from '../sources/shut-in-command.ts'
import { type Figure, figure, median, megabytes, notRun, timed } from './figure.ts'
import { reports } from './material.ts'

const ROUNDS = 3
/** Each file so many times in a round: a folder. */
const TIMES = 8
/** Bytes: what a child may take. */
const MEMORY = 600 * 1024 * 1024
const AGREEMENT = 0.995
const run = promisify(execFile)

/** Pages read with word boxes in a second, shut in and on all cores, beside one `pdftotext -bbox` after the other. */
export async function benchPdf(report: (figure: Figure) => void): Promise<void> {
  const names = ['PDF pages a second with word boxes', 'characters as poppler reads them']
  const [rate = '', agreement = ''] = names
  const files = reports()
  const goal = 'at least the rate of pdftotext -bbox, one process'
  if (files.length === 0) return report(notRun(rate, goal, 'the real reports are absent'))
  if (spawnSync('pdftotext', ['-v']).error) return report(notRun(rate, goal, 'pdftotext (poppler) is absent'))
  const many = Array.from({ length: TIMES }, () => files).flat()
  const ours: number[] = []
  const theirs: number[] = []
  let memory = 0
  let pages = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    theirs.push(
      await timed(async () => {
        for (const path of many)
          await run('pdftotext', ['-bbox', path, '-'], { maxBuffer: 256 * 1024 * 1024 })
      }),
    )
    pages = 0
    ours.push(
      await timed(() =>
        Promise.all(
          many.map(async (path) => {
            const { reading } = await readShutIn(await readFile(path), {
              fileName: basename(path),
              batch: 'bench',
              watched: (bytes) => {
                memory = Math.max(memory, bytes)
              },
            })
            pages += reading.body.structure?.pages?.length ?? 0
          }),
        ),
      ),
    )
  }
  const perSecond = (times: readonly number[]) => (pages / median(times)) * 1000
  const [we, they] = [perSecond(ours), perSecond(theirs)]
  const value = `${we.toFixed(0)} (${many.length} files, ${pages} pages, ${availableParallelism()} cores, ${wallsHere()}), ${(we / they).toFixed(2)} of the rate of pdftotext -bbox (${they.toFixed(0)})`
  report(figure(rate, value, goal, we >= they))
  const agree = await Promise.all(files.map(agreementOn))
  const least = Math.min(...agree)
  report(
    figure(
      agreement,
      `${(least * 100).toFixed(2)} % in the file that agrees least, of ${files.length}`,
      '99.5 %',
      least >= AGREEMENT,
    ),
  )
  report(figure('memory of a PDF reader', `peak ${megabytes(memory)}`, megabytes(MEMORY), memory < MEMORY))
}

/** The share of letters and digits that both read, whatever their order. */
async function agreementOn(path: string): Promise<number> {
  const { stdout } = await run('pdftotext', [path, '-'], { maxBuffer: 256 * 1024 * 1024 })
  const { reading } = await readShutIn(await readFile(path), { fileName: basename(path) })
  const calls = (reading.body.structure?.mended ?? [])
    .map(([start, end, was]) => (start === end ? was : ''))
    .join('')
  const [a, b] = [lettersIn(reading.text + calls), lettersIn(stdout)]
  let both = 0
  for (const [letter, count] of a) both += Math.min(count, b.get(letter) ?? 0)
  const most = Math.max(...[a, b].map((counts) => [...counts.values()].reduce((sum, one) => sum + one, 0)))
  return most === 0 ? 1 : both / most
}

function lettersIn(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [letter] of text.normalize('NFKC').matchAll(/[\p{L}\p{N}]/gu))
    counts.set(letter, (counts.get(letter) ?? 0) + 1)
  return counts
}
