import { useCallback, useMemo } from 'react'
import { useLocation, useNavigate, useSearchParams } from 'react-router'

/** A list's place in the URL: its filters and where its page begins. */
export interface ListUrl {
  /** The first value of a filter. */
  one(name: string): string | undefined
  /** All values of a filter. */
  many(name: string): string[]
  /** Sets a filter and goes to the first page. Empty values take it out. */
  set(name: string, value: string | string[] | undefined): void
  /** Takes all filters out. */
  clear(): void
  /** Whether any filter is set. */
  readonly filtered: boolean
  readonly cursor: string | undefined
  /** Whether the page before is known. */
  readonly hasPrevious: boolean
  next(cursor: string): void
  previous(): void
  first(): void
}

const CURSOR = 'cursor'
const NONE: readonly string[] = []

/** The cursors of the pages before, kept with the browser's history entry since the API only goes forward. */
interface Trail {
  trail?: (string | null)[]
}

/**
 * Keeps a list's filters and page in the URL, so that a link, a reload and the back button show the same.
 *
 * @param others what in the URL is no filter of the list, such as the tab that it is on; always the same array
 */
export function useListUrl(others: readonly string[] = NONE): ListUrl {
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const location = useLocation()
  const trail = (location.state as Trail | null)?.trail

  const go = useCallback(
    (change: (next: URLSearchParams) => void, options: { replace?: boolean; trail?: (string | null)[] } = {}) => {
      const next = new URLSearchParams(params)
      change(next)
      void navigate({ search: next.toString() }, { replace: options.replace, state: { trail: options.trail } })
    },
    [navigate, params],
  )

  return useMemo(() => {
    const names = new Set([...params.keys()].filter((name) => name !== CURSOR && !others.includes(name)))
    return {
      one: (name) => params.get(name) ?? undefined,
      many: (name) => params.getAll(name),
      set: (name, value) =>
        go(
          (next) => {
            next.delete(name)
            next.delete(CURSOR)
            ;[value ?? []].flat().forEach((each) => each !== '' && next.append(name, each))
          },
          { replace: true },
        ),
      clear: () => go((next) => [...names, CURSOR].forEach((name) => next.delete(name)), { replace: true }),
      filtered: names.size > 0,
      cursor: params.get(CURSOR) ?? undefined,
      hasPrevious: params.has(CURSOR),
      next: (cursor) =>
        go((next) => next.set(CURSOR, cursor), { trail: [...(trail ?? []), params.get(CURSOR)] }),
      previous: () =>
        go(
          (next) => {
            const before = trail?.at(-1)
            if (before) {
              next.set(CURSOR, before)
            } else {
              next.delete(CURSOR)
            }
          },
          { trail: trail?.slice(0, -1) },
        ),
      first: () => go((next) => next.delete(CURSOR)),
    }
  }, [go, params, trail, others])
}
