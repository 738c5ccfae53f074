import type { Page } from 'playwright-core'
import { webPaths } from '../display/paths.ts'
import type { Workspace } from '../storage/workspace.ts'
import { duration, type Figure, figure, median, notRun, percentile, timed } from './figure.ts'
import { launchChromium } from './find-chromium.ts'
import { type MadeUpMatter, makeUpMatter } from './made-up-matter.ts'
import { withScratchRecord } from './scratch-record.ts'
import { type StartedProgram, startProgram } from './started-program.ts'

const STATEMENTS = 6000
const ROUNDS = 20
const OPENINGS = 9
/** Milliseconds. */
const GOAL = 1000
const GOAL_WORDS = 'under 1 s'

/** One matter of which 6,000 statements speak: its answer, the desk and the timeline of its dossier, its page on screen. */
export async function benchMatter(report: (figure: Figure) => void): Promise<void> {
  await withScratchRecord(async (workspace) => {
    const made = await makeUpMatter(workspace, STATEMENTS)
    const program = await startProgram(workspace.folder.root)
    try {
      await answers(report, { workspace, made, program })
      await onScreen(report, { made, program })
    } finally {
      await program.stop()
    }
  })
}

async function answers(
  report: (figure: Figure) => void,
  { workspace, made, program }: { workspace: Workspace; made: MadeUpMatter; program: StartedProgram },
): Promise<void> {
  const { slug } = made.dossier.dossier
  const asked: [name: string, path: string][] = [
    ['the answer', `/api/matters/${made.matter}`],
    ['the desk of its dossier', `/api/dossiers/${slug}/desk`],
    ['the timeline of its dossier', `/api/dossiers/${slug}/timeline`],
  ]
  const times = asked.map((): number[] => [])
  const bare: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const reading = await timed(() => bareRows(workspace))
    if (round > 0) bare.push(reading)
    for (const [n, [, path]] of asked.entries()) {
      const took = await timed(() => program.get(path))
      // The first of each warms up.
      if (round > 0) times[n]?.push(took)
    }
  }
  for (const [n, [name]] of asked.entries()) {
    const [p50, p95] = [median(times[n] ?? []), percentile(times[n] ?? [], 0.95)]
    const value = `p50 ${duration(p50)}, p95 ${duration(p95)}, beside ${duration(median(bare))} for reading its rows alone`
    report(figure(`matter of ${STATEMENTS} statements, ${name}`, value, `p95 ${GOAL_WORDS}`, p95 < GOAL))
  }
}

/** The least that any answer over all statements reads. */
async function bareRows({ database }: Workspace): Promise<void> {
  await database.owner.query('select id, revision, body from statement order by source, item')
}

/** From asking for the page to the first accounts on screen, in a browser that has been here before. */
async function onScreen(
  report: (figure: Figure) => void,
  { made, program }: { made: MadeUpMatter; program: StartedProgram },
): Promise<void> {
  const name = `matter of ${STATEMENTS} statements, its page in Chromium`
  const browser = await launchChromium()
  if (typeof browser === 'string') return report(notRun(name, GOAL_WORDS, browser))
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    await page.goto(`${program.origin}/#key=${program.key}`)
    const path = webPaths.matter(made.dossier.dossier.slug, made.matter)
    const bare: number[] = []
    const times: number[] = []
    for (let opening = 0; opening <= OPENINGS; opening += 1) {
      const empty = await timed(() =>
        open(page, program.origin + webPaths.settings(made.dossier.dossier.slug), 'h1'),
      )
      const took = await timed(() => open(page, program.origin + path, '.accounts .said'))
      if (opening > 0) bare.push(empty)
      if (opening > 0) times.push(took)
    }
    const p50 = median(times)
    const value = `p50 ${duration(p50)}, slowest ${duration(Math.max(...times))}, beside ${duration(median(bare))} for the settings page`
    report(figure(name, value, `p50 ${GOAL_WORDS}`, p50 < GOAL))
  } finally {
    await browser.close()
  }
}

async function open(page: Page, address: string, shown: string): Promise<void> {
  await page.goto(address, { waitUntil: 'commit' })
  await page.locator(shown).first().waitFor({ state: 'visible' })
}
