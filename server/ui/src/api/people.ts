import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { answer, api } from './client'
import { listKey } from './keys'
import type { paths } from './schema'

type Paging = NonNullable<paths['/users']['get']['parameters']['query']>
export type AuditFilters = NonNullable<paths['/audit']['get']['parameters']['query']>

/** A page of accounts. Needs the role admin. */
export function useUsers(filters: Paging) {
  return useQuery({
    queryKey: listKey('users', filters),
    queryFn: ({ signal }) => answer(api.GET('/users', { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
  })
}

/** A page of API tokens: the own ones, an administrator sees all. */
export function useTokens(filters: Paging) {
  return useQuery({
    queryKey: listKey('tokens', filters),
    queryFn: ({ signal }) => answer(api.GET('/tokens', { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
  })
}

/** A page of the audit trail, newest first. Needs the role admin. */
export function useAudit(filters: AuditFilters) {
  return useQuery({
    queryKey: listKey('audit', filters),
    queryFn: ({ signal }) => answer(api.GET('/audit', { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
  })
}
