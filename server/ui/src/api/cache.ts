import { QueryClient } from '@tanstack/react-query'
import { asProblem } from './problem'

/** The cache of what the server answered. The live feed says what has changed, so nothing is polled. */
export function createCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        retry: (failures, thrown) => asProblem(thrown).passing && failures < 3,
        retryDelay: (failures) => Math.min(1_000 * 2 ** failures, 8_000),
        // Our server may well be on this machine: what the browser thinks of the internet doesn't matter.
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}
