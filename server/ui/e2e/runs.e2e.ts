import { beforeAll, describe, expect, it } from 'vitest'
import type { components } from '../src/api/schema'
import { expectAccessible, expectNoSidewaysScroll, missing, open, useBrowser } from './harness/browser'
import { INSPECTION } from './harness/inspection'
import { server, type Person } from './harness/server'

type Run = components['schemas']['Run']
type Incident = components['schemas']['Incident']

describe.skipIf(missing !== '')('runs', () => {
  useBrowser()
  let olaf: Person

  beforeAll(async () => {
    olaf = await server.person('olaf', ['operator'])
    await server.deploy(INSPECTION)
    // The first run of a new server trains a model, which takes its time; the others find it.
    await server.openApproval()
  })

  it('begin on the page of their workflow, with its form, as a rehearsal', async () => {
    const page = await open(olaf, '/workflows/daily-optimization')
    await page.getByRole('button', { name: 'Start…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'Rehearsal' }).waitFor()
    await dialog.getByLabel('Folder of sales files').fill('pizza-place-till')
    await dialog.getByLabel('Business key').fill('e2e-rehearsal')
    await expectAccessible(page, 'the start of a run')

    // Half filled in, it outlives a reload.
    await page.reload()
    await expect.poll(() => dialog.getByLabel('Folder of sales files').inputValue()).toBe('pizza-place-till')
    expect(await dialog.getByLabel('Business key').inputValue()).toBe('e2e-rehearsal')
    await dialog.getByRole('button', { name: 'Start the rehearsal' }).click()

    await page.waitForURL('**/runs/*')
    await page.getByText('A rehearsal: nothing was applied').waitFor()
    await server.runIs(page.url().split('/').at(-1) ?? '', 'completed')
    await page.getByRole('main').getByText('Completed', { exact: true }).first().waitFor()
    await page.getByRole('tab', { name: 'Would have been' }).click()
    await page.getByText('Nothing of it was applied.').waitFor()
    await page.close()
  })

  it('that hang say why, and go on after a value was corrected on their page', async () => {
    const run = await stuck('e2e-repair')
    const page = await open(olaf, `/runs/${run.id}`)
    await page.getByRole('heading', { name: 'Stopped at: Check the sales' }).first().waitFor()
    await page.getByText("'unfit' must be one of").first().waitFor()

    await page.getByRole('button', { name: 'Try again' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Try again: Check the sales' })
    await dialog.getByRole('button', { name: 'Change values first' }).click()
    const values = dialog.getByLabel('Values to set')
    expect(JSON.parse(await values.inputValue())).toEqual({ unfit: 'SOMETIMES' })
    await values.fill('{ "unfit": "NEVER" ')
    await dialog.getByRole('button', { name: 'Try again' }).click()
    await dialog.getByText('This is not JSON').waitFor()
    await values.fill('{ "unfit": "NEVER" }')
    await dialog.getByLabel('Reason').fill('The word was mistyped.')
    await expectAccessible(page, 'the repair of an incident')
    await dialog.getByRole('button', { name: 'Try again' }).click()

    // The page follows by itself: the step is done, the run waits.
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: /Waits: Wait an hour/ }).waitFor()
    await page.getByRole('heading', { name: 'Stopped at: Check the sales' }).first().waitFor({ state: 'hidden' })
    await page.close()
  })

  it('that somebody else repairs meanwhile tell so, and keep what was typed', async () => {
    const run = await stuck('e2e-late')
    const page = await open(olaf, `/runs/${run.id}`)
    await page.getByRole('button', { name: 'Try again' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Try again: Check the sales' })
    await dialog.getByLabel('Reason').fill('I saw it, too.')
    const { items } = await server.get<{ items: Incident[] }>(`/incidents?run=${run.id}&state=open`)
    await server.post(`/incidents/${items[0]?.id}/resolution`, { action: 'retry', variables: { unfit: 'NEVER' } })
    await dialog.getByText('Somebody was faster').waitFor()
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('I saw it, too.')
    await page.close()
  })

  it('are only looked at by who may not repair them', async () => {
    const run = await stuck('e2e-viewer')
    const page = await open(await server.person('wilma', ['viewer']), `/runs/${run.id}`)
    await page.getByText('Somebody with the role Operator can repair this.').first().waitFor()
    expect(await page.getByRole('button', { name: /Try again|Cancel…/ }).count()).toBe(0)
    await page.close()
  })

  it('are cancelled with a reason, after it was said what stops', async () => {
    const run = await start('e2e-cancel', 'NEVER')
    const page = await open(olaf, `/runs/${run.id}`)
    await page.getByRole('button', { name: /Waits: Wait an hour/ }).waitFor()
    await page.getByRole('button', { name: 'Cancel…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Cancel this run?' })
    await dialog.getByText('This step stops: Wait an hour.').waitFor()
    await dialog.getByRole('button', { name: 'Cancel the run' }).click()
    await dialog.getByText('Please say why.').waitFor()
    await dialog.getByLabel('Reason').fill('It was only a test.')
    await dialog.getByRole('button', { name: 'Cancel the run' }).click()
    await page.getByText('Reason: It was only a test.').waitFor()
    await server.runIs(run.id, 'cancelled')
    await page.getByRole('main').getByText('Cancelled', { exact: true }).first().waitFor()
    await page.close()
  })

  it('are found by filters that survive a reload, and one that is not there says so', async () => {
    await stuck('e2e-filter')
    const page = await open(olaf, '/runs')
    await page.getByLabel('Run id or business key').fill('e2e-filter')
    await page.waitForURL('**q=e2e-filter**')
    await page.getByRole('combobox', { name: 'State' }).click()
    await page.getByRole('option', { name: 'Needs help' }).click()
    await page.waitForURL('**state=incident**')
    await page.reload()
    expect(await page.getByLabel('Run id or business key').inputValue()).toBe('e2e-filter')
    await page.getByRole('row', { name: /e2e-filter/ }).getByText('Needs help').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByRole('row', { name: /Daily optimization/ }).first().waitFor()
    await page.goto('/runs/00000000-0000-0000-0000-000000000000')
    await page.getByText('There is no such run').waitFor()
    await page.close()
  })

  it('are linked both ways, diagram and timeline, also without a mouse', async () => {
    const run = await start('e2e-linked', 'NEVER')
    const page = await open(olaf, `/runs/${run.id}`)
    await page.locator('.djs-element[data-element-id="check"]').click()
    await page.getByRole('button', { name: /Done: Check the sales/, pressed: true }).waitFor()
    await page.getByRole('complementary', { name: 'The selected step' }).getByText('NEVER').waitFor()
    await page.getByText('Steps as a list').click()
    await page.getByRole('button', { name: /Wait an hour.*Here now/ }).press('Enter')
    await page.getByRole('button', { name: /Waits: Wait an hour/, pressed: true }).waitFor()
    await page.close()
  })

  for (const dark of [false, true]) {
    it(`and workflows are accessible on each tab in ${dark ? 'dark' : 'light'}, and fit a phone`, async () => {
      const run = await stuck(`e2e-look-${dark}`)
      const workflow = '/workflows/inspection'
      const paths = ['/runs', `/runs/${run.id}`, `/runs/${run.id}?tab=variables`, `${workflow}?tab=runs`, `${workflow}?tab=versions`]
      for (const phone of [false, true]) {
        const page = await open(olaf, '/workflows', { dark, phone })
        for (const path of paths) {
          await page.goto(path)
          await expectAccessible(page, path)
          await expectNoSidewaysScroll(page, path)
        }
        await page.close()
      }
    })
  }
})

function start(businessKey: string, unfit: string): Promise<Run> {
  return server.post<Run>('/runs', { workflow: 'inspection', site: 'pizza-place', mode: 'live', businessKey, variables: { unfit } })
}

/** A run that hangs at its first step. */
async function stuck(businessKey: string): Promise<Run> {
  const run = await start(businessKey, 'SOMETIMES')
  return server.runIs(run.id, 'incident')
}
