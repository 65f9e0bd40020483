import { useMutation, useQueryClient, type QueryKey, type UseMutationResult } from '@tanstack/react-query'
import { useRef } from 'react'
import { asProblem, type ApiProblem } from './problem'

/** A random id that also works where the page came by plain HTTP, which has no `crypto.randomUUID`. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * One key for each thing that the person means to do.
 *
 * The same values keep their key until they went through, so that pressing the button again after a lost connection
 * does nothing twice; other values, or the same ones after a success, are another intent.
 */
export class Intents {
  private last: { values: string; key: string } | undefined

  keyFor(values: unknown): string {
    const text = JSON.stringify(values) ?? ''
    if (this.last?.values !== text) {
      this.last = { values: text, key: newId() }
    }
    return this.last.key
  }

  done(): void {
    this.last = undefined
  }
}

interface WriteOptions<V, R> {
  /** Keys of what the write changes; read again once it went through. Lists come by the live feed, too. */
  touches?: (answer: R, values: V) => QueryKey[]
  onDone?: (answer: R, values: V) => void
}

/**
 * A call that changes something.
 *
 * `write` gets the values and the intent's key, for the header `Idempotency-Key` where the operation takes one.
 */
export function useWrite<V = void, R = unknown>(
  write: (values: V, intent: string) => Promise<R>,
  options: WriteOptions<V, R> = {},
): UseMutationResult<R, ApiProblem, V> {
  const cache = useQueryClient()
  const intents = useRef(new Intents())
  return useMutation<R, ApiProblem, V>({
    mutationFn: async (values) => {
      try {
        return await write(values, intents.current.keyFor(values))
      } catch (thrown) {
        throw asProblem(thrown)
      }
    },
    onSuccess: async (result, values) => {
      intents.current.done()
      options.onDone?.(result, values)
      await Promise.all(
        (options.touches?.(result, values) ?? []).map((queryKey) => cache.invalidateQueries({ queryKey })),
      )
    },
  })
}
