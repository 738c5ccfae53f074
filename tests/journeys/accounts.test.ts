import { AxeBuilder } from '@axe-core/playwright'
import jsQr from 'jsqr'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle } from '../../src/ledger/settle.ts'
import { codeAt, stepAt } from '../../src/protection/totp.ts'
import { fromBase32 } from '../accounts.ts'
import { findChromium, said } from '../chromium.ts'
import { takeInHarbour, type Visit, visit } from './browser.ts'

const browser = await findChromium()
const PASSWORD = 'river candle orange seven'

describe.skipIf(browser.absent !== null)(`from one person to an organisation${said(browser)}`, () => {
  let at: Visit
  let page: Page
  let links: { mine: string; administrator: string }
  /** The secret that the administrator's app was given. */
  let secret = ''

  beforeAll(async () => {
    at = await visit(browser)
    await takeInHarbour(at.workspace)
    page = await at.open()
    await at.settled(page)
  })
  afterAll(async () => at?.close())

  const owner = (sql: string, values: unknown[] = []) => at.workspace.database.owner.query(sql, values)
  /** An authenticator in the browser itself, as a phone or a laptop has one. */
  async function withAuthenticator(of: Page): Promise<void> {
    const devtools = await of.context().newCDPSession(of)
    await devtools.send('WebAuthn.enable')
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
  }
  const nextCode = async () => {
    await owner('update account set totp_step = -1')
    return codeAt(fromBase32(secret), stepAt())
  }
  const cookiesOf = async (context: BrowserContext) =>
    (await context.cookies()).filter(({ name }) => name.startsWith('__Host-rapporteur-'))
  const press = (name: string | RegExp, of = page) => of.getByRole('button', { name, exact: true }).click()

  /** Nothing runs out of the page, and axe finds nothing, narrow and wide, in each language. */
  async function looksRight(of: Page, main = 'main'): Promise<void> {
    for (const language of ['ru', 'kk', 'en']) {
      await of.evaluate((one) => window.localStorage.setItem('rapporteur-language', one), language)
      await of.reload()
      await of.locator(main).waitFor()
      await at.settled(of)
      for (const width of [1280, 360]) {
        await of.setViewportSize({ width, height: 900 })
        const wide = await of.evaluate(
          () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
        )
        expect({ language, width, wide }).toEqual({ language, width, wide: false })
      }
    }
    const { violations } = await new AxeBuilder({ page: of })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze()
    expect(
      violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html.slice(0, 120)}`)),
    ).toEqual([])
    await of.setViewportSize({ width: 1280, height: 900 })
  }

  /** What a phone's camera would read from the page, in both themes. */
  async function scans(of: Page, wanted: string): Promise<void> {
    const reader = await at.open()
    await reader.goto('about:blank')
    for (const colorScheme of ['light', 'dark'] as const) {
      await of.emulateMedia({ colorScheme })
      const picture = (await of.locator('.qr-code').screenshot()).toString('base64')
      const { data, width, height } = await reader.evaluate(async (png) => {
        const image = new Image()
        image.src = `data:image/png;base64,${png}`
        await image.decode()
        const canvas = new OffscreenCanvas(image.width, image.height)
        const context = canvas.getContext('2d')
        context?.drawImage(image, 0, 0)
        const read = context?.getImageData(0, 0, image.width, image.height)
        return { data: [...(read?.data ?? [])], width: image.width, height: image.height }
      }, picture)
      const found = jsQr.default(Uint8ClampedArray.from(data), width, height)
      expect([colorScheme, found?.data]).toEqual([
        colorScheme,
        await of.getByRole('link', { name: 'Open in the authenticator app' }).getAttribute('href'),
      ])
      expect(found?.data).toContain(`secret=${wanted}&`)
    }
    await of.emulateMedia({ colorScheme: 'light' })
    await reader.context().close()
  }

  /** No door is cut off or hidden behind another, on a laptop and on a phone. */
  async function doorsInSight(of: Page): Promise<void> {
    for (const language of ['ru', 'kk', 'en']) {
      await of.evaluate((one) => window.localStorage.setItem('rapporteur-language', one), language)
      await of.reload()
      await at.settled(of)
      for (const width of [1280, 360]) {
        await of.setViewportSize({ width, height: 900 })
        const cut = await of.evaluate(() => {
          const bar = document.querySelector('.doors')?.getBoundingClientRect()
          return [...document.querySelectorAll('.doors .door')]
            .filter((one) => one.checkVisibility())
            .filter((one) => {
              const { left, right, top, bottom } = one.getBoundingClientRect()
              const inside =
                bar &&
                left >= bar.left - 1 &&
                right <= bar.right + 1 &&
                top >= bar.top - 1 &&
                bottom <= bar.bottom + 1
              const words = document.createRange()
              words.selectNodeContents(one)
              return !inside || words.getBoundingClientRect().width > right - left + 1
            })
            .map((one) => one.textContent)
        })
        expect({ language, width, cut }).toEqual({ language, width, cut: [] })
      }
    }
    await of.setViewportSize({ width: 1280, height: 900 })
  }

  test('P28 W20 the settings say what it means, and make an organisation of one person’s record', async () => {
    await at.goTo(page, '/harbour/settings')
    await page.locator('summary', { hasText: 'Make this record an organisation’s' }).click()
    await page.getByLabel('Name of the organisation').fill('The Harbour Group')
    const [mine, other] = [
      page.getByRole('group', { name: 'Your account' }),
      page.getByRole('group', { name: /administrator/ }),
    ]
    await mine.getByLabel('Name').fill('A Monitor')
    await mine.getByLabel('Login').fill('monitor')
    await other.getByLabel('Name').fill('An Administrator')
    await other.getByLabel('Login').fill('Admin')
    await press('Make it an organisation’s')
    const shown = page.locator('.once pre')
    await shown.nth(1).waitFor()
    links = {
      mine: (await shown.nth(0).textContent()) ?? '',
      administrator: (await shown.nth(1).textContent()) ?? '',
    }
    for (const link of Object.values(links))
      expect(link).toMatch(/^http:\/\/localhost:\d+\/invitation#[\w-]{43}$/)
    await page.reload()
    await page.getByLabel('Password').waitFor()
    expect(await page.locator('h1').textContent()).toContain('Rapporteur')
    await page.goto(at.address)
    await page.getByLabel('Password').waitFor()
    await looksRight(page)
  })

  test('P31 P33 a passkey is made by the one-time link; the cookie is out of reach of scripts', async () => {
    await withAuthenticator(page)
    await page.goto('about:blank')
    await page.goto(links.mine)
    await page.getByText('monitor', { exact: true }).waitFor()
    expect(page.url()).not.toContain('#')
    await page.getByLabel('What you call it').fill('My laptop')
    await press('Make a passkey')
    await page.waitForURL('**/harbour/desk')
    const [cookie] = await cookiesOf(page.context())
    expect(cookie).toMatchObject({
      httpOnly: true,
      secure: true,
      sameSite: 'Strict',
      path: '/',
      domain: 'localhost',
    })
    expect(await page.evaluate(() => document.cookie)).toBe('')
    expect(await page.evaluate(() => window.localStorage.getItem('rapporteur-key'))).toBeNull()
    // What was recorded alone is there.
    await page.locator('.docket').first().waitFor()
    await doorsInSight(page)
    const again = await at.open()
    await again.goto('about:blank')
    await again.goto(links.mine)
    await again.locator('.refused', { hasText: 'link_unknown' }).waitFor()
    await again.context().close()
  })

  test('P31 W20 signed out the browser holds nothing; the passkey alone signs in again', async () => {
    await at.goTo(page, '/harbour/account')
    await press('Sign out')
    await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor()
    expect(await cookiesOf(page.context())).toEqual([])
    await press('Sign in with a passkey')
    await page.waitForURL('**/harbour/desk')
    expect(await cookiesOf(page.context())).toHaveLength(1)
  })

  test('P34 W20 what weighs more asks once, and goes on by itself; the pass is another one then', async () => {
    await at.goTo(page, '/harbour/account')
    await owner("update session set proved_at = now() - interval '6 minutes' where kind = 'browser'")
    const [before] = await cookiesOf(page.context())
    await page.locator('summary', { hasText: 'Make a token' }).click()
    await page.getByLabel('What it is for').fill('Nightly import')
    await press('Make the token')
    await page.getByRole('dialog', { name: 'Show that it is you' }).waitFor()
    await press('Sign in with a passkey')
    await page.locator('.once pre').waitFor()
    const token = (await page.locator('.once pre').textContent()) ?? ''
    expect(token).toMatch(/^rapporteur_[\w-]{43}$/)
    const [after] = await cookiesOf(page.context())
    expect(after?.value).not.toBe(before?.value)
    const answer = await page.request.get(`${at.origin}/api/house`, {
      headers: { Authorization: `Bearer ${token}`, Cookie: '' },
    })
    expect(((await answer.json()) as { person: string }).person).toBe('A Monitor')
    await looksRight(page)
  })

  test('W20 a session that ended elsewhere asks for a sign-in over the page, and nothing typed is lost', async () => {
    await at.goTo(page, '/harbour/settings')
    await page.getByLabel('Title').fill('A second dossier')
    await owner("update session set revoked_at = now() where kind = 'browser'")
    await press('Open the dossier')
    await page.getByRole('dialog', { name: 'Sign in again' }).waitFor()
    await press('Sign in with a passkey')
    await page.waitForURL('**/a-second-dossier/desk')
    await at.settled(page)
  })

  test('P31 P22 W19 W20 the administrator comes in by password and code, and sees people, and no content', async () => {
    const theirs = await at.open()
    await theirs.goto('about:blank')
    await theirs.goto(links.administrator)
    await theirs.locator('summary', { hasText: 'With a password and a code' }).click()
    secret = ((await theirs.locator('.secret').textContent()) ?? '').replaceAll(' ', '')
    await scans(theirs, secret)
    await theirs.getByLabel('New password').fill('short')
    await theirs.getByLabel('Code that the app shows').fill(codeAt(fromBase32(secret), stepAt()))
    await press('Set password and code', theirs)
    await theirs.locator('.refused', { hasText: 'password_weak' }).waitFor()
    await theirs.getByLabel('New password').fill(PASSWORD)
    await press('Set password and code', theirs)
    await theirs.waitForURL('**/-/people')
    await theirs.locator('.no-content').waitFor()
    expect(await theirs.locator('.doors a:visible').allInnerTexts()).toEqual([
      'Colleagues',
      'Ledger',
      'Openings and exports',
      'Data protection',
      'Your account',
    ])
    await settle(at.workspace)
    await at.goTo(theirs, '/-/ledger')
    await theirs.getByText('became an organisation').waitFor()
    await at.goTo(theirs, '/-/people')
    const side = theirs.locator('.side')
    await side.getByLabel('Name', { exact: true }).fill('A Reader')
    await side.getByLabel('Login').fill('reader')
    await side.getByRole('checkbox', { name: /^reader/ }).check()
    await press('Take in and make the link', theirs)
    await theirs.getByText('One-time link for A Reader').waitFor()
    await theirs.locator('.person', { hasText: 'A Reader' }).waitFor()
    await looksRight(theirs)
    await doorsInSight(theirs)
    await at.goTo(theirs, '/-/account')
    await press('Sign out', theirs)
    await theirs.getByLabel('Login').fill('ADMIN')
    await theirs.getByLabel('Password').fill(PASSWORD)
    await theirs.getByLabel('Code').fill('000000')
    await press('Sign in', theirs)
    await theirs.locator('.refused', { hasText: 'sign_in_refused' }).waitFor()
    await theirs.getByLabel('Code').fill(await nextCode())
    await press('Sign in', theirs)
    await theirs.waitForURL('**/-/people')
    await theirs.context().close()
  })

  test('W4 W20 no request left the server, and no policy was broken', () => {
    const expected = /status of 40[134]|Failed to load resource/
    expect(at.complaints.filter((one) => !expected.test(one))).toEqual([])
  })
})
