import { beforeAll, describe, it } from 'vitest'
import { expectAccessible, expectNoSidewaysScroll, missing, open, useBrowser } from './harness/browser'
import { server } from './harness/server'

/** Every page with something on it; `{run}` and `{approval}` are those of the sample. */
const PAGES = [
  '/',
  '/approvals',
  '/approvals/{approval}',
  '/workflows',
  '/workflows/daily-optimization',
  '/runs',
  '/runs/{run}',
  '/admin/people',
  '/admin/tokens',
  '/admin/audit',
  '/admin/health',
  '/account',
]

describe.skipIf(missing !== '')('every page', () => {
  useBrowser()

  let paths: string[]

  beforeAll(async () => {
    const approval = await server.sampleApproval()
    paths = PAGES.map((path) => path.replace('{run}', approval.run ?? '').replace('{approval}', approval.id))
  })

  for (const dark of [false, true]) {
    it(`keeps to WCAG 2.2 AA in ${dark ? 'dark' : 'light'}`, async () => {
      const page = await open(server.admin(), '/', { dark })
      for (const path of paths) {
        await page.goto(path)
        await expectAccessible(page, `${path} in ${dark ? 'dark' : 'light'}`)
      }
      await page.close()
    })
  }

  it('fits a phone of 360 pixels', async () => {
    const page = await open(server.admin(), '/', { phone: true })
    for (const path of paths) {
      await page.goto(path)
      await expectAccessible(page, `${path} on a phone`)
      await expectNoSidewaysScroll(page, path)
    }
    await page.close()
  })
})
