import { describe, expect, it } from 'vitest'
import type { ApprovalDetail, Me } from '~/api'
import { isSuggestion, mayPassOn, standingOf, votesMissing } from './standing'

const ada: Me = { username: 'ada', displayName: 'Ada', roles: ['viewer', 'approver'], groups: ['kitchen'] }
const open: ApprovalDetail = {
  id: '1',
  workflow: 'menu',
  title: 'Approve the menu',
  state: 'open',
  createdAt: '2026-11-21T03:00:00Z',
  mayDecide: true,
  comments: [],
  decisions: [],
}
const vote = { outcome: 'approved', by: 'ada', kind: 'person', state: 'vote', decidedAt: '2026-11-21T03:00:00Z' } as const

describe('how a person stands to an approval', () => {
  it('tells who may decide, and whether they hold it', () => {
    expect(standingOf(open, ada)).toEqual({ kind: 'may', held: false })
    expect(standingOf({ ...open, assignee: 'ada' }, ada)).toEqual({ kind: 'may', held: true })
  })

  it('tells that it is over or about to be', () => {
    expect(standingOf({ ...open, state: 'void', mayDecide: false }, ada)).toEqual({ kind: 'ended' })
    expect(standingOf({ ...open, state: 'deciding', mayDecide: false }, ada)).toEqual({ kind: 'deciding' })
  })

  it('tells that the own vote is in, unless it was made void', () => {
    expect(standingOf({ ...open, quorum: 2, decisions: [vote] }, ada)).toEqual({ kind: 'voted' })
    expect(standingOf({ ...open, quorum: 2, decisions: [{ ...vote, state: 'void' }] }, ada)).toMatchObject({ kind: 'may' })
    expect(votesMissing({ ...open, quorum: 3, votes: 1 })).toBe(2)
  })

  it('tells that nobody may approve what a policy only suggests', () => {
    expect(isSuggestion({ ...open, policy: { outcome: 'suggestion', reason: 'The policy ideas only suggests.' } })).toBe(true)
    expect(isSuggestion({ ...open, policy: { outcome: 'people', reason: 'Not automatic: 12 %.' } })).toBe(false)
    expect(isSuggestion(open)).toBe(false)
  })

  it('tells why somebody may not', () => {
    const closed = { ...open, mayDecide: false }
    const why = (approval: ApprovalDetail, me = ada) => standingOf(approval, me)
    expect(why(closed, { ...ada, roles: ['viewer'] })).toMatchObject({ why: 'role' })
    expect(why({ ...closed, notBy: 'bob, starter', startedBy: 'ada' })).toMatchObject({ why: 'barred' })
    expect(why({ ...closed, notBy: 'ada' })).toMatchObject({ why: 'barred' })
    expect(why({ ...closed, assignee: 'bob' })).toMatchObject({ why: 'held' })
    expect(why({ ...closed, candidateGroups: ['managers'] })).toMatchObject({ why: 'others' })
  })

  it('lets whoever holds it pass it on, and an administrator', () => {
    expect(mayPassOn(open, ada)).toBe(false)
    expect(mayPassOn({ ...open, assignee: 'ada' }, ada)).toBe(true)
    expect(mayPassOn({ ...open, assignee: 'bob' }, ada)).toBe(false)
    expect(mayPassOn({ ...open, assignee: 'bob' }, { ...ada, roles: ['admin'] })).toBe(true)
    expect(mayPassOn({ ...open, assignee: 'ada', state: 'approved' }, ada)).toBe(false)
  })
})
