import { describe, expect, it } from 'vitest'
import { ApiProblem, asProblem, problemOf } from './problem'
import { Intents } from './write'

const problem = (body: object, status: number) =>
  problemOf(new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/problem+json' } }))

describe('problems', () => {
  it('carry what the server said, with the field at fault and the request', async () => {
    const found = await problem(
      {
        type: 'urn:segue:problem:invalid',
        title: 'Invalid',
        status: 422,
        detail: 'Two values are wrong.',
        requestId: 'r-1',
        errors: [{ field: 'username', message: 'is taken' }],
      },
      422,
    )
    expect(found.kind).toBe('invalid')
    expect(found.message).toBe('Two values are wrong.')
    expect(found.requestId).toBe('r-1')
    expect(found.field('username')).toBe('is taken')
    expect(found.field('password')).toBeUndefined()
  })

  it('tell a lost race, a missing right and a wrong token apart', async () => {
    expect((await problem({}, 409)).kind).toBe('conflict')
    expect((await problem({}, 412)).kind).toBe('conflict')
    expect((await problem({ type: 'urn:segue:problem:forbidden' }, 403)).kind).toBe('forbidden')
    expect((await problem({ type: 'urn:segue:problem:csrf' }, 403)).kind).toBe('csrf')
  })

  it('know a server that is away, and that it may come back', async () => {
    const gateway = await problemOf(new Response('<html>Bad gateway</html>', { status: 502 }))
    expect(gateway.kind).toBe('away')
    expect(gateway.passing).toBe(true)
    expect(ApiProblem.away().passing).toBe(true)
    expect(asProblem(new Error('boom')).kind).toBe('fault')
  })
})

describe('intents', () => {
  it('keep their key while the same is tried again, and only then', () => {
    const intents = new Intents()
    const first = intents.keyFor({ outcome: 'approve' })
    expect(intents.keyFor({ outcome: 'approve' })).toBe(first)
    const other = intents.keyFor({ outcome: 'reject' })
    expect(other).not.toBe(first)
    intents.done()
    expect(intents.keyFor({ outcome: 'reject' })).not.toBe(other)
  })
})
