import { useState } from 'react'
import { useHints, type Hint } from '~/live'

/** What a step of a run last said of itself, while this is on the screen. */
export function useLatestProgress(run: string | undefined): Hint | undefined {
  const [hint, setHint] = useState<Hint>()
  useHints((next) => {
    if (run !== undefined && next.run === run && next.topic === 'progress') {
      setHint(next)
    }
  })
  // A finished step's word would stay for ever; one that is all done says nothing more.
  return hint?.run === run && hint?.fraction !== 1 ? hint : undefined
}
