import { beforeAll, describe, expect, it } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll, missing, open, useBrowser, visit } from './harness/browser'
import { server, type Person } from './harness/server'

describe.skipIf(missing !== '')('the session', () => {
  useBrowser()
  let vera: Person

  beforeAll(async () => {
    vera = await server.person('vera', ['viewer'])
  })

  it('begins at the sign-in page and goes on to what was asked for', async () => {
    const page = await visit('/runs?state=incident')
    await page.getByLabel('User name').fill(vera.username)
    await page.getByLabel('Password', { exact: true }).fill('a wrong password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('wrong')
    await page.getByLabel('Password', { exact: true }).fill(vera.password)
    await page.keyboard.press('Enter')
    await page.waitForURL('**/runs?state=incident')
    await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor()
    await page.close()
  })

  it('shows no administration to a viewer', async () => {
    const page = await open(vera, '/')
    await page.getByRole('link', { name: 'Runs' }).waitFor()
    expect(await page.getByRole('link', { name: 'Audit trail' }).count()).toBe(0)
    await page.close()
  })

  it('may end under the hands: the page stays, and what was typed with it', async () => {
    const page = await open(vera, '/account')
    await page.getByLabel('Current password').fill('half typed')
    await page.context().clearCookies()
    await page.getByLabel('New password', { exact: true }).fill('long enough password')
    await page.getByLabel('New password once more').fill('long enough password')
    await page.getByRole('button', { name: 'Change password' }).click()
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' })
    await dialog.waitFor()
    await expectAccessible(page, 'the dialog of an ended session')
    await dialog.getByLabel('Password', { exact: true }).fill(vera.password)
    await dialog.getByRole('button', { name: 'Sign in and go on' }).click()
    await dialog.waitFor({ state: 'hidden' })
    // The call went on by itself, and was refused for the wrong current password; nothing typed is lost.
    await page.getByText('current', { exact: false }).first().waitFor()
    expect(await page.getByLabel('New password', { exact: true }).inputValue()).toBe('long enough password')
    expect(await page.getByLabel('Current password').inputValue()).toBe('half typed')
    await page.close()
  })

  it('refuses a tampered cookie and asks to sign in', async () => {
    const page = await open(vera, '/')
    await page.context().addCookies([{ name: 'segue_session', value: 'tampered', url: server.url }])
    await page.reload()
    await page.waitForURL('**/sign-in**')
    await page.close()
  })

  it('ends by signing out, in every tab', async () => {
    const page = await open(vera, '/')
    const other = await page.context().newPage()
    await other.goto('/runs')
    await other.getByRole('main').waitFor()
    await page.getByRole('button', { name: /Vera/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByText('You are signed out.').waitFor()
    await other.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
    await page.context().close()
  })

  it('speaks German, and fits a phone', async () => {
    const page = await visit('/sign-in', { phone: true, german: true })
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor()
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de')
    await expectNoSidewaysScroll(page, 'the sign-in page')
    await expectAccessible(page, 'the sign-in page')
    await page.close()
  })
})
