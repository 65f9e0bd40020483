import type { RunFilters, RunState } from '~/api'
import type { ListUrl } from '~/components'

/** Spans of time that reach back from now, in hours. */
export const SPANS = { '1h': 1, '24h': 24, '7d': 7 * 24, '30d': 30 * 24 } as const
export type Span = keyof typeof SPANS

const HOUR_MILLIS = 3_600_000

/** What the URL says about which runs to list. */
export interface Wanted {
  states: RunState[]
  workflow?: string
  site?: string
  mode?: 'live' | 'simulated'
  /** One of {@link SPANS}, or `between`. */
  when?: Span | 'between'
  /** Local times such as 2026-11-21T03:15, with `between`. */
  from?: string
  until?: string
  text?: string
}

const STATES: readonly string[] = [
  'starting', 'active', 'incident', 'cancelling', 'completed', 'cancelled', 'refused',
] satisfies RunState[]

/** Reads the filters; what makes no sense is as if it wasn't there. */
export function wantedOf(url: Pick<ListUrl, 'one' | 'many'>): Wanted {
  const mode = url.one('mode')
  const when = url.one('when')
  return {
    states: url.many('state').filter((state): state is RunState => STATES.includes(state)),
    workflow: url.one('workflow'),
    site: url.one('site'),
    mode: mode === 'live' || mode === 'simulated' ? mode : undefined,
    when: when !== undefined && (when in SPANS || when === 'between') ? (when as Wanted['when']) : undefined,
    from: localTime(url.one('from')),
    until: localTime(url.one('until')),
    text: url.one('q'),
  }
}

function localTime(text: string | undefined): string | undefined {
  return text !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? text : undefined
}

/**
 * The same as the API's query.
 *
 * @param now that spans reach back from
 * @param instantOf a local time of the zone in which the filter is meant, as an instant
 */
export function queryOf(wanted: Wanted, now: number, instantOf: (local: string) => string): RunFilters {
  const between = wanted.when === 'between'
  const span = wanted.when !== undefined && wanted.when !== 'between' ? SPANS[wanted.when] : undefined
  return {
    state: wanted.states.length > 0 ? wanted.states : undefined,
    workflow: wanted.workflow,
    site: wanted.site,
    mode: wanted.mode,
    q: wanted.text,
    since: between
      ? wanted.from && instantOf(wanted.from)
      : span === undefined
        ? undefined
        : new Date(now - span * HOUR_MILLIS).toISOString(),
    until: between ? wanted.until && instantOf(wanted.until) : undefined,
  }
}
