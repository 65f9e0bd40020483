import { useQueryClient, useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { answer, api, asProblem, oneKey, type ApiProblem, type Approval, type ApprovalDetail } from '~/api'
import { decideApproval, readApproval } from '~/api/deciding'
import { BulkDecision, type BulkResult, type Outcome } from './bulk'

/** An approval of several: what is known of it, and what became of it. */
export interface BulkItem {
  approval: Approval
  detail: ApprovalDetail | undefined
  /** Why it can't be read. */
  problem: ApiProblem | undefined
  result: BulkResult | undefined
}

/** Reads what is to be decided together, and decides it. */
export function useBulk(approvals: readonly Approval[], outcome: Outcome) {
  const cache = useQueryClient()
  const [decision] = useState(() => new BulkDecision({ read: readApproval, decide: decideApproval }))
  const [results, setResults] = useState<ReadonlyMap<string, BulkResult>>(new Map())
  const [busy, setBusy] = useState(false)
  const details = useQueries({
    queries: approvals.map(({ id }) => ({
      queryKey: oneKey('approvals', id),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        answer(api.GET('/approvals/{approval}', { params: { path: { approval: id } }, signal })),
    })),
  })

  const items = approvals.map((approval, index): BulkItem => {
    const query = details[index]
    return {
      approval,
      detail: query?.data,
      problem: query?.error ? asProblem(query.error) : undefined,
      result: results.get(approval.id),
    }
  })

  return {
    items,
    busy,
    loading: details.some((query) => query.isPending),
    /** Decides those given; what became of each shows as it comes. */
    async run(chosen: readonly ApprovalDetail[], comment: string) {
      setBusy(true)
      try {
        await decision.run(chosen, outcome, comment, (id, result) =>
          setResults((before) => new Map(before).set(id, result)),
        )
      } finally {
        setBusy(false)
        await Promise.all([
          cache.invalidateQueries({ queryKey: ['approvals'] }),
          cache.invalidateQueries({ queryKey: ['runs'] }),
        ])
      }
    },
  }
}
