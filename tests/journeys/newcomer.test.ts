import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, said } from '../chromium.ts'
import { takeInHarbour, type Visit, visit } from './browser.ts'

const browser = await findChromium()

describe.skipIf(browser.absent !== null)(`a newcomer's first day${said(browser)}`, () => {
  let at: Visit
  let page: Page

  beforeAll(async () => {
    at = await visit(browser)
    await takeInHarbour(at.workspace)
    page = await at.open()
  })
  afterAll(async () => at?.close())

  const statements = () => page.locator('[data-statement]').count()
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-describedby') ?? '')

  test('W16 a matter without an aspect, and a value without a matter, are refused at their field; nothing typed is lost', async () => {
    await at.goTo(page, '/harbour/sources')
    await page.locator('.list .row a').first().click()
    await at.settled(page)
    const before = await statements()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('KeyT')
    // A new matter, recorded from within its field: it is taken before it is asked what of it is said.
    await page.keyboard.type('Quay of Port Sample')
    await page.keyboard.press('Control+Enter')
    const trouble = page.locator('.palette .trouble')
    await trouble.waitFor()
    expect(await trouble.textContent()).toBe('Choose what of it is said.')
    expect(await focused()).toBe(await trouble.getAttribute('id'))
    expect(await page.getByRole('combobox', { name: 'About' }).inputValue()).toBe('Quay of Port Sample')
    await page.keyboard.type('length')
    await page.getByLabel('Kind of value').selectOption('quantity')
    await page.getByLabel('What the words say').fill('long')
    await page.keyboard.press('Control+Enter')
    await trouble.waitFor()
    expect(await trouble.textContent()).toContain('This is no amount yet')
    await page.getByLabel('What the words say').fill('40')
    // Another matter is begun and let go: the value would have nothing to stand with.
    await page.getByRole('combobox', { name: 'About' }).fill('')
    await page.keyboard.press('Control+Enter')
    await trouble.waitFor()
    expect(await trouble.textContent()).toContain('Choose of which matter')
    expect(await focused()).toBe(await trouble.getAttribute('id'))
    expect(await statements()).toBe(before)
    await page.keyboard.type('Quay of Port Sample')
    await page.keyboard.press('Tab')
    await page.getByRole('combobox', { name: 'Aspect' }).fill('length')
    expect(await page.getByLabel('What the words say').inputValue()).toBe('40')
    await page.keyboard.press('Control+Enter')
    await page.locator('.palette').waitFor({ state: 'detached' })
    await at.settled(page)
    expect(await statements()).toBe(before + 1)
    const matters = await page.evaluate(async () => {
      const key = window.localStorage.getItem('rapporteur-key')
      const answer = await fetch('/api/dossiers/harbour/matters', {
        headers: { Authorization: `Bearer ${key}` },
      })
      return ((await answer.json()) as { matters: { name: string }[] }).matters.map(({ name }) => name)
    })
    expect(matters).toContain('Quay of Port Sample')
  })
})
