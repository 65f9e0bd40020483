import { describe, expect, it } from 'vitest'
import { ApiProblem, type ApprovalDetail, type Me } from '~/api'
import { BulkDecision, obstacle, requiredFields, type BulkResult, type DecideBody } from './bulk'

const ada: Me = { username: 'ada', displayName: 'Ada', roles: ['approver'], groups: [] }
const waiting = (id: string, more: Partial<ApprovalDetail> = {}): ApprovalDetail => ({
  id,
  workflow: 'menu',
  title: `Question ${id}`,
  state: 'open',
  createdAt: '2026-11-21T03:00:00Z',
  mayDecide: true,
  comments: [],
  decisions: [],
  ...more,
})

interface Call {
  approval: string
  body: DecideBody
  intent: string
}

/** A server with an answer for each approval: its state after the decision, or what it refuses with. */
function server(answers: Record<string, ApprovalDetail | ApiProblem>, now: Record<string, ApprovalDetail> = {}) {
  const calls: Call[] = []
  const decision = new BulkDecision({
    read: async (approval) => now[approval] ?? Promise.reject(new ApiProblem({ status: 404 })),
    decide: async (approval, body, intent) => {
      calls.push({ approval, body, intent })
      const answer = answers[approval]
      return answer === undefined || answer instanceof ApiProblem ? Promise.reject(answer) : answer
    },
  })
  const results = new Map<string, BulkResult>()
  const run = (approvals: ApprovalDetail[], comment = '') =>
    decision.run(approvals, 'approve', comment, (id, result) => results.set(id, result))
  return { calls, results, run, answers }
}

describe('deciding several approvals', () => {
  it('tells what became of each, and goes on behind one that failed', async () => {
    const decided = { outcome: 'rejected', by: 'bob', state: 'final', decidedAt: '2026-11-21T03:00:00Z' } as const
    const { run, results } = server(
      {
        1: waiting('1', { state: 'approved' }),
        2: waiting('2', { state: 'open', votes: 1, quorum: 2 }),
        3: new ApiProblem({ status: 409, detail: 'bob has decided this approval already.' }),
        4: new ApiProblem({ status: 409, detail: 'The changes were edited since you read them.' }),
        5: waiting('5', { state: 'void' }),
        6: new ApiProblem({ status: 403, detail: 'You may not.' }),
        7: new ApiProblem({ status: 404, detail: 'No such approval.' }),
        8: ApiProblem.away(),
        9: waiting('9', { state: 'approved' }),
      },
      { 3: waiting('3', { state: 'rejected', decisions: [decided] }), 4: waiting('4') },
    )
    await run(['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((id) => waiting(id)))
    expect([...results].map(([id, { kind }]) => `${id} ${kind}`)).toEqual([
      '1 done',
      '2 voted',
      '3 lost',
      '4 changed',
      '5 lost',
      '6 failed',
      '7 lost',
      '8 failed',
      '9 done',
    ])
    expect(results.get('3')).toMatchObject({ now: { decisions: [{ by: 'bob' }] } })
  })

  it('binds each to the lists that were read, and gives each a key of its own', async () => {
    const { run, calls } = server({ 1: waiting('1', { state: 'approved' }), 2: waiting('2', { state: 'approved' }) })
    const changes = [{ hash: 'abc' }] as ApprovalDetail['changes']
    await run([waiting('1', { changes }), waiting('2')], 'fine')
    expect(calls.map(({ body }) => body)).toEqual([
      { outcome: 'approve', comment: 'fine', hashes: ['abc'] },
      { outcome: 'approve', comment: 'fine', hashes: [] },
    ])
    expect(calls[0]?.intent).not.toBe(calls[1]?.intent)
  })

  it('keeps the key when the same is tried again, so that nothing is decided twice', async () => {
    const { run, calls, answers, results } = server({ 1: ApiProblem.away() })
    await run([waiting('1')])
    answers['1'] = waiting('1', { state: 'approved' })
    await run([waiting('1')])
    expect(results.get('1')).toEqual({ kind: 'done' })
    expect(calls[1]?.intent).toBe(calls[0]?.intent)
    await run([waiting('1')], 'with a reason')
    expect(calls[2]?.intent).not.toBe(calls[0]?.intent)
  })
})

describe('what stands against deciding one together with others', () => {
  const form = {
    components: [
      { type: 'text', text: 'Hello' },
      { type: 'group', components: [{ type: 'number', key: 'guests', label: 'Guests', validate: { required: true } }] },
    ],
  } as unknown as ApprovalDetail['form']

  it('is a form that wants to be filled in, unless it is rejected', () => {
    expect(requiredFields(form)).toEqual(['Guests'])
    expect(obstacle(waiting('1', { form }), 'approve', ada)).toBe('form')
    expect(obstacle(waiting('1', { form }), 'reject', ada)).toBeUndefined()
    expect(obstacle(waiting('1'), 'approve', ada)).toBeUndefined()
  })

  it('is that it ended, or is not for this person', () => {
    expect(obstacle(waiting('1', { state: 'approved', mayDecide: false }), 'approve', ada)).toBe('ended')
    expect(obstacle(waiting('1', { mayDecide: false }), 'approve', ada)).toBe('may-not')
  })
})
