import { beforeAll, describe, expect, it } from 'vitest'
import type { components } from '../src/api/schema'
import { expectAccessible, expectNoSidewaysScroll, missing, open, useBrowser } from './harness/browser'
import { QUESTION } from './harness/question'
import { server, type Person } from './harness/server'
import { until } from './harness/until'

type Approval = components['schemas']['ApprovalDetail']
type ChangeSet = components['schemas']['ChangeSetDetail']
type Run = components['schemas']['Run']

describe.skipIf(missing !== '')('approvals', () => {
  useBrowser()
  let paula: Person

  beforeAll(async () => {
    paula = await server.person('paula', ['operator', 'approver'], ['approvers'])
    await server.deploy(QUESTION)
    // The first run of a new server trains a model, which takes its time; the others find it.
    await server.openApproval()
  })

  it('are given with an edit on a phone, and the run ends live on another page', async () => {
    const { id, run } = await server.sampleApproval()
    const planned = (await server.get<Approval>(`/approvals/${id}`)).changes?.[0]
    const first = planned?.changes[0]
    const [from, to] = [priceOf(first?.before), priceOf(first?.after)]
    // Ends in a nought, as people type prices.
    const between = Math.round(((from + to) / 2) * 10) / 10

    const desk = await open(server.admin(), `/runs/${run}`)
    await desk.getByText('Waits for a decision').first().waitFor()

    const phone = await open(paula, `/approvals/${id}`, { phone: true })
    await phone.getByRole('button', { name: 'Edit', exact: true }).click()
    await phone.getByLabel(/^New value of Price for/).first().fill(between.toFixed(2))
    await phone.getByRole('button', { name: /^Take out:/ }).last().click()
    await expectNoSidewaysScroll(phone, 'an approval with edits')
    await expectAccessible(phone, 'an approval with edits')

    // What was edited outlives a reload.
    await phone.reload()
    await phone.getByRole('region', { name: 'Your decision' }).getByRole('button', { name: 'Approve with 2 edits' }).click()
    const dialog = phone.getByRole('dialog', { name: 'Approve this?' })
    await dialog.getByText('will be applied at Pizza Place').waitFor()
    await dialog.getByText('1 line that you took out will not be applied.').waitFor()
    await expectAccessible(phone, 'the question before approving')
    await dialog.getByRole('button', { name: 'Approve with 2 edits' }).click()
    await phone.getByText('Approved by paula').waitFor()

    await desk.getByRole('main').getByText('Completed', { exact: true }).first().waitFor()
    const { items } = await server.get<{ items: ChangeSet[] }>(`/changes?run=${run}&state=applied`)
    const applied = await server.get<ChangeSet>(`/changes/${items[0]?.id}`)
    expect(applied.supersedes).toBe(planned?.id)
    expect(applied.changes).toHaveLength((planned?.changes.length ?? 0) - 1)
    expect(applied.changes.map((change) => priceOf(change.after))).toContain(between)
    await phone.close()
    await desk.close()
  })

  it('are refused with a reason, and nothing is applied', async () => {
    const { id, run } = await server.sampleApproval()
    const page = await open(paula, '/approvals')
    await page.goto(`/approvals/${id}`)
    await page.getByRole('region', { name: 'Your decision' }).getByRole('button', { name: 'Reject' }).click()
    const dialog = page.getByRole('dialog', { name: 'Reject this?' })
    await dialog.getByRole('button', { name: 'Reject' }).click()
    await dialog.getByText('Please say why.').waitFor()
    await dialog.getByLabel('Reason').fill('Not before the holidays.')
    await dialog.getByRole('button', { name: 'Reject' }).click()

    await page.getByText('Rejected by paula').waitFor()
    await page.getByText('Not before the holidays.').first().waitFor()
    await server.runIs(run ?? '', 'completed')
    const { items } = await server.get<{ items: ChangeSet[] }>(`/changes?run=${run}`)
    expect(items.map(({ state }) => state)).not.toContain('applied')
    await page.close()
  })

  it('that lose to a timer say so, and keep what was typed', async () => {
    const { id } = await question('PT20S')
    const page = await open(paula, `/approvals/${id}`)
    // The page hears nothing more, so that its decision comes too late.
    await page.route('**/api/v1/events*', (route) => route.abort())
    await page.reload()
    await page.getByRole('button', { name: 'Approve' }).click()
    const dialog = page.getByRole('dialog', { name: 'Approve this?' })
    await dialog.getByLabel('Reason').fill('The street fair ends at six.')
    await until('the time is over', 120_000, async () =>
      (await server.get<Approval>(`/approvals/${id}`)).state === 'void' ? true : undefined,
    )
    if (await dialog.isVisible()) {
      await dialog.getByRole('button', { name: 'Approve' }).click()
    }

    await page.getByText('Nobody has to decide this any more').first().waitFor()
    await page.getByText('What you typed for your decision is still here:').waitFor()
    await page.getByText('The street fair ends at six.').first().waitFor()
    await page.close()
  })

  it('are decided several at once, each with its result', async () => {
    const questions = [await question('PT1H'), await question('PT1H')]
    const page = await open(paula, '/approvals?workflow=question')
    const boxes = page.getByRole('checkbox', { name: /^Select Close early/ })
    await expect.poll(() => boxes.count(), { timeout: 30_000 }).toBe(2)
    for (const box of await boxes.all()) {
      await box.check()
    }
    await page.getByRole('region', { name: 'Selected approvals' }).getByRole('button', { name: 'Approve' }).click()
    const dialog = page.getByRole('dialog', { name: 'Approve 2 questions?' })
    await expectAccessible(page, 'the question before approving several')
    await dialog.getByRole('button', { name: 'Approve all 2' }).click()
    await expect.poll(() => dialog.getByText('Approved.').count(), { timeout: 30_000 }).toBe(2)
    for (const { run } of questions) {
      await server.runIs(run ?? '', 'completed')
    }
    await page.close()
  })
})

/** Starts a run that asks a question and waits for it. */
async function question(patience: string) {
  const run = await server.post<Run>('/runs', { workflow: 'question', mode: 'live', variables: { patience } })
  return server.openApproval(run.id)
}

/** The price that a change sets; not a number for one that sets none. */
function priceOf(value: unknown): number {
  return Number((value as { price?: unknown } | undefined)?.price)
}
