import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { answer, api } from './client'
import { listKey, oneKey } from './keys'
import type { paths } from './schema'

type Paging = NonNullable<paths['/workflows']['get']['parameters']['query']>

/** A page of workflows, by name. */
export function useWorkflows(filters: Paging = {}) {
  return useQuery({
    queryKey: listKey('workflows', filters),
    queryFn: ({ signal }) => answer(api.GET('/workflows', { params: { query: filters }, signal })),
    placeholderData: keepPreviousData,
  })
}

export function useWorkflow(workflow: string) {
  return useQuery({
    queryKey: oneKey('workflows', workflow),
    queryFn: ({ signal }) => answer(api.GET('/workflows/{workflow}', { params: { path: { workflow } }, signal })),
  })
}

/** A page of a workflow's versions, newest first. */
export function useWorkflowVersions(workflow: string, paging: Paging = {}) {
  return useQuery({
    queryKey: [...oneKey('workflows', workflow, 'versions'), paging],
    queryFn: ({ signal }) =>
      answer(api.GET('/workflows/{workflow}/versions', { params: { path: { workflow }, query: paging }, signal })),
    placeholderData: keepPreviousData,
  })
}

/** A version's BPMN diagram; a version never changes. */
export function useDiagramXml(workflow: string, version: number | undefined) {
  return useQuery({
    queryKey: ['diagrams', workflow, version],
    enabled: version !== undefined,
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      answer(
        api.GET('/workflows/{workflow}/versions/{version}/diagram', {
          params: { path: { workflow, version: version ?? 0 } },
          parseAs: 'text',
          signal,
        }),
      ),
  })
}

/** A version's form, as Camunda's form editor writes it. */
export function useWorkflowForm(workflow: string, version: number | undefined, form: string | undefined) {
  return useQuery({
    queryKey: ['forms', workflow, version, form],
    enabled: version !== undefined && form !== undefined,
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      answer(
        api.GET('/workflows/{workflow}/versions/{version}/forms/{form}', {
          params: { path: { workflow, version: version ?? 0, form: form ?? '' } },
          signal,
        }),
      ),
  })
}
