import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, said } from '../chromium.ts'
import { codeSeeds, SHARED, takeInSeeds } from '../seeds.ts'
import { takeInHarbour, type Visit, visit } from './browser.ts'

const browser = await findChromium()

/** Every door, on the real articles where they are, else on the invented case. */
const slug = SHARED === null ? 'harbour' : 'kz'
const DOORS = [
  'desk',
  'sources',
  'source',
  'source-coding',
  'matters',
  'matter',
  'matter-statement',
  'timeline',
  'timeline-other',
  'search',
  'notes',
  'add',
  'history',
  'record',
  'ledger',
  'cases',
  'settings',
] as const
type Door = (typeof DOORS)[number]

describe.skipIf(browser.absent !== null)(`the doors${said(browser)}`, () => {
  let at: Visit
  let page: Page
  let ids: { source: string; matter: string; record: string }

  beforeAll(async () => {
    at = await visit(browser)
    await takeInHarbour(at.workspace)
    if (SHARED !== null) {
      await takeInSeeds(at.workspace, 'kz')
      await codeSeeds(at.workspace, 'kz')
    }
    page = await at.open()
    ids = await page.evaluate(async (dossier) => {
      const key = window.localStorage.getItem('rapporteur-key')
      const ask = async (path: string) =>
        (await fetch(`/api${path}`, { headers: { Authorization: `Bearer ${key}` } })).json()
      const { conflicts } = await ask(`/dossiers/${dossier}/desk`)
      const { sources } = await ask(`/dossiers/${dossier}/sources`)
      return {
        source: sources[0].id,
        matter: conflicts[0].matter.id,
        record: conflicts[0].statements[0],
      }
    }, slug)
  })
  afterAll(async () => at?.close())

  async function show(door: Door): Promise<void> {
    const [name, more] = door.split('-')
    await at.goTo(page, `/${slug}/settings`)
    const path =
      name === 'source' || name === 'matter' || name === 'record'
        ? `/${name}/${ids[name]}`
        : name === 'search'
          ? `/search?q=${SHARED === null ? 'boats' : 'police'}`
          : `/${name}`
    await at.goTo(page, `/${slug}${path}`)
    if (more === 'coding') {
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('KeyT')
      await page.locator('.palette').waitFor()
    }
    if (more === 'statement') {
      await page.locator('.said-value').first().click()
      await page.locator('.statement-panel').waitFor()
    }
    if (more === 'other') await page.locator('.views button[aria-pressed=false]').first().click()
  }

  const wide = async (): Promise<string[]> =>
    page.evaluate(() => {
      const limit = document.documentElement.clientWidth
      const scrolls = document.documentElement.scrollWidth > limit ? ['the page scrolls sideways'] : []
      const outside = [...document.querySelectorAll('main *, header *, footer *')].filter((one) => {
        const box = one.getBoundingClientRect()
        const scrolled = one.closest(
          '.accounts-scroll, .lanes, pre, .unseen, .doors, .margin-card, .house-word',
        )
        return box.width > 0 && box.right > limit + 1 && scrolled === null
      })
      return [...scrolls, ...outside.slice(0, 5).map((one) => `${one.tagName} ${one.className}`)]
    })

  const axe = async (within: string | null, rules: readonly string[] | null = null): Promise<string[]> => {
    const builder = new AxeBuilder({ page })
    if (within !== null) builder.include(within)
    const asked =
      rules === null
        ? builder.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        : builder.withRules([...rules])
    const { violations } = await asked.analyze()
    return violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    )
  }

  for (const door of DOORS) {
    test(`W5 ${door}: axe finds nothing at 1280 and 360, light and dark, and nothing runs out of the page`, async () => {
      // What a side panel adds stands there; the page beside it is looked at as a door of its own.
      const within = /-(coding|statement)$/.test(door) ? '.side' : null
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 900 })
        await page.emulateMedia({ colorScheme: 'light' })
        await show(door)
        expect({ width, axe: await axe(within), wide: await wide() }).toEqual({ width, axe: [], wide: [] })
        await page.emulateMedia({ colorScheme: 'dark' })
        expect({ width, axe: await axe(within, ['color-contrast']) }).toEqual({ width, axe: [] })
      }
    })
  }

  test('W5 W1 in Russian and Kazakh nothing runs out of a narrow or a wide page, and the page says its language', async () => {
    for (const language of ['ru', 'kk']) {
      await page.evaluate((one) => window.localStorage.setItem('rapporteur-language', one), language)
      await page.reload()
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 780 })
        for (const door of DOORS) {
          await show(door)
          expect({ language, width, door, wide: await wide() }).toEqual({ language, width, door, wide: [] })
          expect(await page.evaluate(() => document.documentElement.lang)).toBe(language)
        }
      }
    }
    await page.evaluate(() => window.localStorage.setItem('rapporteur-language', 'en'))
    await page.reload()
  })

  test('W5 on a narrow screen everything that is pressed is at least 24 px, and what stands alone 44', async () => {
    await page.setViewportSize({ width: 360, height: 780 })
    const small: string[] = []
    for (const door of DOORS) {
      await show(door)
      small.push(
        ...(await page.evaluate((name) => {
          const alone = document.querySelectorAll<HTMLElement>(
            '.doors a, button, .button, select, summary, input:not([type=radio], [type=checkbox]), label.check, .row > a',
          )
          return [...alone]
            .filter((one) => one.offsetParent !== null && one.closest('.unseen') === null)
            .filter((one) => one.getBoundingClientRect().height < 43.5)
            .map((one) => `${name}: ${one.tagName} ${one.className} ${one.textContent?.slice(0, 30)}`)
        }, door)),
      )
    }
    expect([...new Set(small)]).toEqual([])
  })

  test('W5 the keyboard alone reaches every link, button and field, and the focus is seen', async () => {
    await page.setViewportSize({ width: 1280, height: 900 })
    for (const door of ['desk', 'matter', 'source', 'search', 'add', 'settings'] as const) {
      await show(door)
      const all = await page.evaluate(() => {
        const wanted = document.querySelectorAll<HTMLElement>(
          'a[href], button, input, select, textarea, summary',
        )
        const reachable = [...wanted].filter(
          (one) =>
            one.checkVisibility() &&
            one.tabIndex >= 0 &&
            !one.matches(':disabled') &&
            !one.matches('[type=radio]:not(:checked)'),
        )
        for (const [n, one] of reachable.entries()) one.dataset.reach = String(n)
        return reachable.length
      })
      const reached = new Set<string>()
      const unseen: string[] = []
      await page.evaluate(() => document.body.focus())
      for (let n = 0; n < all + 12; n += 1) {
        await page.keyboard.press('Tab')
        const now = await page.evaluate(() => {
          const one = document.activeElement
          if (!(one instanceof HTMLElement)) return null
          const box = one.closest('.find') ?? one
          const { outlineStyle, outlineWidth } = getComputedStyle(box)
          return {
            reach: one.dataset.reach ?? '',
            html: one.outerHTML.slice(0, 90),
            outline: outlineStyle !== 'none' && outlineWidth !== '0px',
          }
        })
        if (now === null) continue
        if (now.reach !== '') reached.add(now.reach)
        if (!now.outline && now.reach !== '') unseen.push(now.html)
      }
      expect({ door, reached: reached.size, unseen }).toEqual({ door, reached: all, unseen: [] })
    }
  })

  test('W4 no request left the server, and no page complained', () => {
    expect(at.complaints).toEqual([])
  })

  test('W5 the way back is where the page was left', async () => {
    await page.setViewportSize({ width: 1280, height: 260 })
    await show('matters')
    const last = page.locator('.list .row a').last()
    await last.scrollIntoViewIfNeeded()
    const left = await page.evaluate(() => window.scrollY)
    expect(left).toBeGreaterThan(0)
    await last.click()
    await at.settled(page)
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
    await page.keyboard.press('Escape')
    await page.waitForFunction(
      (y) => window.location.pathname.endsWith('/matters') && Math.abs(window.scrollY - y) < 2,
      left,
    )
  })
})
