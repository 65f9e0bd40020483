import { useQuery } from '@tanstack/react-query'
import { answer, api } from './client'
import { oneKey } from './keys'

/** An incident, such as to notice that somebody else has resolved it. */
export function useIncident(incident: string) {
  return useQuery({
    queryKey: oneKey('incidents', incident),
    queryFn: ({ signal }) => answer(api.GET('/incidents/{incident}', { params: { path: { incident } }, signal })),
  })
}
