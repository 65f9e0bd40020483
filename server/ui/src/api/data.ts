import { useQuery } from '@tanstack/react-query'
import { answer, api } from './client'
import { listKey } from './keys'
import type { Site } from './types'

/** All sites that the person may see. They hardly ever change. */
export function useSites() {
  return useQuery({
    queryKey: listKey('sites'),
    staleTime: 10 * 60_000,
    queryFn: async ({ signal }) => {
      const sites: Site[] = []
      let cursor: string | undefined
      do {
        const page = await answer(api.GET('/sites', { params: { query: { limit: 500, cursor } }, signal }))
        sites.push(...page.items)
        cursor = page.next
      } while (cursor !== undefined)
      return sites
    },
  })
}

/** One of the sites; undefined while they load, or where it is unknown. */
export function useSite(id: string | undefined): Site | undefined {
  return useSites().data?.find((site) => site.id === id)
}

/** What a site sold on each business day, beside what was expected before it; days as 2026-11-21. */
export function useDailySales(site: string | undefined, from: string, to: string) {
  return useQuery({
    queryKey: listKey('sites', { sales: site, from, to }),
    enabled: site !== undefined,
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) =>
      answer(api.GET('/sites/{site}/sales', { params: { path: { site: site ?? '' }, query: { from, to } }, signal })),
  })
}
