import type { ApprovalDetail, Me } from '~/api'

/** How a person stands to an approval. */
export type Standing =
  | { kind: 'ended' }
  /** Somebody decided; the workflow is being told. */
  | { kind: 'deciding' }
  | { kind: 'may'; held: boolean }
  /** The person approved; others have to, too. */
  | { kind: 'voted' }
  | { kind: 'may-not'; why: 'role' | 'barred' | 'held' | 'others' }

export function standingOf(approval: ApprovalDetail, me: Me): Standing {
  if (approval.state === 'deciding') {
    return { kind: 'deciding' }
  }
  if (approval.state !== 'open') {
    return { kind: 'ended' }
  }
  if (approval.decisions.some(({ by, state, kind }) => by === me.username && state === 'vote' && kind === 'person')) {
    return { kind: 'voted' }
  }
  if (approval.mayDecide) {
    return { kind: 'may', held: approval.assignee === me.username }
  }
  return { kind: 'may-not', why: reason(approval, me) }
}

/** In the order in which the server checks. */
function reason(approval: ApprovalDetail, me: Me): 'role' | 'barred' | 'held' | 'others' {
  if (!me.roles.includes('approver')) {
    return 'role'
  }
  const barred = (approval.notBy ?? '').split(',').map((name) => name.trim())
  if (barred.includes(me.username) || (barred.includes('starter') && approval.startedBy === me.username)) {
    return 'barred'
  }
  return approval.assignee !== undefined && approval.assignee !== me.username ? 'held' : 'others'
}

/** Whether the person may give it back or hand it over as it is. */
export function mayPassOn(approval: ApprovalDetail, me: Me): boolean {
  return (
    approval.state === 'open' &&
    approval.assignee !== undefined &&
    (approval.assignee === me.username || me.roles.includes('admin'))
  )
}

/** Whether the changes are only shown: a policy lets nobody approve them. */
export function isSuggestion(approval: ApprovalDetail): boolean {
  return approval.policy?.outcome === 'suggestion'
}

/** How many approvals are still needed; 0 once there are enough. */
export function votesMissing(approval: ApprovalDetail): number {
  return Math.max(0, (approval.quorum ?? 1) - (approval.votes ?? 0))
}
