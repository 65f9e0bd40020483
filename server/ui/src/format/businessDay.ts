/** The hour at which a site's business day ends, which may be after midnight. */
interface Clock {
  zone: string
  /** As in 03:00. */
  businessDayEnd: string
}

const HOUR = 3_600_000

/** The business day that a moment belongs to at a site, as 2026-11-21. */
export function businessDay(now: Date, { zone, businessDayEnd }: Clock): string {
  const { day, minutes } = local(now, zone)
  return minutes < minutesOf(businessDayEnd) ? plusDays(day, -1) : day
}

/** When the business day of a moment began. */
export function businessDayStart(now: Date, clock: Clock): Date {
  const day = businessDay(now, clock)
  const end = minutesOf(clock.businessDayEnd)
  // Guess by the zone's offset now, then by the offset at the guess: right but in the very hour of a clock change.
  let guess = new Date(`${day}T00:00:00Z`).getTime() + end * 60_000
  for (let round = 0; round < 2; round++) {
    guess = new Date(`${day}T00:00:00Z`).getTime() + end * 60_000 - offset(new Date(guess), clock.zone)
  }
  return new Date(guess)
}

/** A calendar day some days off. */
export function plusDays(day: string, days: number): string {
  return new Date(new Date(`${day}T00:00:00Z`).getTime() + days * 24 * HOUR).toISOString().slice(0, 10)
}

function offset(at: Date, zone: string): number {
  const { day, minutes } = local(at, zone)
  const wall = new Date(`${day}T00:00:00Z`).getTime() + minutes * 60_000
  return wall - Math.floor(at.getTime() / 60_000) * 60_000
}

function local(at: Date, zone: string): { day: string; minutes: number } {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return { day: `${part('year')}-${part('month')}-${part('day')}`, minutes: Number(part('hour')) * 60 + Number(part('minute')) }
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
