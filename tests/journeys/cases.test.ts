import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, said } from '../chromium.ts'
import { takeInHarbour, type Visit, visit } from './browser.ts'

const browser = await findChromium()
/** Where pictures of the screens go that somebody wants to look at. */
const PICTURES = process.env.RAPPORTEUR_PICTURES

describe.skipIf(browser.absent !== null)(`a case in the browser${said(browser)}`, () => {
  let house: Visit
  let page: Page

  beforeAll(async () => {
    house = await visit(browser)
    await takeInHarbour(house.workspace)
    page = await house.open()
    await page.reload()
    await house.settled(page)
  })
  afterAll(async () => {
    await house?.close()
  })

  const picture = async (name: string) => {
    if (PICTURES === undefined) return
    for (const language of ['en', 'ru', 'kk']) {
      await page.evaluate((one) => window.localStorage.setItem('rapporteur-language', one), language)
      await page.reload()
      await house.settled(page)
      for (const fold of await page.locator('main details.fold > summary').all())
        await fold.click().catch(() => {})
      await house.settled(page)
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 900 })
        await page.screenshot({ path: `${PICTURES}/${name}-${language}-${width}.png`, fullPage: true })
      }
    }
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.evaluate(() => window.localStorage.setItem('rapporteur-language', 'en'))
    await page.reload()
    await house.settled(page)
  }

  test('W5 P24 a case is begun by keyboard, and that it is open cannot be missed on any page', async () => {
    await house.goTo(page, '/harbour/cases')
    await picture('cases')
    await page.getByRole('textbox', { name: 'Title' }).focus()
    await page.keyboard.type('The net cutters')
    await page.keyboard.press('Tab')
    await page.keyboard.type('A witness came to us.')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.locator('.case-bar').waitFor()
    await house.settled(page)
    expect(await page.locator('.opened-case h2').textContent()).toContain('The net cutters')
    const code = await page.locator('.case-bar strong').textContent()
    for (const door of ['desk', 'sources', 'matters', 'search', 'ledger', 'settings']) {
      await house.goTo(page, `/harbour/${door}`)
      expect([door, await page.locator('.case-bar').textContent()]).toEqual([
        door,
        expect.stringContaining(`${code}`),
      ])
      expect(await page.title()).toContain(`${code}`)
    }
    await house.goTo(page, '/harbour/cases')
    await picture('cases-open')
  })

  test('P40 a source is taken into the open case by its form, marked there, and gone outside', async () => {
    await house.goTo(page, '/harbour/sources')
    await page.getByRole('link', { name: /Harbour notes/ }).click()
    await house.settled(page)
    await page.locator('main').getByRole('link', { name: 'History' }).first().click()
    await house.settled(page)
    await page.getByText(/Take it into the open case/).click()
    await page.locator('.counted li').first().waitFor()
    expect(await page.locator('.counted').first().textContent()).toMatch(/statement/)
    await picture('raise')
    if (PICTURES !== undefined) await page.getByText(/Take it into the open case/).click()
    await page.getByLabel('Why (stays on record)').first().fill('She asked for silence.')
    await page.getByRole('button', { name: 'Let only them see it' }).click()
    await page.getByText('Only those on the case see this').waitFor()
    await house.settled(page)
    await picture('raised')
    await house.goTo(page, '/harbour/sources')
    expect(await page.locator('.level-mark').allTextContents()).toEqual(['case'])
    await picture('sources-in-case')
    await page.getByRole('button', { name: 'Leave the case' }).click()
    await house.settled(page)
    expect(await page.locator('.case-bar').count()).toBe(0)
    expect(await page.getByText('Harbour notes').count()).toBe(0)
  })

  test('P47 what was opened is read outside every dossier, by whoever audits', async () => {
    await house.goTo(page, '/-/audit')
    // One visit is one line, with what was asked for in it.
    const visit = page.locator('.list .row').first()
    await visit.locator('summary', { hasText: /requests in one visit: \d+/ }).click()
    expect(await visit.locator('.row-below .mono').textContent()).toMatch(/desk/)
    await picture('audit')
    await page.getByLabel('What was done').selectOption('export')
    await page.getByText('Nothing was opened or taken out.').waitFor()
    await page.getByRole('link', { name: 'Desk' }).click()
    await house.settled(page)
    expect(new URL(page.url()).pathname).toBe('/harbour/desk')
    expect(house.complaints).toEqual([])
  })
})
