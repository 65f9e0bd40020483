/** A list as it stands under somebody's pointer. */
export interface Steady<T> {
  rows: T[]
  /** How many newer rows wait to be shown. */
  waiting: number
  /** Keys of rows that the newest answer no longer has, such as under a filter that they left. */
  gone: ReadonlySet<string>
}

/**
 * Brings held rows up to date without moving any of them.
 *
 * Rows keep their places; newer ones wait, and those that left stay until the list is let go.
 */
export function hold<T>(held: readonly T[], fresh: readonly T[], keyOf: (row: T) => string): Steady<T> {
  const now = new Map(fresh.map((row) => [keyOf(row), row]))
  const before = new Set(held.map(keyOf))
  return {
    rows: held.map((row) => now.get(keyOf(row)) ?? row),
    waiting: newerThan(before, fresh.map(keyOf)),
    gone: new Set(held.map(keyOf).filter((key) => !now.has(key))),
  }
}

/** How many rows stand before the first known one; what slides in at the end is not news. */
function newerThan(known: ReadonlySet<string>, keys: readonly string[]): number {
  const first = keys.findIndex((key) => known.has(key))
  return first < 0 ? keys.length : first
}
