import { beforeAll, describe, expect, it } from 'vitest'
import { missing, open, settled, useBrowser, visit } from './harness/browser'
import { server } from './harness/server'

describe.skipIf(missing !== '')('the pages', () => {
  useBrowser()
  let run: string

  beforeAll(async () => {
    run = (await server.sampleApproval()).run ?? ''
  })

  it('come with less than 400 kB at first, compressed and to be kept', async () => {
    const page = await visit('/sign-in')
    let bytes = 0
    const sent = await page.context().newCDPSession(page)
    await sent.send('Network.enable')
    sent.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
    await sent.send('Network.setCacheDisabled', { cacheDisabled: true })
    await page.reload()
    await page.getByLabel('User name').fill(server.admin().username)
    await page.getByLabel('Password', { exact: true }).fill(server.admin().password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: /Administrator/ }).waitFor()
    await settled(page)
    expect(bytes).toBeGreaterThan(100_000)
    expect(bytes).toBeLessThan(400_000)
    await page.close()
  })

  it('work by keyboard: past the navigation, and into a page whose heading is read out', async () => {
    const page = await open(server.admin(), '/')
    await settled(page)
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Skip to content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content')
    await page.getByRole('link', { name: 'Runs', exact: true }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(focused).toBe('Runs')
    await expect.poll(() => page.title()).toContain('Runs')
    await page.close()

    function focused(): Promise<string | null | undefined> {
      return page.evaluate(() => document.activeElement?.textContent)
    }
  })

  it('tell an address without a page, and a thing that is not there', async () => {
    const page = await open(server.admin(), '/no/such/page')
    await page.getByText('There is no such page').waitFor()
    await page.goto('/runs/00000000-0000-0000-0000-000000000000')
    await page.getByText('There is no such run').waitFor()
    await page.close()
  })

  it('show the logo of bpmn.io on diagrams, and every step as a list', async () => {
    const page = await open(server.admin(), `/runs/${run}`)
    const logo = page.locator('.bjs-powered-by')
    await logo.waitFor()
    await settled(page)
    await logo.scrollIntoViewIfNeeded()
    const covered = await logo.evaluate((link) => {
      const box = link.getBoundingClientRect()
      const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)
      return !link.contains(top)
    })
    expect(covered, 'the logo is covered').toBe(false)
    await page.getByText('Steps as a list').click()
    await page.getByRole('list', { name: /Steps as a list/ }).getByText('Import new sales').waitFor()
    await page.close()
  })
})
