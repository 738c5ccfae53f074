// Pictures of the screens for the README: docs/screens/*.png, each under 250 kB.
//   node tools/screens.mjs --sample                 starts the sample dossier in a folder of its own, and stops it again
//   node tools/screens.mjs 'http://localhost:7300/#key=…' [DOSSIER]    of a record that is open
// Wants Chromium (RAPPORTEUR_CHROMIUM, or on the path) and, to make the files small, ImageMagick's `convert`.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const root = fileURLToPath(new URL('..', import.meta.url))
const out = join(root, 'docs', 'screens')
const LARGEST = 250_000
const [wanted, asked] = process.argv.slice(2)
if (!wanted) {
  process.stderr.write('Give the printed address, or --sample.\n')
  process.exit(2)
}

const stop = []
const address = wanted === '--sample' ? await startSample() : wanted

async function startSample() {
  const data = mkdtempSync(join(tmpdir(), 'rapporteur-screens-'))
  const launcher = join(root, 'bin', 'rapporteur.js')
  const child = spawn(process.execPath, [launcher, 'start', '--sample', '--port', '7351', '--data', data])
  const ended = new Promise((resolve) => child.once('exit', resolve))
  stop.push(async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(data, { recursive: true, force: true })
  })
  return new Promise((resolve, reject) => {
    let printed = ''
    child.stdout.on('data', (chunk) => {
      printed += chunk
      const found = /http:\/\/\S+#key=\S+/.exec(printed)
      if (found) resolve(found[0])
    })
    child.stderr.pipe(process.stderr)
    child.once('exit', () => reject(new Error('The sample did not start.')))
  })
}

function found(name) {
  return spawnSync('which', [name], { encoding: 'utf8' }).stdout?.trim() || null
}

const executablePath = process.env.RAPPORTEUR_CHROMIUM ?? found('chromium') ?? found('google-chrome')
const browser = await chromium.launch({
  executablePath,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
stop.push(() => browser.close())

/** A picture: what is shown, how wide, in which language and light. */
async function picture(name, { path, width = 1280, height = 900, language = 'en', theme = 'light', then }) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: language,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto(address)
  await page.locator('main').waitFor()
  // The tour is for whoever opens the sample, not for a picture of the work.
  await page.evaluate(() => window.localStorage.setItem('rapporteur-tour', 'closed'))
  const ask = (where) =>
    page.evaluate(async (one) => {
      const key = window.localStorage.getItem('rapporteur-key')
      return (await fetch(`/api${one}`, { headers: { Authorization: `Bearer ${key}` } })).json()
    }, where)
  const slug = asked ?? (await ask('/house')).dossiers[0].slug
  await page.goto(new URL(await path(ask, slug), address).href)
  await page.locator('main :is(h1, h2)').first().waitFor()
  await page.waitForLoadState('networkidle')
  if (then) await then(page)
  const file = join(out, `${name}.png`)
  await page.screenshot({ path: file })
  await context.close()
  for (const colours of [192, 96, 48]) {
    if (statSync(file).size <= LARGEST && colours !== 192) break
    spawnSync('convert', [file, '-strip', '+dither', '-colors', String(colours), `PNG8:${file}`])
  }
  process.stdout.write(`${name}.png ${statSync(file).size} bytes\n`)
}

/** The matter in whose conflict most sides stand against each other. */
async function disputed(ask, slug) {
  const { conflicts: all } = await ask(`/dossiers/${slug}/desk`)
  // Of a narrative its stands are shown first; accounts side by side are what a picture should say.
  const conflicts = all.filter(({ matter }) => matter.kind !== 'narrative')
  const weight = ({ groups, statements, matter }) =>
    (matter.kind === 'event' ? 1000 : 0) + groups.length * 100 + statements.length
  return [...conflicts].sort((a, b) => weight(b) - weight(a))[0]
}

async function disputedMatter(ask, slug) {
  const { matter } = await disputed(ask, slug)
  return `/${slug}/matter/${matter.id}`
}

/** At the row in conflict. */
async function disputedRow(ask, slug) {
  const { aspect } = await disputed(ask, slug)
  return `${await disputedMatter(ask, slug)}?aspect=${encodeURIComponent(aspect)}`
}

mkdirSync(out, { recursive: true })
try {
  await picture('desk', { path: async (_, slug) => `/${slug}/desk` })
  await picture('matter', { path: disputedRow })
  await picture('matter-dark', { path: disputedRow, theme: 'dark' })
  await picture('reading-room', {
    path: async (ask, slug) => {
      const { sides } = await disputed(ask, slug)
      return `/${slug}/source/${sides[0].source}?at=${sides[0].statement}`
    },
  })
  await picture('timeline', { path: async (_, slug) => `/${slug}/timeline` })
  await picture('matter-kk-360', { path: disputedMatter, width: 360, height: 780, language: 'kk' })
} finally {
  for (const end of stop.reverse()) await end()
}
