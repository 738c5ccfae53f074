import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findChromium, said } from '../chromium.ts'
import { SHARED } from '../seeds.ts'
import { takeInHarbour, type Visit, visit } from './browser.ts'

const browser = await findChromium()

/** A hand on a keyboard that counts: a letter is one press, a key held with another is two. */
function hand(page: Page) {
  let presses = 0
  return {
    async press(...keys: string[]): Promise<void> {
      for (const key of keys) {
        presses += key.split('+').length
        await page.keyboard.press(key)
      }
    },
    get presses() {
      return presses
    },
  }
}

/** Ask the API as the page does. */
async function ask<Answer>(page: Page, path: string): Promise<Answer> {
  return page.evaluate(async (where) => {
    const key = window.localStorage.getItem('rapporteur-key')
    return (await fetch(`/api${where}`, { headers: { Authorization: `Bearer ${key}` } })).json()
  }, path)
}

describe.skipIf(browser.absent !== null)(`a day's work${said(browser)}`, () => {
  let at: Visit
  let page: Page

  beforeAll(async () => {
    at = await visit(browser)
    await takeInHarbour(at.workspace)
    page = await at.open()
  })
  afterAll(async () => at?.close())

  test('W2 a newcomer opens the record: desk, a conflict, its matter, a value, its words', async () => {
    await page.waitForURL('**/harbour/desk')
    const row = page.locator('.docket .row.tall', { has: page.locator('.aside', { hasText: /^boats$/ }) })
    expect(await row.locator('.sides-line').textContent()).toMatch(
      /12 boats.*Mayor of Port Sample.*≤ 9 boats.*Gazette/s,
    )
    await row.locator('> a').click()
    await page.locator('.accounts').waitFor()
    expect(await page.locator('h1').textContent()).toBe('Fire at Port Sample')
    expect(await page.locator('.bracket-words').first().textContent()).toContain('C-')
    // Every value names who says it, and has a way to its words.
    for (const value of await page.locator('.said').all()) {
      expect((await value.locator('.chain').textContent())?.trim()).not.toBe('')
      expect(await value.locator('a.words-link').count()).toBe(1)
    }
    await page.locator('.said', { hasText: '12 boats' }).locator('a.words-link').click()
    await page.locator('.reading-text .at-hand').first().waitFor()
    expect(await page.locator('.reading-text .at-hand').allTextContents()).toEqual([
      'twelve boats were burnt on 3 May 2021',
    ])
    expect(await page.locator('.rails').textContent()).toContain('Mayor of Port Sample')
  })

  test('W3 a passage is coded by keyboard in at most 12 key presses, on a Russian keyboard too', async () => {
    await at.goTo(page, '/harbour/sources')
    await page.locator('.list .row a').first().click()
    await at.settled(page)
    const before = await page.locator('[data-statement]').count()
    const one = hand(page)
    await one.press('ArrowDown', 'ArrowDown')
    expect(await page.locator('.chosen .quote').textContent()).toContain('The mayor of Port Sample said')
    await one.press('t', 'f', 'i', 'r', 'Tab', 'h', 'a', 'Tab', 'Control+Enter')
    await page.waitForFunction((n) => document.querySelectorAll('[data-statement]').length > n, before)
    expect(one.presses).toBeLessThanOrEqual(12)
    const { statements } = await ask<{
      statements: {
        kind: string
        about: { aspect: string }[]
        passages: { exact: string; state: string }[]
      }[]
    }>(page, `/sources/${new URL(page.url()).pathname.split('/').at(-1)}`)
    const made = statements.find(({ kind }) => kind === 'testimony')
    expect(made?.about[0]?.aspect).toBe('happened')
    expect(made?.passages[0]).toMatchObject({
      exact: 'The mayor of Port Sample said that twelve boats were burnt on 3 May 2021.',
      state: 'intact',
    })
    // The letter is the one on the key, whatever it writes: this key writes "е" in Russian and Kazakh.
    await page.keyboard.press('ArrowDown')
    await page.evaluate(() =>
      window.dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyT', key: 'е', bubbles: true })),
    )
    expect(await page.locator('.kinds button[aria-pressed=true]').textContent()).toContain('testimony')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
  })

  test('W3 words grow and shrink by a word at either end', async () => {
    await page.keyboard.press('ArrowDown')
    const chosen = () => page.locator('.reading-text .selected').allTextContents()
    const words = async () => (await chosen()).join('')
    expect(await words()).toBe('Harbour notes')
    await page.keyboard.press('ArrowLeft')
    expect(await words()).toBe('Harbour')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    expect(await words()).toBe('notes')
    await page.keyboard.press('Shift+ArrowLeft')
    expect(await words()).toBe('Harbour notes')
    await page.keyboard.press('Escape')
  })

  test('W6 the conflict that words will make is shown before they are recorded', async () => {
    for (let n = 0; n < 4; n += 1) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('KeyO')
    await page.keyboard.type('fire')
    await page.keyboard.press('Tab')
    await page.keyboard.type('boa')
    await page.keyboard.press('Tab')
    // The aspect is known by now, and with it that its values have a unit: W12 is for hands that are faster than that.
    await page.locator('.palette').getByLabel(/^Unit/).waitFor()
    await page.keyboard.type('3')
    await page.keyboard.press('Tab')
    await page.keyboard.type('boats')
    await page.locator('.will-conflict').waitFor()
    expect(await page.locator('.will-conflict').textContent()).toMatch(/Fire at Port Sample \/ boats/)
    expect(await page.locator('.will-conflict').textContent()).toContain('12 boats')
    const { counts } = await ask<{ counts: { statements: number } }>(page, '/dossiers/harbour/desk')
    await page.keyboard.press('Control+Enter')
    await page.locator('.palette').waitFor({ state: 'detached' })
    const after = await ask<{ counts: { statements: number } }>(page, '/dossiers/harbour/desk')
    expect(after.counts.statements).toBe(counts.statements + 1)
  })

  test('W7 a draft survives a closed browser, and finishing freezes it as an original', async () => {
    const first = await at.open()
    await at.goTo(first, '/harbour/notes')
    await first.getByRole('button', { name: 'Interview record' }).click()
    await first.getByLabel('Title', { exact: true }).fill('Talk on the quay')
    await first.getByLabel('Speaker', { exact: true }).fill('A fisherman')
    await first.getByLabel('Said', { exact: true }).fill('No boat was burnt that night.')
    // In the middle of a word, before the pause after which drafts are saved.
    await first.close({ runBeforeUnload: true })
    await first.context().close()
    const second = await at.open()
    await at.goTo(second, '/harbour/notes')
    await second.getByRole('link', { name: 'Talk on the quay' }).click()
    expect(await second.getByLabel('Said', { exact: true }).inputValue()).toBe(
      'No boat was burnt that night.',
    )
    await second.getByRole('button', { name: /Finish/ }).click()
    await second.waitForURL('**/harbour/source/**')
    await at.settled(second)
    expect(await second.locator('.reading-text').textContent()).toContain('No boat was burnt that night.')
    expect(await second.locator('.facts').first().textContent()).toMatch(/[0-9a-f]{64}/)
    await at.goTo(second, '/harbour/notes')
    expect(await second.getByRole('link', { name: 'Talk on the quay' }).count()).toBe(0)
    await second.context().close()
  })

  test('W1 the language is chosen in the settings and holds', async () => {
    await at.goTo(page, '/harbour/settings')
    for (const [name, code, desk] of [
      ['Русский', 'ru', 'Стол'],
      ['Қазақша', 'kk', 'Үстел'],
      ['English', 'en', 'Desk'],
    ] as const) {
      await page.getByRole('radio', { name }).check()
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(code)
      expect(await page.locator('.doors a').first().textContent()).toBe(desk)
      await page.reload()
      await at.settled(page)
      expect(await page.locator('.doors a').first().textContent()).toBe(desk)
    }
  })

  test('W8 single letters open the doors, and can be switched off', async () => {
    await page.keyboard.press('KeyG')
    await page.keyboard.press('KeyM')
    await page.waitForURL('**/harbour/matters')
    await at.goTo(page, '/harbour/settings')
    await page.getByRole('checkbox').uncheck()
    await page.locator('h1').click()
    await page.keyboard.press('KeyG')
    await page.keyboard.press('KeyM')
    await at.settled(page)
    expect(page.url()).toContain('/settings')
    await page.getByRole('checkbox').check()
  })

  test('W9 the record is verified from the page, and a history is read as what changed', async () => {
    await at.goTo(page, '/harbour/ledger')
    await page.getByRole('button', { name: 'Check everything now' }).click()
    await page.locator('.proof.intact').waitFor()
    await at.goTo(page, '/harbour/history')
    await page.locator('.list a', { hasText: 'source' }).first().click()
    await page.locator('.diff').first().waitFor()
    expect(await page.locator('.diff').first().textContent()).toContain('Talk on the quay')
  })

  test('W10 whoever comes without the key is told what to do, and sees nothing', async () => {
    const stranger = await at.open()
    await stranger.evaluate(() => window.localStorage.clear())
    await stranger.goto(`${at.origin}/harbour/desk`)
    await stranger.locator('.outside').waitFor()
    expect(await stranger.locator('body').textContent()).not.toContain('Port Sample')
    await stranger.context().close()
  })
})

