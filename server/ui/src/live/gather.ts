import type { QueryKey } from '@tanstack/react-query'

/**
 * Passes keys on at most once per interval each, the first at once and the last always.
 *
 * A busy server sends many hints per second; a list is not read again more often than people can read it.
 */
export class Gather {
  private readonly due = new Map<string, { key: QueryKey; again: boolean }>()

  constructor(
    private readonly pass: (key: QueryKey) => void,
    private readonly intervalMillis: number,
  ) {}

  add(key: QueryKey): void {
    const name = JSON.stringify(key)
    const known = this.due.get(name)
    if (known === undefined) {
      this.due.set(name, { key, again: false })
      this.pass(key)
      setTimeout(() => this.settle(name), this.intervalMillis)
    } else {
      known.again = true
    }
  }

  private settle(name: string): void {
    const known = this.due.get(name)
    this.due.delete(name)
    if (known?.again) {
      this.add(known.key)
    }
  }
}
