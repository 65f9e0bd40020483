import { useQuery } from '@tanstack/react-query'
import { answer, api, oneKey, useRuns } from '~/api'

/** The run whose values a new one may begin with: the one asked for, else the workflow's last. */
export function useModel(workflow: string, like: string | undefined) {
  const last = useRuns({ workflow, limit: 1 }, like === undefined).data?.items[0]?.id
  const run = like ?? last
  const query = useQuery({
    queryKey: oneKey('runs', run ?? ''),
    enabled: run !== undefined,
    queryFn: ({ signal }) => answer(api.GET('/runs/{run}', { params: { path: { run: run ?? '' } }, signal })),
  })
  return { run: query.data, pending: query.isPending && query.isFetching }
}
