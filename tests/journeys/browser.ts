import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
  type Request,
} from 'playwright-core'
import { serve } from '../../src/server/serve.ts'
import { openDossier } from '../../src/sources/dossier.ts'
import { takeIn } from '../../src/sources/take-in.ts'
import { applyCoding } from '../../src/statements/apply-coding.ts'
import { readCodingFile } from '../../src/statements/coding-format.ts'
import { asActor } from '../../src/storage/database.ts'
import type { Workspace } from '../../src/storage/workspace.ts'
import { A_CODING_FILE, A_TEXT } from '../a-case.ts'
import type { FoundChromium } from '../chromium.ts'
import { testWorkspace } from '../workspace.ts'

/** A served record, and a real browser that watches where every request goes. */
export interface Visit {
  readonly workspace: Workspace
  /** With the key. */
  readonly address: string
  readonly origin: string
  /** Requests that went anywhere but to our server, and errors that a page wrote to its console. */
  readonly complaints: string[]
  open(options?: BrowserContextOptions): Promise<Page>
  /** Go to a place within the record as its own links do, and wait until what it asked for is there. */
  goTo(page: Page, path: string): Promise<void>
  /** Until nothing is asked for any more and the page has a heading. */
  settled(page: Page): Promise<void>
  close(): Promise<void>
}

/** Milliseconds that a page is waited for. */
const LONGEST = 20_000

/** Start a server on a record of its own and a browser before it. */
export async function visit(found: FoundChromium): Promise<Visit> {
  if (found.executablePath === null) throw new Error(found.absent)
  const workspace = await testWorkspace()
  const served = await serve({ ...workspace, sample: false }, { port: 0 })
  const browser: Browser = await chromium.launch({
    executablePath: found.executablePath,
    args: [...found.args],
  })
  const origin = `http://localhost:${served.port}`
  const complaints: string[] = []
  const asked = new Set<Request>()
  const contexts: BrowserContext[] = []
  const settled = async (page: Page): Promise<void> => {
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    const since = Date.now()
    while (asked.size > 0 && Date.now() - since < LONGEST) await page.waitForTimeout(15)
    // Of a request that a page left behind the browser may never say how it ended.
    asked.clear()
    await page.locator('main :is(h1, h2, .refused)').first().waitFor()
    await page.evaluate(() => document.fonts.ready.then(() => undefined))
  }
  return {
    workspace,
    settled,
    async goTo(page, path) {
      await page.evaluate((to) => {
        window.history.pushState({ y: 0, depth: 1 }, '', to)
        window.dispatchEvent(new PopStateEvent('popstate'))
        window.scrollTo(0, 0)
      }, path)
      await settled(page)
    },
    address: served.address,
    origin,
    complaints,
    async open(options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        locale: 'en-GB',
        reducedMotion: 'reduce',
        ...options,
      })
      contexts.push(context)
      context.on('request', (request) => {
        const url = new URL(request.url())
        const own = url.origin === origin || ['data:', 'blob:'].includes(url.protocol)
        if (!own) complaints.push(`request to ${url.origin}`)
        asked.add(request)
      })
      for (const end of ['requestfinished', 'requestfailed'] as const)
        context.on(end as 'requestfinished', (request) => void asked.delete(request))
      context.on('weberror', (error) => complaints.push(`page error: ${error.error().message}`))
      context.on('console', (message) => {
        if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
      })
      const page = await context.newPage()
      page.setDefaultTimeout(20_000)
      await page.goto(served.address)
      await page.locator('main').waitFor()
      return page
    },
    async close() {
      for (const context of contexts) await context.close()
      await browser.close()
      await served.close()
      await workspace.close()
    },
  }
}

/** The invented case, coded: the dossier `harbour`. */
export async function takeInHarbour(workspace: Workspace): Promise<void> {
  const dossier = await asActor(workspace.database, workspace.actor, (tx) => openDossier(tx, 'harbour'))
  await takeIn(workspace, dossier, [
    {
      fileName: 'harbour.txt',
      bytes: new TextEncoder().encode(A_TEXT),
      facts: {
        title: 'Harbour notes',
        date: '2021-05-04',
        publisher: { name: 'The Sample Port Gazette', group: 'press' },
      },
    },
  ])
  await asActor(workspace.database, workspace.actor, async (tx) =>
    applyCoding(tx, await openDossier(tx, 'harbour'), readCodingFile(JSON.stringify(A_CODING_FILE))),
  )
}
