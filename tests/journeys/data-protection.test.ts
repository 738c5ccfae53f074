import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { A_PASSWORD, type SignedIn, signedIn } from '../accounts.ts'
import { findChromium, said } from '../chromium.ts'
import { somebodyTells, type Told } from '../consent-people.ts'
import { takeInHarbour, type Visit, visit } from './browser.ts'

const browser = await findChromium()

describe.skipIf(browser.absent !== null)(`data protection in the browser${said(browser)}`, () => {
  let at: Visit
  /** Who proposes, who decides, and who looks after backups. */
  let monitor: Page
  let lawyer: Page
  let administrator: Page
  /** In a case that none of them is on. */
  let told: Told
  const folder = mkdtempSync(join(tmpdir(), 'rapporteur-journey-'))

  beforeAll(async () => {
    at = await visit(browser)
    await takeInHarbour(at.workspace)
    told = await somebodyTells(at.workspace)
    const { database, actor } = at.workspace
    const { organisation } = actor
    const made = (name: string, roles: SignedIn['roles']) =>
      signedIn(at.workspace, { organisation, roles, name })
    const people = [
      await made('Proposing Monitor', ['monitor', 'verifier']),
      await made('Deciding Lawyer', ['monitor', 'legal']),
      await made('Careful Administrator', ['administrator']),
    ] as const
    await database.owner.query('update organisation set alone = false where organisation = $1', [
      organisation,
    ])
    monitor = await comeIn(people[0])
    lawyer = await comeIn(people[1])
    administrator = await comeIn(people[2])
  })
  afterAll(async () => {
    await at?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A browser in which somebody signs in by the page. */
  async function comeIn({ login, code }: SignedIn): Promise<Page> {
    const page = await at.open()
    await page.evaluate(() => window.localStorage.clear())
    await page.goto(at.origin)
    await page.getByLabel('Login').fill(login)
    await page.getByLabel('Password').fill(A_PASSWORD)
    await page.getByLabel('Code').fill(await code())
    await press(page, 'Sign in')
    await page.locator('.frame').waitFor()
    await at.settled(page)
    return page
  }
  const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click()
  const unfold = (page: Page, name: string) => page.locator('summary', { hasText: name }).first().click()
  const held = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

  /** At both widths, light and dark, in each language: axe finds nothing, and nothing runs out of the page. */
  async function looksRight(page: Page): Promise<void> {
    for (const language of ['ru', 'kk', 'en']) {
      await page.evaluate((one) => window.localStorage.setItem('rapporteur-language', one), language)
      await page.reload()
      await page.locator('main').waitFor()
      await at.settled(page)
      await page.evaluate(() => {
        for (const one of document.querySelectorAll('main details')) one.setAttribute('open', '')
      })
      await at.settled(page)
      for (const width of [1280, 360]) {
        // High enough that nothing lies under the line at the foot.
        await page.setViewportSize({ width, height: 5000 })
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect({ language, width, over }).toEqual({ language, width, over: 0 })
        for (const colorScheme of language === 'en' ? (['light', 'dark'] as const) : (['light'] as const)) {
          await page.emulateMedia({ colorScheme })
          const { violations } = await new AxeBuilder({ page })
            .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
            .analyze()
          const found = violations.flatMap(({ id, nodes }) =>
            nodes.slice(0, 3).map(({ html }) => `${id}: ${html.slice(0, 160)}`),
          )
          expect({ language, width, colorScheme, found }).toEqual({ language, width, colorScheme, found: [] })
        }
      }
    }
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.emulateMedia({ colorScheme: 'light' })
  }

  test('P70 P72 an erasure is proposed at its record, with what goes in sight, and not confirmed by whoever proposed it', async () => {
    await at.goTo(monitor, '/harbour/sources')
    await monitor.getByRole('link', { name: /Harbour notes/ }).click()
    await at.settled(monitor)
    await monitor.locator('main').getByRole('link', { name: 'History' }).first().click()
    await at.settled(monitor)
    await monitor.getByRole('link', { name: 'Erase…' }).click()
    await at.settled(monitor)
    const goes = monitor.locator('.erasure-preview .figures')
    await goes.waitFor()
    expect(await goes.textContent()).toMatch(/source1.*statement\d+.*originals in the folder1/s)
    await monitor.getByLabel('Who asked').selectOption({ label: 'the person concerned' })
    await press(monitor, 'Propose to a second person')
    const proposed = monitor.locator('article.panel', { hasText: 'waits for a second person' })
    await proposed.waitFor()
    await at.settled(monitor)
    await proposed.locator('summary').click()
    await proposed.getByText('A second person with the role editor or legal confirms it.').waitFor()
    expect(await monitor.getByRole('button', { name: 'Erase for good' }).count()).toBe(0)
    await looksRight(monitor)
  })

  test('P70 P73 a second person finds it on the desk, sees what goes, and erases; the record says so and nothing else', async () => {
    await at.goTo(lawyer, '/harbour/desk')
    await lawyer.reload()
    await lawyer
      .locator('.due-list')
      .getByRole('link', { name: /Erasure to be confirmed/ })
      .click()
    await at.settled(lawyer)
    const waiting = lawyer.locator('article.panel', { hasText: 'Proposed by Proposing Monitor' })
    const record = (await waiting.locator('h3 a').getAttribute('href')) ?? ''
    await waiting.locator('summary').click()
    await waiting.locator('.figures').waitFor()
    await press(lawyer, 'Erase for good')
    await lawyer.getByText('Decided by Deciding Lawyer').waitFor()
    // The button is gone with what it decided; the keyboard goes on beside it.
    expect(await held(lawyer)).toContain('Decided by Deciding Lawyer')
    await at.goTo(lawyer, record)
    await lawyer.getByText(/^Erased .*every proof holds\.$/).waitFor()
    expect(await lawyer.locator('main').textContent()).not.toContain('Harbour notes')
    await at.goTo(lawyer, '/harbour/protection/erasures')
    await looksRight(lawyer)
  })

  test('P76 a request has a month on its clock, once two more with the reason, and is answered in words', async () => {
    await at.goTo(lawyer, '/harbour/protection/requests')
    await unfold(lawyer, 'Record a request')
    await lawyer.getByLabel('Asks for').selectOption({ label: 'erasure (art. 17)' })
    await lawyer.getByLabel('Who asks').fill('A fisherman')
    await lawyer.getByLabel('What about').fill('The note of 4 May.')
    await lawyer.getByLabel('Came on').fill('2026-10-12')
    await press(lawyer, 'Record')
    const one = lawyer.locator('article.panel', { hasText: 'A fisherman' })
    await one.locator('.overdue', { hasText: 'was due 12 Nov 2026' }).waitFor()
    // Folded again, empty, with the focus on its title: a second press records nothing twice.
    expect(await held(lawyer)).toBe('Record a request')
    await lawyer.keyboard.press('Enter')
    expect(await lawyer.getByLabel('Who asks').inputValue()).toBe('')
    await one.locator('summary').click()
    await press(lawyer, 'Extend by two months, for this reason')
    await one.locator('.refused', { hasText: 'reason_missing' }).waitFor()
    await one.getByLabel('What they were told').fill('Many records name him.')
    await press(lawyer, 'Extend by two months, for this reason')
    await one.getByText(/due 12 Jan 2027/).waitFor()
    await looksRight(lawyer)
    await one.getByLabel('What they were told').fill('It was erased.')
    await press(lawyer, 'Save the answer')
    await one.locator('dd', { hasText: 'It was erased.' }).waitFor()
    expect(await one.locator('summary').count()).toBe(0)
  })

  test('P77 a breach has 72 hours; it is closed when everything was said, and stands once', async () => {
    await at.goTo(lawyer, '/harbour/protection/breaches')
    await unfold(lawyer, 'Record a breach')
    const noticed = `${day(-1)}T10:00`
    await lawyer.getByLabel('Noticed').fill(noticed)
    await lawyer.getByLabel('What happened').fill('A laptop was taken at a border.')
    await lawyer.getByRole('checkbox', { name: 'testimony' }).check()
    await lawyer.getByRole('button', { name: 'Save' }).first().click()
    const one = lawyer.locator('article.panel', { hasText: 'A laptop was taken' })
    await one.waitFor()
    const until = await lawyer.evaluate(
      (at) =>
        new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(
          new Date(new Date(at).getTime() + 72 * 3_600_000),
        ),
      noticed,
    )
    await one.getByText(`Tell the authority by ${until}.`).waitFor()
    expect(await lawyer.locator('article.panel').count()).toBe(1)
    await looksRight(lawyer)
    await one.getByRole('button', { name: 'Close' }).click()
    await one.locator('.refused', { hasText: 'breach_open' }).waitFor()
    await one.getByLabel('Likely effects').fill('Names may be known.')
    await one.getByLabel('Measures taken').fill('Sessions were revoked.')
    await one
      .getByRole('group', { name: 'The authority was told' })
      .getByLabel('When')
      .fill(`${day(-1)}T12:00`)
    await one
      .getByRole('group', { name: 'The people concerned were told' })
      .getByLabel('Why late, or why not')
      .fill('It was encrypted.')
    await one.getByRole('button', { name: 'Close' }).click()
    await one.getByText(/^Closed /).waitFor()
    expect(await one.locator('summary').count()).toBe(0)
  })

  test('P78 P79 terms and basis are set by hand; what is over waits on the desk and is kept on with a reason', async () => {
    await at.goTo(lawyer, '/harbour/protection/basis')
    await at.workspace.database.owner.query("update revision set at = at - interval '13 months'")
    await lawyer.getByLabel('dossier, since its last change').fill('12')
    await press(lawyer, 'Save the terms')
    // One for each of the two dossiers.
    const reviews = lawyer.locator('.row.whole', { hasText: 'dossier' })
    await reviews.nth(1).waitFor()
    const review = reviews.first()
    await lawyer.getByLabel('Controller: who decides').fill('The Harbour Group, a fictional association')
    await lawyer.getByLabel('What it is kept for').fill('To document what became of a promise.')
    await lawyer.getByLabel('Country where it is stored').fill('kz')
    await lawyer.getByRole('button', { name: 'Save', exact: true }).click()
    await lawyer.getByText('Saved.').waitFor()
    await looksRight(lawyer)
    await at.goTo(lawyer, '/harbour/protection/due')
    await lawyer
      .locator('.due-list')
      .getByRole('link', { name: /Term is over/ })
      .first()
      .click()
    await at.settled(lawyer)
    await review.locator('summary').click()
    await review.getByLabel('For how many months').fill('6')
    await review.getByRole('button', { name: 'Keep it on' }).click()
    await reviews.nth(1).waitFor({ state: 'detached' })
    expect(await reviews.count()).toBe(1)
  })

  test('P79 the administrator plans backups by page, makes one, and is offered nothing of what was told', async () => {
    await at.goTo(administrator, '/-/protection')
    expect(await administrator.locator('.parts-nav a').allTextContents()).toEqual(['Due', 'Backups'])
    await administrator.locator('.parts-nav').getByRole('link', { name: 'Backups' }).click()
    await at.settled(administrator)
    await administrator.getByLabel('Back up by itself').check()
    await administrator.getByLabel('Folder on the machine of the server').fill(join(folder, 'not-there'))
    await administrator
      .getByLabel('Recipients, one a line')
      .fill(await identityToRecipient(await generateX25519Identity()))
    await press(administrator, 'Save the plan')
    await administrator.locator('.refused', { hasText: 'folder_unwritable' }).waitFor()
    await administrator.getByLabel('Folder on the machine of the server').fill(folder)
    await press(administrator, 'Save the plan')
    await administrator.getByRole('button', { name: 'Back up now', disabled: false }).waitFor()
    await press(administrator, 'Back up now')
    await administrator.getByText(/^The last backup was made /).waitFor()
    expect(readdirSync(folder).filter((name) => name.endsWith('.zip.age'))).toHaveLength(1)
    await looksRight(administrator)
    expect(await lawyer.locator('.parts-nav a').allTextContents()).not.toContain('Backups')
  })

  test('W20 what is absent and what one may not see look the same, in the language of the page, with a way back', async () => {
    await lawyer.evaluate(() => window.localStorage.setItem('rapporteur-language', 'ru'))
    await lawyer.reload()
    await at.settled(lawyer)
    const shown = async (door: string, id: string) => {
      await at.goTo(lawyer, `/${told.slug}/${door}/${id}`)
      return lawyer.locator('main').textContent()
    }
    for (const door of ['record', 'source']) {
      const absent = await shown(door, `${told.source.slice(0, -4)}zzzz`)
      expect(absent).toMatch(/^Такой страницы нет\.(Здесь такого|Такого источника) нет; .*К столу$/)
      expect([door, await shown(door, told.source)]).toEqual([door, absent])
    }
    await lawyer.evaluate(() => window.localStorage.setItem('rapporteur-language', 'en'))
    await lawyer.reload()
  })

  test('W4 nothing was asked for from elsewhere, and no page complained', () => {
    // What is refused in place is written to the console by the browser itself.
    expect(at.complaints.filter((one) => !/status of 4(22|0[134])/.test(one))).toEqual([])
  })
})
