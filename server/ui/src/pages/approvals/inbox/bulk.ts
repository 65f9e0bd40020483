import { asProblem, type ApiProblem, type Approval, type ApprovalDetail, type Me } from '~/api'
import { Intents } from '~/api/write'
import { standingOf } from '../one/standing'

export type Outcome = 'approve' | 'reject'

/** What became of one approval of several. */
export type BulkResult =
  | { kind: 'done' }
  /** It counts, but others have to approve, too. */
  | { kind: 'voted' }
  | { kind: 'form' }
  /** Decided by somebody else, ended by a timer, or gone. */
  | { kind: 'lost'; now: ApprovalDetail | undefined; problem: ApiProblem | undefined }
  | { kind: 'changed'; problem: ApiProblem }
  | { kind: 'failed'; problem: ApiProblem }

/** How the decisions reach the server. */
export interface Decider {
  read(approval: string): Promise<ApprovalDetail>
  decide(approval: string, body: DecideBody, intent: string): Promise<ApprovalDetail>
}

export interface DecideBody {
  outcome: Outcome
  comment?: string
  hashes: string[]
}

/** What stands against deciding an approval together with others; undefined if nothing does. */
export function obstacle(approval: ApprovalDetail, outcome: Outcome, me: Me): 'form' | 'may-not' | 'voted' | 'ended' | undefined {
  const standing = standingOf(approval, me)
  switch (standing.kind) {
    case 'ended':
    case 'deciding':
      return 'ended'
    case 'voted':
      return 'voted'
    case 'may-not':
      return 'may-not'
    case 'may':
      return outcome === 'approve' && requiredFields(approval.form).length > 0 ? 'form' : undefined
  }
}

/** Whether an approval in a list can be decided together with others, as far as the list tells. */
export function selectable(approval: Approval): boolean {
  return approval.state === 'open' && approval.mayDecide === true
}

/** The labels of the fields that a form wants filled in. */
export function requiredFields(form: unknown): string[] {
  if (typeof form !== 'object' || form === null) {
    return []
  }
  const { components, validate, label, key } = form as {
    components?: unknown
    validate?: { required?: boolean }
    label?: string
    key?: string
  }
  const own = validate?.required === true ? [label ?? key ?? ''] : []
  return [...own, ...(Array.isArray(components) ? components.flatMap(requiredFields) : [])]
}

/**
 * Decides approvals one after the other and tells what became of each.
 *
 * Each has an idempotency key of its own, and keeps it when the same is tried again: what went through although its
 * answer was lost isn't decided twice.
 */
export class BulkDecision {
  private readonly intents = new Map<string, Intents>()

  constructor(private readonly decider: Decider) {}

  async run(
    approvals: readonly ApprovalDetail[],
    outcome: Outcome,
    comment: string,
    onResult: (approval: string, result: BulkResult) => void,
  ): Promise<void> {
    for (const approval of approvals) {
      onResult(approval.id, await this.one(approval, outcome, comment))
    }
  }

  private async one(approval: ApprovalDetail, outcome: Outcome, comment: string): Promise<BulkResult> {
    const body: DecideBody = {
      outcome,
      hashes: (approval.changes ?? []).map((set) => set.hash),
      ...(comment === '' ? {} : { comment }),
    }
    const intents = this.intents.get(approval.id) ?? new Intents()
    this.intents.set(approval.id, intents)
    try {
      const decided = await this.decider.decide(approval.id, body, intents.keyFor(body))
      intents.done()
      if (decided.state === 'void') {
        return { kind: 'lost', now: decided, problem: undefined }
      }
      return decided.state === 'open' ? { kind: 'voted' } : { kind: 'done' }
    } catch (thrown) {
      return this.refused(approval.id, asProblem(thrown))
    }
  }

  /** A refusal doesn't say who was faster; the approval itself does. */
  private async refused(approval: string, problem: ApiProblem): Promise<BulkResult> {
    if (problem.kind === 'missing') {
      return { kind: 'lost', now: undefined, problem }
    }
    if (problem.kind !== 'conflict') {
      return { kind: 'failed', problem }
    }
    try {
      const now = await this.decider.read(approval)
      return now.state === 'open' ? { kind: 'changed', problem } : { kind: 'lost', now, problem }
    } catch {
      return { kind: 'lost', now: undefined, problem }
    }
  }
}
