import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { markTrained } from '../../src/protection/mark-trained.ts'
import { asActor } from '../../src/storage/database.ts'
import { findChromium, said } from '../chromium.ts'
import { somebodyTells, TAKE_OUT, TO_COURT, type Told } from '../consent-people.ts'
import { type Visit, visit } from './browser.ts'

const browser = await findChromium()

describe.skipIf(browser.absent !== null)(`people and consent${said(browser)}`, () => {
  let at: Visit
  let page: Page
  let told: Told

  beforeAll(async () => {
    at = await visit(browser)
    told = await somebodyTells(at.workspace)
    page = await at.open()
  })
  afterAll(async () => at?.close())

  const press = (name: string | RegExp) => page.getByRole('button', { name }).click()
  const unfold = (name: string) => page.locator('summary', { hasText: name }).first().click()
  const settled = () => at.settled(page)

  test('W18 P50 a case is opened, and a person put into it gets a code; no name is asked for', async () => {
    await at.goTo(page, `/${told.slug}/consent`)
    expect(await page.locator('main').textContent()).not.toContain(told.pseudonym)
    await press(/^Open C-/)
    await page.getByText(told.pseudonym).waitFor()
    expect(await page.locator('.row', { hasText: told.pseudonym }).textContent()).toContain('not asked yet')
    await unfold('Somebody new')
    await page.getByRole('textbox', { name: 'Safe channel' }).fill('in person, at the market')
    await press('Put them into the case')
    await page.waitForURL('**/interlocutor/itl_*')
    await settled()
    expect(await page.locator('h1').textContent()).toMatch(/^W-[2-9A-Z]{4}$/)
    expect(await page.locator('main').textContent()).toContain('Nothing is known: it stays within the case.')
  })

  test('W18 P51 what was allowed stands in a table; an agreement without the talk is refused in place, and nothing typed is lost', async () => {
    await at.goTo(page, `/${told.slug}/interlocutor/${told.person}`)
    await unfold('Record what was allowed or refused')
    const row = page.locator('fieldset.allowed')
    await row.getByLabel('For what').selectOption('court')
    await row.getByLabel('To whom').selectOption('court')
    await row.getByLabel('How named').selectOption('full_identity')
    await row.getByLabel('On what condition').fill('Not before the spring.')
    await page.getByLabel('Time they had to decide').fill('two days')
    await press('Record it')
    await page.locator('.refused', { hasText: 'talk_unfinished' }).waitFor()
    expect(await row.getByLabel('On what condition').inputValue()).toBe('Not before the spring.')
    for (const one of ['What could happen', 'You may say no', 'You may change your mind'])
      await page.getByLabel(one, { exact: true }).check()
    await press('Record it')
    await page.locator('.consent-table .grant-stands').waitFor()
    expect(await page.locator('.consent-table .grant-stands').textContent()).toMatch(
      /a court.*Not before the spring\..*a court and the parties before it.*full name.*no end.*allowed/s,
    )
  })

  test('W18 P60 P61 what was used is on the page; a withdrawal leaves tasks on the Desk, until somebody says what was done', async () => {
    const leaving = { ...TO_COURT, conditionsRead: true }
    const who = { ...at.workspace.actor, cases: [told.case] }
    expect((await TAKE_OUT.package(at.workspace, told, who, leaving)).code).toBeNull()
    await at.goTo(page, `/${told.slug}/consent`)
    await at.goTo(page, `/${told.slug}/interlocutor/${told.person}`)
    await page.locator('.consent-table', { hasText: `${told.slug}.zip` }).waitFor()
    await unfold('They withdraw')
    await page.getByLabel('What they said').fill('My brother was asked about me.')
    await press('It is withdrawn')
    await page.locator('.grant-withdrawn', { hasText: 'My brother' }).waitFor()
    await at.goTo(page, `/${told.slug}/source/${told.source}`)
    await unfold('Save it for somebody outside')
    const out = page.locator('form', { hasText: 'To whom exactly' })
    await out.getByRole('button').click()
    await out.locator('.refused', { hasText: told.pseudonym }).waitFor()
    await at.goTo(page, `/${told.slug}/desk`)
    const owed = page.locator('.docket', { hasText: 'Owed to people' })
    const recall = owed.locator('.row.task', { hasText: 'Tell those who have it that it was withdrawn' })
    expect(await recall.textContent()).toContain('cannot be called back')
    await recall.locator('summary').click()
    await recall.getByLabel('What was done').fill('The court was told on the phone.')
    await recall.getByRole('button').click()
    await recall.waitFor({ state: 'detached' })
    await at.goTo(page, `/${told.slug}/interlocutor/${told.person}`)
    await page.getByText('The court was told on the phone.').waitFor()
  })

  test('W18 S11 S13 an earlier account stands before a new interview, with a warning; the form is for those trained', async () => {
    expect(await page.getByText('Write the form for those trained').count()).toBe(0)
    await unfold('A new interview')
    const form = page.locator('form', { hasText: 'Told before (interviews: 1).' })
    await form.getByLabel('Place').fill('the same room')
    await form.getByRole('button', { name: 'Record the interview' }).click()
    await form.locator('.refused', { hasText: 'earlier_accounts' }).waitFor()
    await form.getByLabel('Why they are asked again').fill('She wants to add what happened since.')
    await form.getByRole('button', { name: 'Record the interview' }).click()
    await page.locator('.interview', { hasText: 'She wants to add what happened since.' }).waitFor()
    // Folded and empty again: nothing of it is recorded twice.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('A new interview')
    const { database, actor } = at.workspace
    await asActor(database, actor, (tx) => markTrained(tx, { person: actor.person, note: 'In May.' }))
    await at.goTo(page, `/${told.slug}/desk`)
    await at.goTo(page, `/${told.slug}/interlocutor/${told.person}`)
    await page
      .locator('.interview')
      .first()
      .getByRole('button', { name: 'Write the form for those trained' })
      .click()
    await page.getByLabel('What was told, in their words').fill('As she told it.')
    await page.locator('form', { hasText: 'What was told, in their words' }).getByRole('button').click()
    await page.getByText('Kept.').waitFor()
  })

  test('W18 S12 a wrong entry of an interview is mended where it stands, with the day of its feedback; the focus comes back', async () => {
    const one = page.locator('.interview').last()
    await one.getByRole('button', { name: 'Mend this entry' }).click()
    const form = one.locator('form')
    await form.getByRole('button', { name: 'Somebody else was there' }).click()
    await form.getByLabel('As what').last().selectOption('lawyer')
    await form.getByLabel('Who', { exact: true }).last().fill('from the port')
    await form.getByRole('checkbox', { name: 'medical help' }).check()
    await form.getByLabel('To whom').fill('the clinic')
    await form.getByLabel('What was promised').fill('To call after the hearing.')
    await form.getByLabel('They hear what became of it by').fill('2025-01-01')
    await form.getByRole('button', { name: 'Save' }).click()
    await form.locator('.refused', { hasText: 'feedback_missing' }).waitFor()
    expect(await form.getByLabel('What was promised').inputValue()).toBe('To call after the hearing.')
    // The button was disabled while it worked: whoever pressed it is still there.
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Save')
    await form.getByLabel('They hear what became of it by').fill('2027-02-01')
    await form.getByRole('button', { name: 'Save' }).click()
    await one.getByText('Kept.').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Mend this entry')
    for (const said of ['from the port', 'the clinic', 'To call after the hearing.', '1 Feb 2027'])
      await one.locator('dd', { hasText: said }).waitFor()
    await one.getByRole('button', { name: 'Mend this entry' }).click()
    await form.getByRole('button', { name: 'Was not there' }).last().click()
    await form.getByRole('button', { name: 'Save' }).click()
    await one.locator('dd', { hasText: 'from the port' }).waitFor({ state: 'detached' })
    await page.locator('.docket', { hasText: 'Owed to them' }).getByText('due 1 Feb 2027').waitFor()
  })

  test('W18 the case is left in one press, and the page shows nothing of it any more', async () => {
    await at.goTo(page, `/${told.slug}/consent`)
    await press('Leave the case')
    await page.getByText('People are kept within a case.').waitFor()
    expect(await page.locator('main').textContent()).not.toContain(told.pseudonym)
    await at.goTo(page, `/${told.slug}/interlocutor/${told.person}`)
    expect(await page.locator('main').textContent()).not.toContain(told.pseudonym)
    await press(/^Open C-/)
    await page.locator('h1', { hasText: told.pseudonym }).waitFor()
  })

  test('W18 P62 the talk is on paper in three languages, whatever the language of the page', async () => {
    await at.goTo(page, `/${told.slug}/talk`)
    const titles = {
      English: 'Before you decide',
      Русский: 'Прежде чем вы решите',
      Қазақша: 'Шешім қабылдамас бұрын',
    }
    for (const [language, title] of Object.entries(titles)) {
      await press(language)
      expect(await page.locator('.talk h1').textContent()).toBe(title)
      expect(await page.locator('.talk section').count()).toBe(11)
      expect(await page.locator('.talk-tools').textContent()).toContain('People and consent')
    }
    await page.emulateMedia({ media: 'print' })
    expect(await page.locator('.talk-tools').isVisible()).toBe(false)
    expect(await page.locator('.talk h1').isVisible()).toBe(true)
    await page.emulateMedia({ media: 'screen' })
  })

  test.each(['consent', 'interlocutor', 'talk', 'desk', 'settings'])(
    'W5 %s: axe finds nothing at 1280 and 360, light and dark, and nothing runs out of the page',
    async (door) => {
      for (const width of [1280, 360]) {
        // High enough that nothing lies under the line at the foot.
        await page.setViewportSize({ width, height: 5000 })
        await page.emulateMedia({ colorScheme: 'light' })
        const path = door === 'interlocutor' ? `interlocutor/${told.person}` : door
        await at.goTo(page, `/${told.slug}/${path}`)
        await page.evaluate(() => {
          for (const one of document.querySelectorAll('main details')) one.setAttribute('open', '')
        })
        await settled()
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          const { violations } = await new AxeBuilder({ page })
            .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
            .analyze()
          const found = violations.flatMap(({ id, nodes }) =>
            nodes
              .slice(0, 3)
              .map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
          )
          expect({ width, colorScheme, found }).toEqual({ width, colorScheme, found: [] })
        }
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect({ width, over }).toEqual({ width, over: 0 })
      }
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.emulateMedia({ colorScheme: 'light' })
    },
  )

  test('W4 nothing was asked for from elsewhere, and no page complained', () => {
    // What is refused in place is written to the console by the browser itself.
    expect(at.complaints.filter((one) => !/status of 4(22|03)/.test(one))).toEqual([])
  })
})
