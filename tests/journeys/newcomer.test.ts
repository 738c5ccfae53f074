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

  test('W3 where one unit is in use it stands in the field; each kind says what it means; what records is in sight at 1280 by 800', async () => {
    const low = await at.open({ viewport: { width: 1280, height: 800 } })
    await at.goTo(low, new URL(page.url()).pathname)
    await low.keyboard.press('ArrowDown')
    await low.keyboard.press('KeyO')
    await low.keyboard.type('fire')
    await low.keyboard.press('Tab')
    await low.getByRole('combobox', { name: 'Aspect' }).fill('boats')
    await low.keyboard.press('Tab')
    expect(await low.getByLabel(/^Unit/).inputValue()).toBe('boats')
    expect(await low.locator('.kind-meaning').textContent()).toMatch(/^observation: The speaker saw/)
    await low.locator('.kinds button', { hasText: 'denial' }).hover()
    expect(await low.locator('.kind-meaning').textContent()).toMatch(/^denial: Says that something did not/)
    // What is refused at a field is not hidden by what stays in sight.
    await low.getByRole('combobox', { name: 'Aspect' }).fill('')
    await low.keyboard.press('Control+Enter')
    const sentence = low.locator('.palette .trouble')
    await sentence.waitFor()
    const read = await sentence.evaluate((line) => {
      const { left, top, bottom } = line.getBoundingClientRect()
      return line.contains(document.elementFromPoint(left + 4, (top + bottom) / 2))
    })
    expect(read).toBe(true)
    const next = low.getByRole('button', { name: 'and next sentence' })
    const uncovered = await next.evaluate((button) => {
      const { left, right, top, bottom } = button.getBoundingClientRect()
      const corners = [
        [left + 2, top + 2],
        [right - 2, bottom - 2],
      ] as const
      return corners.every(([x, y]) => button.contains(document.elementFromPoint(x, y)))
    })
    expect(uncovered).toBe(true)
    await low.context().close()
  })

  test('W8 j and k move a focus that is seen through every list, and Enter opens', async () => {
    const inList = () =>
      page.evaluate(() => {
        const held = document.activeElement
        const seen = held?.matches(':focus-visible') === true && held.checkVisibility()
        const stops = [...document.querySelectorAll('main :is(.row > a, a.hit)')]
        return seen && held !== null ? stops.indexOf(held) : -1
      })
    for (const door of ['desk', 'sources', 'matters', 'search?q=port', 'history']) {
      await at.goTo(page, `/harbour/${door}`)
      await page.locator('main :is(.row > a, a.hit)').first().waitFor()
      await page.keyboard.press('KeyJ')
      expect([door, await inList()]).toEqual([door, 0])
      const to = await page.evaluate(() => document.activeElement?.getAttribute('href'))
      await page.keyboard.press('KeyJ')
      await page.keyboard.press('KeyK')
      // With one row, next and previous are the same.
      expect([door, await inList()]).toEqual([door, 0])
      await page.keyboard.press('Enter')
      await page.waitForURL(`**${to}`)
    }
  })

  test('W17 a source is taken in when its facts were seen: a date and a side are asked for at their field, and files go by a button', async () => {
    await at.goTo(page, '/harbour/add')
    const date = page.getByLabel('Date', { exact: true })
    const besideDate = page.locator('.field', { has: date })
    for (const [typed, sentence] of [
      ['12.05.2024', 'Write 2024-05-12.'],
      ['12/05/2024', 'Write 2024-05-12; or 2024-12-05, if the month stands first.'],
      ['12 мая 2024', 'Write 2024-05-12.'],
      ['2024 ж. 12 мамыр', 'Write 2024-05-12.'],
      ['May 2024', 'Write 2024-05.'],
      ['31.02.2024', 'This is no date yet'],
    ] as const) {
      await date.fill(typed)
      const answered = await besideDate.locator('.hint').textContent()
      expect([typed, answered?.startsWith(sentence), answered]).toEqual([typed, true, answered])
    }
    const bytes = Buffer.from('The pier was closed on 12 May 2024.\n')
    const file = { name: 'pier.txt', mimeType: 'text/plain', buffer: bytes }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByText('pier.txt').waitFor()
    const side = page.getByLabel('Which side they speak for')
    expect(await side.inputValue()).toBe('')
    await page.getByLabel('Publisher').fill('Port Sample Daily')
    const take = page.getByRole('button', { name: 'Take in' })
    await take.click()
    expect(await page.locator('.trouble').textContent()).toBe('Choose which side the publisher speaks for.')
    expect(await focused()).toBe(await page.locator('.trouble').getAttribute('id'))
    await side.selectOption('press')
    await take.click()
    expect(await page.locator('.trouble').textContent()).toContain('This is no date yet')
    expect(await date.evaluate((field) => field === document.activeElement)).toBe(true)
    await date.fill('2024-05-12')
    await take.click()
    const link = page.getByRole('link', { name: 'pier.txt' })
    await link.click()
    await page.waitForURL('**/harbour/source/**')
    await at.settled(page)
    expect(await page.locator('.page-head').textContent()).toMatch(/Port Sample Daily.*2024-05-12/s)
  })
})
