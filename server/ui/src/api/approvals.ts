import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { answer, api } from './client'
import { listKey, oneKey } from './keys'
import type { paths } from './schema'

export type ApprovalFilters = NonNullable<paths['/approvals']['get']['parameters']['query']>

/** A page of approvals, the most urgent first. */
export function useApprovals(filters: ApprovalFilters) {
  return useQuery({
    queryKey: listKey('approvals', filters),
    queryFn: ({ signal }) => answer(api.GET('/approvals', { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
  })
}

/** An approval with form, change lists, votes and comments. */
export function useApproval(approval: string) {
  return useQuery({
    queryKey: oneKey('approvals', approval),
    queryFn: ({ signal }) => answer(api.GET('/approvals/{approval}', { params: { path: { approval } }, signal })),
  })
}

/** A change set with its changes. */
export function useChangeSet(changeSet: string) {
  return useQuery({
    queryKey: oneKey('changes', changeSet),
    queryFn: ({ signal }) => answer(api.GET('/changes/{changeSet}', { params: { path: { changeSet } }, signal })),
  })
}
