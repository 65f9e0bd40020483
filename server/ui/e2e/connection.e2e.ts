import { describe, inject, it } from 'vitest'
import { missing, open, useBrowser } from './harness/browser'
import { kill, start } from './harness/distribution'
import { server } from './harness/server'

describe.skipIf(missing !== '')('the connection', () => {
  useBrowser()

  it('is told when it is lost, and heals without a hand when the server is back', async () => {
    const approval = await server.openApproval()
    const page = await open(server.admin(), '/runs')
    await page.getByRole('link', { name: /Daily optimization/ }).first().waitFor()

    await kill(inject('running'))
    await page.getByText('Connection lost.').waitFor()
    await start(inject('running'))
    await page.getByText('Connected again.').waitFor()

    // What happens from here on arrives by itself.
    await server.post(`/runs/${approval.run}/cancellation`, { reason: 'The test is over.' })
    await page.getByText('Cancelled', { exact: true }).first().waitFor()
    await page.close()
  })
})
