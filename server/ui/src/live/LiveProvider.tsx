import { useQueryClient } from '@tanstack/react-query'
import { createContext, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { Feed, type FeedState } from './feed'
import { Gather } from './gather'
import { outdated, type Hint } from './hint'

interface Live {
  state: FeedState
  /** When the feed was last known to be whole. */
  asOf: Date
  connectNow(): void
  subscribe(listener: (hint: Hint) => void): () => void
}

const LiveContext = createContext<Live | null>(null)

/** How often one list or page is read again at most. */
const REREAD_MILLIS = 800

/** Keeps what is shown up to date by the server's live feed. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const cache = useQueryClient()
  const [state, setState] = useState<FeedState>('connecting')
  const [asOf, setAsOf] = useState(() => new Date())
  const listeners = useRef(new Set<(hint: Hint) => void>())
  const feed = useRef<Feed>(undefined)

  useEffect(() => {
    const gather = new Gather((queryKey) => void cache.invalidateQueries({ queryKey }), REREAD_MILLIS)
    const current = new Feed({
      onState: (next) => {
        setState(next)
        setAsOf(new Date())
      },
      onHint: (hint) => {
        outdated(hint).forEach((key) => gather.add(key))
        listeners.current.forEach((listener) => listener(hint))
      },
      onReset: () => void cache.invalidateQueries(),
    })
    feed.current = current
    current.start()
    return () => current.stop()
  }, [cache])

  const live = useMemo<Live>(
    () => ({
      state,
      asOf,
      connectNow: () => feed.current?.now(),
      subscribe: (listener) => {
        listeners.current.add(listener)
        return () => listeners.current.delete(listener)
      },
    }),
    [state, asOf],
  )
  return <LiveContext value={live}>{children}</LiveContext>
}

/** The feed's state. */
export function useLive(): Live {
  const live = use(LiveContext)
  if (live === null) {
    throw new Error('No LiveProvider around this component.')
  }
  return live
}

/** Calls a function with every hint. Queries are read again without that; this is for what they don't hold. */
export function useHints(listener: (hint: Hint) => void): void {
  const { subscribe } = useLive()
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => subscribe((hint) => latest.current(hint)), [subscribe])
}

/** How far the steps of a run say they are, by element id. */
export function useProgress(run: string): ReadonlyMap<string, Hint> {
  const [progress, setProgress] = useState<ReadonlyMap<string, Hint>>(new Map())
  useHints((hint) => {
    if (hint.topic === 'progress' && hint.run === run) {
      setProgress((before) => new Map(before).set(hint.id, hint))
    }
  })
  return progress
}
