import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'

/** How a page comes off the glass. */
export interface Scanned {
  /** Degrees that it lies askew, clockwise. */
  readonly lean?: number
  /** Dots an inch. */
  readonly density?: number
  /** How far a point may be from its own grey, of 255. */
  readonly noise?: number
  readonly type?: 'png' | 'jpeg'
  /** Inches from top to bottom; A4 where nothing is said. */
  readonly tall?: number
}

const FONT = /^source-serif-4-(?:latin|cyrillic|cyrillic-ext)-opsz-normal-.*\.woff2$/
/** Inches of a page of A4. */
const PAGE = { width: 8.27, height: 11.69 }
/** Points of 1/72 inch. */
const LETTERS = 12

/**
 * A page of A4 with these words as a scanner gives it: grey paper, uneven ink, specks, lying askew. The noise is the same each time.
 *
 * @param words at most some 2,700 letters; what does not fit is left out
 */
export async function madeUpScan(
  browser: Browser,
  words: string,
  { lean = 2, density = 200, noise = 70, type = 'png', tall = PAGE.height }: Scanned = {},
): Promise<Buffer> {
  const [width, height] = [Math.round(PAGE.width * density), Math.round(tall * density)]
  const page = await browser.newPage({ viewport: { width, height } })
  try {
    const fonts = ownFonts()
    await page.setContent(`<style>${fonts.faces}</style><body style="margin:0;background:#f4f2ec;overflow:hidden">
<div style="transform:rotate(${lean}deg);padding:${density}px;font:${(LETTERS * density) / 72}px/1.35 ${fonts.names},serif;color:#222;text-align:justify">${escaped(words)}</div>
<canvas width="${width}" height="${height}" style="position:absolute;left:0;top:0"></canvas>
<script>${grain(noise)}</script>`)
    await page.waitForFunction('document.fonts.status === "loaded"')
    return await page.screenshot(type === 'jpeg' ? { type, quality: 80 } : {})
  } finally {
    await page.close()
  }
}

/** The serif letters of the built pages, so that a scan is the same whatever fonts a machine has. */
function ownFonts(): { faces: string; names: string } {
  const folder = fileURLToPath(new URL('../../dist/web/assets/', import.meta.url))
  const files = readdirSync(folder).filter((name) => FONT.test(name))
  const faces = files.map((name, n) => {
    const letters = readFileSync(join(folder, name)).toString('base64')
    return `@font-face{font-family:own${n};src:url(data:font/woff2;base64,${letters})}`
  })
  return { faces: faces.join(''), names: files.map((_, n) => `own${n}`).join(',') }
}

/** A script that lays grain and specks over the page: black or white, each point as strong as a sum of three dice. */
function grain(strength: number): string {
  return `
const canvas = document.querySelector('canvas'), pen = canvas.getContext('2d')
const points = pen.createImageData(canvas.width, canvas.height)
let state = 7
const roll = () => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x7fffffff
for (let n = 0; n < points.data.length; n += 4) {
  const grain = (roll() + roll() + roll() - 1.5) * ${strength}
  const speck = roll() < ${strength / 35_000}
  points.data.fill(speck ? (roll() < 0.5 ? 0 : 255) : grain < 0 ? 0 : 255, n, n + 3)
  points.data[n + 3] = speck ? 255 : Math.abs(grain)
}
pen.putImageData(points, 0, 0)`
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
