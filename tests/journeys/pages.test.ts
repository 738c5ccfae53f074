import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDossier } from '../../src/sources/dossier.ts'
import { asActor } from '../../src/storage/database.ts'
import { findChromium, said } from '../chromium.ts'
import { takeInHarbour, type Visit, visit } from './browser.ts'

const browser = await findChromium()
/** Where pictures of the screens go that somebody wants to look at. */
const PICTURES = process.env.RAPPORTEUR_PICTURES
/** More entries than a page has. */
const DOSSIERS = 130

describe.skipIf(browser.absent !== null)(`lists a page at a time in the browser${said(browser)}`, () => {
  let house: Visit
  let page: Page

  beforeAll(async () => {
    house = await visit(browser)
    await takeInHarbour(house.workspace)
    const { database, actor } = house.workspace
    for (let n = 0; n < DOSSIERS; n += 1)
      await asActor(database, actor, (tx) => openDossier(tx, `quay-${n}`, `Quay ${n}`))
    page = await house.open()
  })
  afterAll(async () => {
    await house?.close()
  })

  const rows = () => page.locator('main .list > li')
  const picture = async (name: string) => {
    if (PICTURES === undefined) return
    for (const language of ['en', 'ru', 'kk']) {
      await page.evaluate((one) => window.localStorage.setItem('rapporteur-language', one), language)
      await page.reload()
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

  test('W4 L17 the history is turned by keyboard, and whoever comes back finds the page that they left', async () => {
    await house.goTo(page, '/harbour/history')
    await picture('history')
    expect(await rows().count()).toBe(100)
    const first = await rows().first().textContent()
    await page.getByRole('button', { name: 'Next' }).focus()
    await page.keyboard.press('Enter')
    await house.settled(page)
    expect(await rows().first().textContent()).not.toBe(first)
    // The button is where it was, and says that there is no further page.
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-disabled'))).toBe('true')
    await page.keyboard.press('Enter')
    await house.settled(page)
    const second = await rows().first().textContent()
    await rows().nth(20).getByRole('link').click()
    await house.settled(page)
    await page.goBack()
    await house.settled(page)
    expect(await rows().first().textContent()).toBe(second)
    await page.getByRole('button', { name: 'Back' }).click()
    await house.settled(page)
    expect(await rows().first().textContent()).toBe(first)
    expect(house.complaints).toEqual([])
  })

  test('L16 an altered record is named on the page of the ledger', async () => {
    await house.workspace.database.owner.query(
      "update revision set why = why || ' (altered)' where record = (select id from dossier where slug = 'quay-7')",
    )
    await house.goTo(page, '/harbour/ledger')
    await page.getByRole('button', { name: 'Check everything now' }).click()
    await page.locator('.proof.altered').waitFor()
    expect(await page.locator('.proof.altered').textContent()).toMatch(/dossier dos_\w+: Revision 1 is not/)
  })
})
