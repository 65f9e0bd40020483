import { useMemo } from 'react'
import { useSite, type RunFilters } from '~/api'
import type { ListUrl } from '~/components'
import { instantIn } from '~/format'
import { queryOf, wantedOf, type Wanted } from './when'

/** The runs that the URL asks for. Times are meant in the zone of the site that is filtered by, else the browser's. */
export function useWantedRuns(url: ListUrl): { wanted: Wanted; query: RunFilters; zone: string | undefined } {
  const wanted = useMemo(() => wantedOf(url), [url])
  const zone = useSite(wanted.site)?.zone
  const query = useMemo(() => {
    // To the minute, so that coming back to the same filters finds what was read before.
    const now = Math.floor(Date.now() / 60_000) * 60_000
    return { ...queryOf(wanted, now, (local) => instantIn(local, zone)), cursor: url.cursor, limit: 25 }
  }, [wanted, zone, url.cursor])
  return { wanted, query, zone }
}
