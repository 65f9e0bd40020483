import type { ApprovalFilters, ApprovalState } from '~/api'
import type { ListUrl } from '~/components'

export const VIEWS = ['groups', 'mine', 'all'] as const
export type View = (typeof VIEWS)[number]

/** What `state` in the URL stands for; without it, what still waits is shown. */
export const STATES = {
  waiting: ['open', 'deciding'],
  decided: ['approved', 'rejected', 'completed', 'void'],
  any: [],
} as const satisfies Record<string, ApprovalState[]>
export type StateFilter = keyof typeof STATES

export function readView(url: Pick<ListUrl, 'one'>): View {
  return VIEWS.find((view) => view === url.one('view')) ?? 'groups'
}

export function readState(url: Pick<ListUrl, 'one'>): StateFilter {
  const state = url.one('state')
  return state === 'decided' || state === 'any' ? state : 'waiting'
}

/** What the URL asks of the API. */
export function filtersOf(url: Pick<ListUrl, 'one' | 'cursor'>): ApprovalFilters {
  return {
    view: readView(url),
    state: [...STATES[readState(url)]],
    workflow: url.one('workflow'),
    site: url.one('site'),
    cursor: url.cursor,
    limit: 50,
  }
}
