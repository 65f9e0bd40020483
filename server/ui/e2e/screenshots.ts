import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, describe, it } from 'vitest'
import { missing, open, settled, useBrowser, visit, type View } from './harness/browser'
import { server } from './harness/server'

const folder = join(import.meta.dirname, '../../../docs/screenshots')

const WIDE: View = { width: 1440, height: 900 }

/** Not a test: takes the pictures of the documentation, on a server with something to see. */
describe.skipIf(missing !== '')('screenshots', () => {
  useBrowser()
  let waiting: { id: string; run: string }
  let finished: string

  beforeAll(async () => {
    mkdirSync(folder, { recursive: true })
    await server.person('maria', ['operator', 'approver'], ['approvers', 'managers'])
    await server.person('tom', ['viewer', 'operator'])
    const first = await server.openApproval()
    finished = first.run ?? ''
    await server.post(`/approvals/${first.id}/decision`, { outcome: 'approve', comment: 'Fine for the weekend.' })
    await server.runIs(finished, 'completed')
    const broken = await server.startSample({ posConnection: 'till-of-the-old-shop' })
    await server.runIs(broken.id, 'incident')
    const run = await server.startSample()
    const approval = await server.openApproval(run.id)
    waiting = { id: approval.id, run: run.id }
  })

  // First, while the trail tells more than sign-ins.
  it('of administration', async () => {
    await shoot('people', '/admin/people', WIDE)
    await shoot('audit', '/admin/audit', WIDE)
    await shoot('health', '/admin/health', WIDE)
  })

  it('of what everybody sees', async () => {
    const door = await visit('/sign-in', WIDE)
    await take(door, 'sign-in')
    await shoot('home', '/', WIDE)
    await shoot('home-dark', '/', { ...WIDE, dark: true })
    await shoot('home-german', '/', { ...WIDE, german: true })
    await shoot('home-phone', '/', { phone: true })
  })

  it('of approvals', async () => {
    await shoot('approvals', '/approvals', WIDE)
    await shoot('approval', `/approvals/${waiting.id}`, { ...WIDE, height: 1200 })
    await shoot('approval-phone', `/approvals/${waiting.id}`, { phone: true, height: 780 })
    await shoot('approval-dark', `/approvals/${waiting.id}`, { ...WIDE, height: 1200, dark: true })
  })

  it('of workflows and runs', async () => {
    await shoot('workflows', '/workflows', WIDE)
    await shoot('workflow', '/workflows/daily-optimization', { ...WIDE, height: 1100 })
    await shoot('runs', '/runs', WIDE)
    await shoot('run', `/runs/${waiting.run}`, { ...WIDE, height: 1100 })
    await shoot('run-dark', `/runs/${finished}`, { ...WIDE, height: 1100, dark: true })
    await shoot('run-phone', `/runs/${waiting.run}`, { phone: true, height: 780 })
  })
})

async function shoot(name: string, path: string, view: View): Promise<void> {
  await take(await open(server.admin(), path, view), name)
}

async function take(page: Page, name: string): Promise<void> {
  await settled(page)
  await page.evaluate(() => document.fonts.ready)
  // Sites show by their id until their names have come; the audit trail tells ids (in bold) on purpose.
  await page.waitForFunction(
    () => ![...document.querySelectorAll('main :not(b)')].some((each) => each.innerHTML === 'pizza-place'),
  )
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
  await page.close()
}
