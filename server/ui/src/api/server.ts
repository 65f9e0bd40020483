import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { answer, api } from './client'
import { listKey } from './keys'
import type { paths } from './schema'

export type AlarmFilters = NonNullable<paths['/alarms']['get']['parameters']['query']>

/** How Segue and its parts are; read every half minute while somebody looks. */
export function useStatus() {
  return useQuery({
    queryKey: ['status'],
    refetchInterval: 30_000,
    queryFn: ({ signal }) => answer(api.GET('/status', { signal })),
  })
}

/** A page of alarms, newest first. */
export function useAlarms(filters: AlarmFilters) {
  return useQuery({
    queryKey: listKey('alarms', filters),
    queryFn: ({ signal }) => answer(api.GET('/alarms', { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
  })
}
