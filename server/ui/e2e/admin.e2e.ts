import { describe, expect, it } from 'vitest'
import { expectAccessible, missing, open, useBrowser, visit } from './harness/browser'
import { server } from './harness/server'

describe.skipIf(missing !== '')('administration', () => {
  useBrowser()

  it('adds a person, who chooses a password of their own and sees what they may', async () => {
    const page = await open(server.admin(), '/admin/people')
    await page.getByRole('button', { name: 'Add a person' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add a person' })
    await dialog.getByLabel('User name').fill('a name with spaces')
    await dialog.getByLabel('Name', { exact: true }).fill('Nina Approves')
    await dialog.getByRole('checkbox', { name: 'Approver' }).check()
    await expectAccessible(page, 'the dialog to add a person')
    await dialog.getByRole('button', { name: 'Save' }).click()
    // Refused at its field; everything typed is still there.
    await expect.poll(() => dialog.getByLabel('User name').getAttribute('aria-invalid')).toBe('true')
    expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('Nina Approves')
    await dialog.getByLabel('User name').fill('nina')
    await dialog.getByRole('button', { name: 'Save' }).click()
    const secret = page.getByRole('dialog', { name: 'Password of the account' })
    const first = (await secret.locator('pre').textContent()) ?? ''
    expect(first.length).toBeGreaterThan(12)
    await secret.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByText('Nina Approves').waitFor()
    await page.close()

    const nina = await visit('/sign-in')
    await nina.getByLabel('User name').fill('nina')
    await nina.getByLabel('Password', { exact: true }).fill(first)
    await nina.keyboard.press('Enter')
    await nina.getByRole('heading', { name: 'Choose a password of your own' }).waitFor()
    await nina.getByLabel('Current password').fill(first)
    await nina.getByLabel('New password', { exact: true }).fill('unrelated words in a row')
    await nina.getByLabel('New password once more').fill('unrelated words in a row')
    await nina.getByRole('button', { name: 'Change password' }).click()
    await nina.getByRole('heading', { name: /Nina/ }).waitFor()
    expect(await nina.getByRole('link', { name: 'People' }).count()).toBe(0)
    await nina.goto('/admin/people')
    await nina.getByText('For administrators only').waitFor()
    await nina.close()
  })

  it('makes and revokes a token, and finds both in an audit trail that is whole', async () => {
    const page = await open(server.admin(), '/admin/tokens')
    await page.getByRole('button', { name: 'New token' }).click()
    await page.getByRole('dialog').getByLabel('Name').fill('nightly export')
    await page.getByRole('button', { name: 'Make the token' }).click()
    const secret = page.getByRole('dialog', { name: 'Your new token' })
    const token = (await secret.locator('pre').textContent()) ?? ''
    const asProgram = () => fetch(`${server.url}/api/v1/me`, { headers: { Authorization: `Bearer ${token}` } })
    expect((await asProgram()).status).toBe(200)
    await secret.getByRole('button', { name: 'I have kept it' }).click()
    await page.getByRole('button', { name: 'Revoke nightly export' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await expect.poll(async () => (await asProgram()).status).toBe(401)

    await page.getByRole('link', { name: 'Audit trail' }).click()
    await page.getByText('Revoked a token').first().waitFor()
    await page.getByRole('button', { name: 'Verify the trail' }).click()
    await page.getByText(/The trail is whole: \d+ entries/).waitFor()
    await page.close()
  })
})
