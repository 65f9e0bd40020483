/**
 * The instant of a local time, such as 2026-11-21T03:15, in a zone; in the browser's without one.
 *
 * A time that the clocks skip is taken as the one an hour later, a time that comes twice as the first.
 */
export function instantIn(local: string, zone?: string): string {
  if (zone === undefined) {
    return new Date(local).toISOString()
  }
  const asUtc = Date.parse(`${local.slice(0, 16)}:00Z`)
  // The offset at the right moment may be another than the one at the guess; the earlier guess wins a time told twice.
  const candidates = [asUtc - 86_400_000, asUtc + 86_400_000].map((near) => asUtc - offsetMillis(near, zone))
  const exact = candidates.filter((candidate) => candidate + offsetMillis(candidate, zone) === asUtc)
  return new Date(Math.min(...(exact.length > 0 ? exact : [Math.max(...candidates)]))).toISOString()
}

/** How far a zone's clocks are ahead of UTC. */
function offsetMillis(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(new Date(instant))
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value)
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) -
    Math.floor(instant / 1000) * 1000
  )
}
