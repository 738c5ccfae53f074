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
  const { slug, id } = (await ask('/house')).dossiers.find((one) => !asked || one.slug === asked)
  const send = (where, body, within) =>
    page.evaluate(
      async ([one, sent, opened]) => {
        const key = window.localStorage.getItem('rapporteur-key')
        const headers = {
          Authorization: `Bearer ${key}`,
          'Content-Type': 'application/json',
          ...(opened ? { 'Rapporteur-Case': opened } : {}),
        }
        const answer = await fetch(`/api${one}`, { method: 'POST', headers, body: JSON.stringify(sent) })
        if (!answer.ok) throw new Error(await answer.text())
        return answer.json()
      },
      [where, body, within ?? null],
    )
  const found = await path(ask, slug, (what) => what(send, { slug, dossier: id }))
  const { to, opened } = typeof found === 'string' ? { to: found, opened: null } : found
  // The case that is open in this window.
  if (opened) await page.evaluate((one) => window.sessionStorage.setItem('rapporteur-case', one), opened)
  await page.goto(new URL(to, address).href)
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

/** An invented person in a case of their own, who was asked and told something. */
async function somebodyTells(send, { slug, dossier }) {
  const { id, code } = await send('/cases', {
    dossier,
    title: 'The net cutters',
    reason: 'A witness came to us.',
  })
  const person = await send(
    '/interlocutors',
    {
      language: 'kk',
      channel: 'in person, at the market',
      hours: 'mornings before nine',
      risk: 'A brother works in the port administration.',
    },
    id,
  )
  const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const allowed = (purpose, recipient, identifiability, conditions = '') => ({
    purpose,
    recipient,
    identifiability,
    conditions,
    from: day(0),
  })
  await send(
    `/interlocutors/${person.id}/consent`,
    {
      allowed: [
        allowed('court', 'court', 'full_identity', 'Not before the spring.'),
        allowed('public_report', 'public', 'anonymised_story'),
        allowed('media', 'media', 'none'),
      ],
      talk: {
        language: 'kk',
        method: 'written',
        givenBy: 'self',
        explained: ['who_we_are', 'risks', 'free_to_refuse', 'withdrawal'],
        timeToDecide: 'two days',
        nextContact: day(30),
      },
    },
    id,
  )
  await send(
    `/interlocutors/${person.id}/interviews`,
    {
      facts: {
        on: day(-3),
        place: 'a quiet room',
        language: 'kk',
        present: [{ role: 'interviewer', name: 'A Monitor' }, { role: 'interpreter' }],
        sources: [],
        referrals: [{ kind: 'medical', to: 'the clinic at the port', agreed: true }],
        promised: 'To say what the court decides.',
        limits: 'The name of the street.',
      },
      feedback: { due: day(90) },
    },
    id,
  )
  return { to: `/${slug}/interlocutor/${person.id}`, opened: `${id} ${code}` }
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
  await picture('erasure-ru-360', {
    path: async (ask, slug) => {
      const { sources } = await ask(`/dossiers/${slug}/sources`)
      return `/${slug}/protection/erasures?target=${sources[0].id}`
    },
    width: 360,
    height: 1180,
    language: 'ru',
  })
  // A person is put only into a record that was started for the pictures.
  if (wanted === '--sample') {
    await picture('person', { path: (_, __, make) => make(somebodyTells), height: 1000 })
    await picture('person-kk-360', {
      path: (_, __, make) => make(somebodyTells),
      width: 360,
      height: 1000,
      language: 'kk',
      theme: 'dark',
    })
  }
} finally {
  for (const end of stop.reverse()) await end()
}
