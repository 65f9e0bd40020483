import { describe, expect, inject, it } from 'vitest'
import { missing, open, useBrowser } from './harness/browser'
import { kill, start } from './harness/distribution'
import { server } from './harness/server'

describe.skipIf(missing !== '')('the connection', () => {
  useBrowser()

  it('is told when it is lost, and heals without a hand when the server is back', async () => {
    const approval = await server.sampleApproval()
    const page = await open(server.admin(), '/')
    const waiting = page.locator(`li a[href="/approvals/${approval.id}"]`)
    await waiting.first().waitFor()

    await kill(inject('running'))
    await page.getByText('Connection lost.').waitFor()
    // What was read stays on the page.
    expect(await waiting.count()).toBeGreaterThan(0)
    await start(inject('running'))
    await page.getByText('Connected again.').waitFor()

    // What happens from here on arrives by itself.
    await server.post(`/runs/${approval.run}/cancellation`, { reason: 'The test is over.' })
    await expect.poll(() => waiting.count(), { timeout: 60_000 }).toBe(0)
    await page.close()
  })
})
