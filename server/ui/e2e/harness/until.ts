import { setTimeout as pause } from 'node:timers/promises'

/** Waits until something is there. Rejects with what was waited for once the time is over. */
export async function until<T>(what: string, millis: number, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = Date.now() + millis
  for (;;) {
    const found = await look()
    if (found !== undefined) {
      return found
    }
    if (Date.now() > end) {
      throw new Error(`Waited ${millis / 1000} s in vain: ${what}.`)
    }
    await pause(150)
  }
}
