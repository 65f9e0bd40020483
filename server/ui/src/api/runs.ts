import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { answer, api } from './client'
import { listKey, oneKey } from './keys'
import type { paths } from './schema'

export type RunFilters = NonNullable<paths['/runs']['get']['parameters']['query']>
export type IncidentFilters = NonNullable<paths['/incidents']['get']['parameters']['query']>

/** A page of runs, newest first. */
export function useRuns(filters: RunFilters, enabled = true) {
  return useQuery({
    queryKey: listKey('runs', filters),
    queryFn: ({ signal }) => answer(api.GET('/runs', { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
    enabled,
  })
}

/** A run with timeline, variables, incidents, approvals and change sets. */
export function useRun(run: string) {
  return useQuery({
    queryKey: oneKey('runs', run),
    queryFn: ({ signal }) => answer(api.GET('/runs/{run}', { params: { path: { run } }, signal })),
  })
}

/** A page of incidents, newest first. */
export function useIncidents(filters: IncidentFilters) {
  return useQuery({
    queryKey: listKey('incidents', filters),
    queryFn: ({ signal }) => answer(api.GET('/incidents', { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
  })
}
