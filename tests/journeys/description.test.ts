import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDossier } from '../../src/sources/dossier.ts'
import { takeIn } from '../../src/sources/take-in.ts'
import { asActor } from '../../src/storage/database.ts'
import { findChromium, said } from '../chromium.ts'
import { takeInHarbour, type Visit, visit } from './browser.ts'

const browser = await findChromium()

describe.skipIf(browser.absent !== null)(`what we ourselves say of a matter${said(browser)}`, () => {
  let at: Visit
  let page: Page

  beforeAll(async () => {
    at = await visit(browser)
    await takeInHarbour(at.workspace)
    const { database, actor } = at.workspace
    const dossier = await asActor(database, actor, (tx) => openDossier(tx, 'harbour'))
    const bytes = new TextEncoder().encode(
      'I have read the finding and its grounds. Signed by an outside reader.',
    )
    await takeIn(at.workspace, dossier, [
      { fileName: 'paper.txt', bytes, facts: { title: 'A signed paper' } },
    ])
    page = await at.open()
    await page.waitForURL('**/harbour/desk')
    await page.locator('.docket .row.tall > a').first().click()
    await page.locator('.accounts').waitFor()
  })
  afterAll(async () => at?.close())

  /** Open what is folded under these words. */
  const unfold = (words: string | RegExp) => page.locator('summary', { hasText: words }).click()

  test('W12 a name is given with its language, its kind and its time, and titles the matter in that language', async () => {
    await unfold('Change our description')
    await page.getByLabel('Add a spelling or name').fill('Пожар в Порту Образцовом')
    await page.getByLabel('Language of the name').selectOption('ru')
    await page.getByLabel('Called so from').fill('2021-05')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    const line = page.locator('.names li', { hasText: 'Пожар в Порту Образцовом' })
    await line.waitFor()
    expect(await line.textContent()).toContain('2021-05/..')
    await page.evaluate(() => window.localStorage.setItem('rapporteur-language', 'ru'))
    await page.reload()
    await page.locator('.accounts').waitFor()
    expect(await page.locator('h1').textContent()).toBe('Пожар в Порту Образцовом')
    // W15 an aspect of a list is called in Russian, one of this dossier alone by the name it is coded by.
    expect(await page.locator('.accounts').textContent()).toMatch(/когда.*boats|boats.*когда/s)
    await page.evaluate(() => window.localStorage.setItem('rapporteur-language', 'en'))
    await page.reload()
    await page.locator('.accounts').waitFor()
  })

  test('W12 what a matter is part of is chosen, shown, and leads there', async () => {
    await unfold('Change our description')
    const field = page.getByLabel('Part of', { exact: true })
    await field.fill('Mayor of Port')
    await page
      .getByRole('option', { name: /Mayor of Port Sample/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.locator('.crumbs a', { hasText: 'Mayor of Port Sample' }).first().waitFor()
  })

  test('W13 who works alone attests a finding by a paper that was taken in as a source', async () => {
    await unfold('Propose a finding')
    await page.getByLabel('What we should hold').fill('That boats were burnt.')
    await page.getByLabel('Reasons', { exact: true }).fill('Two speakers say so.')
    await page.locator('.sides select').first().selectOption('for')
    await page.getByRole('button', { name: 'Propose', exact: true }).click()
    await page.locator('.finding.proposed').waitFor()
    await unfold(/signed paper/)
    const papers = page.getByLabel('The paper, taken in as a source')
    const attest = page.getByRole('button', { name: 'Attest', exact: true })
    // What the finding rests on is no outside reader's paper.
    await papers.selectOption({ label: 'Harbour notes' })
    await attest.click()
    await page.locator('.finding', { hasText: 'evidence of the finding itself' }).waitFor()
    await papers.selectOption({ label: 'A signed paper' })
    await attest.click()
    await page.locator('.finding.attested').waitFor()
    await page.locator('.finding.attested a', { hasText: 'outside reader' }).click()
    await page.locator('.reading-text', { hasText: 'Signed by an outside reader' }).waitFor()
  })

  test('W14 on paper the values stay, what can only be pressed goes, and the words stand at the end by their names', async () => {
    await at.goTo(page, '/harbour/matters')
    await page.locator('.list a', { hasText: 'Fire at Port Sample' }).first().click()
    await page.locator('.accounts').waitFor()
    expect(await page.locator('.printed-words').count()).toBe(0)
    await page.emulateMedia({ media: 'print' })
    const words = page.locator('.printed-words')
    await words.waitFor()
    expect(await words.textContent()).toContain('twelve boats were burnt on 3 May 2021')
    for (const named of await page.locator('.said a.words-link').all())
      expect(await words.textContent()).toContain((await named.textContent())?.split(' ').at(-1))
    expect(await page.locator('.said', { hasText: '12 boats' }).first().isVisible()).toBe(true)
    expect(await page.locator('.foot').isVisible()).toBe(true)
    for (const gone of ['.bar', '.side form', '.views'])
      expect(await page.locator(gone).first().isVisible()).toBe(false)
    await page.emulateMedia({ media: 'screen' })
  })
})
