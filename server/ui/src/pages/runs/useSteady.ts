import { useState } from 'react'
import type { Page, Run } from '~/api'
import { hold } from './steady'

/** So far down, somebody is reading. */
const READING_PIXELS = 120

const keyOf = (run: Run) => run.id

interface Held {
  rows: Run[]
  next: string | undefined
  of: string
}

/**
 * Holds a list still while somebody points at it, has the focus in it or has scrolled into it.
 *
 * Rows are brought up to date where they stand; newer ones are counted, and shown on demand or as soon as nobody is
 * at the list any more.
 *
 * @param fresh what the server last said; undefined while nothing is known under that name
 * @param name of what the list shows; another name is another list
 */
export function useSteady(fresh: Page<Run> | undefined, name: string) {
  const [busy, setBusy] = useState(false)
  const [held, setHeld] = useState<Held>()
  const reading = busy || window.scrollY > READING_PIXELS
  const mayMove = !reading || held?.of !== name
  if (fresh !== undefined && mayMove && (held?.rows !== fresh.items || held.of !== name)) {
    setHeld({ rows: fresh.items, next: fresh.next, of: name })
  }
  const kept = fresh === undefined || mayMove || held === undefined ? undefined : held
  const steady = kept && fresh ? hold(kept.rows, fresh.items, keyOf) : undefined
  return {
    page: steady ? { items: steady.rows, next: kept?.next } : fresh,
    waiting: steady?.waiting ?? 0,
    gone: steady?.gone ?? NONE,
    release: () => {
      setHeld(undefined)
      window.scrollTo({ top: 0 })
    },
    handlers: {
      // A finger leaves no pointer behind; for it, scrolling tells.
      onPointerEnter: (event: { pointerType: string }) => event.pointerType === 'mouse' && setBusy(true),
      onPointerLeave: () => setBusy(false),
      onFocus: () => setBusy(true),
      onBlur: () => setBusy(false),
    },
  }
}

const NONE: ReadonlySet<string> = new Set()