describe.skipIf(browser.absent !== null || SHARED === null)(
  `J3 from article to claim ledger${SHARED === null ? ' (skipped: the articles are not beside this checkout)' : said(browser)}`,
  () => {
    const FILES = ['000_ab21944ffe5e0852.txt', '002_f43dfa6b71305ae3.txt']
    let at: Visit
    let page: Page

    beforeAll(async () => {
      at = await visit(browser)
      page = await at.open()
    })
    afterAll(async () => at?.close())

    test('J3 an empty record welcomes, and opens a dossier', async () => {
      await page.locator('.welcome').waitFor()
      await page.getByLabel('Title', { exact: true }).fill('Казахстан 2022')
      expect(await page.getByLabel('Short name in addresses').inputValue()).toBe('kazakhstan-2022')
      await page.getByRole('button', { name: 'Open the dossier' }).click()
      await page.waitForURL('**/kazakhstan-2022/desk')
    })

    test('J3 (a) both articles are uploaded as they are, hashed and cut into sentences', async () => {
      await at.goTo(page, '/kazakhstan-2022/add')
      await page.getByLabel('Publisher').fill('An outlet')
      await page.getByLabel('Which side they speak for').selectOption('press')
      await page
        .locator('input[type=file]')
        .setInputFiles(FILES.map((name) => join(SHARED ?? '', 'seeds', name)))
      await page.getByRole('button', { name: 'Take in' }).click()
      await page.waitForFunction(() => document.querySelectorAll('.list .row').length === 2)
      const { sources } = await ask<{ sources: { id: string; fileName: string }[] }>(
        page,
        '/dossiers/kazakhstan-2022/sources',
      )
      let sentences = 0
      for (const { id, fileName } of sources) {
        await at.goTo(page, `/kazakhstan-2022/source/${id}`)
        const hash = createHash('sha256')
          .update(readFileSync(join(SHARED ?? '', 'seeds', fileName)))
          .digest('hex')
        expect(await page.locator('.facts').first().textContent()).toContain(hash)
        const { reading } = await ask<{ reading: { sentences: unknown[] } }>(page, `/sources/${id}`)
        expect(await page.locator('[data-sentence]').count()).toBe(reading.sentences.length)
        sentences += reading.sentences.length
      }
      expect(sentences).toBeGreaterThanOrEqual(99)
    })

    test('J3 (b, d) words are coded with chain, kind, figure and unit, stand where they stood, and answer who says them', async () => {
      await page.locator('.reading-text').waitFor()
      // The second article says how many threshold signatures a party needs; any sentence with a figure serves.
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('KeyC')
      await page.keyboard.type('Party register')
      await page.keyboard.press('Tab')
      await page.getByLabel('Kind of the new matter').selectOption('body')
      await page.getByRole('combobox', { name: 'Aspect' }).fill('members')
      await page.getByLabel('Kind of value').selectOption('quantity')
      await page.getByLabel('What the words say').fill('<= 3000')
      await page.getByLabel(/^Unit/).fill('persons')
      await page.locator('summary', { hasText: 'Who says it' }).click()
      await page.getByRole('combobox', { name: 'Who says it' }).fill('A minister')
      await page.getByRole('combobox', { name: 'Who says it' }).press('Tab')
      await page.getByRole('combobox', { name: 'Told through' }).fill('A spokesman')
      await page.getByRole('combobox', { name: 'Told through' }).press('Tab')
      await page.keyboard.press('Control+Enter')
      await page.locator('[data-statement]').waitFor()
      await page.getByRole('button', { name: 'official claim' }).click()
      const rails = await page.locator('.rails').textContent()
      expect(rails?.replace(/\s+/g, ' ')).toMatch(/An outlet.*A spokesman.*A minister/)
      expect(await page.locator('.statement-panel').textContent()).toContain('≤ 3000 persons')
      await page.getByRole('button', { name: /^Close/ }).click()
      await page.getByRole('button', { name: 'Read again' }).click()
      await page.getByText('1 intact, 0 moved, 0 lost').waitFor()
      await at.settled(page)
    })

    test('J3 a second, other figure conflicts, and the desk says who against whom', async () => {
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('KeyW')
      await page.keyboard.type('party')
      await page.keyboard.press('Tab')
      await page.keyboard.type('mem')
      await page.keyboard.press('Tab')
      await page.keyboard.type('50000')
      // The speaker of the statement before is offered again; this time the source says it itself.
      await page.getByLabel("The source's own voice").check()
      await page.getByLabel(/^Unit/).fill('persons')
      await page.locator('.will-conflict').waitFor()
      await page.keyboard.press('Control+Enter')
      await page.locator('.palette').waitFor({ state: 'detached' })
      await at.goTo(page, '/kazakhstan-2022/desk')
      const sides = await page.locator('.row.tall .sides-line').textContent()
      expect(sides).toMatch(/≤ 3000 persons.*A minister.*50000 persons.*An outlet/s)
    })

    test('J3 (e) a claim whose words name nobody is flagged on the desk', async () => {
      await page.goBack()
      await at.settled(page)
      for (let n = 0; n < 3; n += 1) await page.keyboard.press('ArrowDown')
      await page.keyboard.press('KeyL')
      await page.locator('summary', { hasText: 'Who says it' }).click()
      await page.getByLabel('The words designate nobody').check()
      await page.keyboard.press('Control+Enter')
      await page.locator('.palette').waitFor({ state: 'detached' })
      await at.goTo(page, '/kazakhstan-2022/desk')
      expect(await page.locator('.docket', { hasText: 'No speaker named' }).locator('.row').count()).toBe(1)
    })

    test('W4 nothing of it left the machine', () => {
      expect(at.complaints).toEqual([])
    })
  },
)
