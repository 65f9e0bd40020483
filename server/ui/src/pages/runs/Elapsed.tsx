import { useEffect, useState } from 'react'
import { useFormat } from '~/format'

interface Props {
  from: string
  /** Missing while it goes on; then the time runs. */
  to?: string
}

/** How long something took, or has been going on. */
export function Elapsed({ from, to }: Props) {
  const format = useFormat()
  const now = useSecond(to === undefined)
  const end = to === undefined ? now : Date.parse(to)
  const span = Math.max(0, end - Date.parse(from))
  // While it runs, a fraction of a second only flickers.
  return <span className="tabular">{format.duration(to === undefined ? Math.max(1_000, span) : span)}</span>
}

/** The time, each second while it matters. */
export function useSecond(running: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!running) {
      return
    }
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [running])
  return now
}
