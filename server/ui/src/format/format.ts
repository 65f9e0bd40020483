/** How values read in a language. The one place that uses `Intl`; formatters are made once, since that is slow. */
export class Format {
  /** The tag that `Intl` formats by, such as `en-GB`. */
  readonly locale: string
  private readonly made = new Map<string, unknown>()

  constructor(locale: string) {
    this.locale = locale
  }

  /** A day and a time, such as 21 Nov 2026, 03:15; in the browser's zone unless one is given. */
  dateTime(instant: string | Date, zone?: string): string {
    return this.dates({ dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).format(new Date(instant))
  }

  /** With seconds, for logs and timelines. */
  dateTimeExact(instant: string | Date, zone?: string): string {
    return this.dates({ dateStyle: 'medium', timeStyle: 'medium', timeZone: zone }).format(new Date(instant))
  }

  /** A time of day, such as 03:15. */
  time(instant: string | Date, zone?: string): string {
    return this.dates({ timeStyle: 'short', timeZone: zone }).format(new Date(instant))
  }

  /** A time of day with seconds. */
  timeExact(instant: string | Date, zone?: string): string {
    return this.dates({ timeStyle: 'medium', timeZone: zone }).format(new Date(instant))
  }

  /** A calendar day without a zone, given as 2026-11-21. */
  day(day: string): string {
    return this.dates({ dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
  }

  /** The day of a moment in full, such as Saturday, 21 November 2026. */
  longDay(instant: Date): string {
    return this.dates({ dateStyle: 'full' }).format(instant)
  }

  /** A calendar day in short, such as Sat 21. */
  dayShort(day: string): string {
    return this.dates({ weekday: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
  }

  /** How a zone is called at that moment, such as CET or GMT-5. */
  zoneName(zone: string, instant: string | Date): string {
    const parts = this.dates({ timeZone: zone, timeZoneName: 'short' }).formatToParts(new Date(instant))
    return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone
  }

  /** How far off a moment is, such as 3 minutes ago. */
  relative(instant: string | Date, now: Date = new Date()): string {
    const exact = Math.round((new Date(instant).getTime() - now.getTime()) / 1000)
    // Clocks differ, and ours only ticks every ten seconds: what is so near is now.
    const seconds = Math.abs(exact) < 10 ? 0 : exact
    const formatter = this.once('relative', () => new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' }))
    for (const [unit, size] of UNITS) {
      if (Math.abs(seconds) >= size || unit === 'second') {
        return formatter.format(Math.trunc(seconds / size), unit)
      }
    }
    return ''
  }

  /** A span in its two largest units, such as 2 min 5 s; below a second in milliseconds. */
  duration(milliseconds: number): string {
    const span = Math.max(0, milliseconds)
    if (span < 1000) {
      return this.unit(Math.round(span), 'millisecond')
    }
    let rest = Math.round(span / 1000)
    const parts: string[] = []
    for (const [unit, size] of SPANS) {
      const count = Math.floor(rest / size)
      rest -= count * size
      if (count > 0) {
        parts.push(this.unit(count, unit))
      } else if (parts.length > 0) {
        break
      }
      if (parts.length === 2) {
        break
      }
    }
    return parts.join(' ')
  }

  /** A number as it is, with the language's separators. */
  number(value: number, digits?: { min?: number; max?: number }): string {
    const { min, max } = { max: 20, ...digits }
    return this.once(
      `n${min}/${max}`,
      () => new Intl.NumberFormat(this.locale, { minimumFractionDigits: min, maximumFractionDigits: max }),
    ).format(value)
  }

  /** A share, such as 0.125 as 12.5 %. */
  percent(share: number, signed = false): string {
    return this.once(
      `p${signed}`,
      () =>
        new Intl.NumberFormat(this.locale, {
          style: 'percent',
          maximumFractionDigits: 1,
          signDisplay: signed ? 'exceptZero' : 'auto',
        }),
    ).format(share)
  }

  /** An amount of money; the text keeps amounts beyond a double's precision exact. */
  money(amount: number | string, currency: string, options: { signed?: boolean; whole?: boolean } = {}): string {
    const { signed = false, whole = false } = options
    const formatter = this.once(
      `m${currency}${signed}${whole}`,
      () =>
        new Intl.NumberFormat(this.locale, {
          style: 'currency',
          currency,
          signDisplay: signed ? 'exceptZero' : 'auto',
          ...(whole ? { maximumFractionDigits: 0 } : {}),
        }),
    )
    // Intl takes decimal texts exactly, which its type does not say yet.
    return formatter.format(amount as number)
  }

  /** Names in a row, such as a, b and c. */
  list(names: readonly string[]): string {
    return this.once('list', () => new Intl.ListFormat(this.locale, { type: 'conjunction' })).format(names)
  }

  private unit(count: number, unit: string): string {
    return this.once(
      `u${unit}`,
      () => new Intl.NumberFormat(this.locale, { style: 'unit', unit, unitDisplay: 'short' }),
    ).format(count)
  }

  private dates(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    return this.once(`d${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(this.locale, options))
  }

  private once<T>(key: string, make: () => T): T {
    let formatter = this.made.get(key) as T | undefined
    if (formatter === undefined) {
      formatter = make()
      this.made.set(key, formatter)
    }
    return formatter
  }
}

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
]

const SPANS: readonly [string, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
]

/** The locale to format by: the browser's own variant of the language, else ours. */
export function localeFor(language: string, preferred: readonly string[]): string {
  const own = preferred.find((tag) => tag.toLowerCase().startsWith(language) && tag.includes('-'))
  return own ?? (language === 'de' ? 'de-DE' : 'en-GB')
}
