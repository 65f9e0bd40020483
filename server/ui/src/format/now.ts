import { useSyncExternalStore } from 'react'

const STEP = 10_000

/** One clock for all relative times on the page: one timer, and they all turn over together. */
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let now = Date.now()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) {
    now = Date.now()
    timer = setInterval(tick, STEP)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

function tick(): void {
  now = Date.now()
  listeners.forEach((listener) => listener())
}

/** The time, good to ten seconds; the component is drawn again as it passes. */
export function useNow(): Date {
  return new Date(useSyncExternalStore(subscribe, () => now))
}
