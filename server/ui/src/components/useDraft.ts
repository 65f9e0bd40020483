import { useState } from 'react'

const PREFIX = 'segue.draft.'

/**
 * A typed text that outlives a reload, a crash of the page and a session that ended.
 *
 * It is kept in this tab under its name; setting it to an empty text forgets it, which the caller does once it was
 * sent.
 */
export function useDraft(name: string): [string, (value: string) => void] {
  const [state, setState] = useState(() => ({ name, value: read(name) }))
  const value = state.name === name ? state.value : read(name)
  return [
    value,
    (next) => {
      setState({ name, value: next })
      if (next === '') {
        sessionStorage.removeItem(PREFIX + name)
      } else {
        sessionStorage.setItem(PREFIX + name, next)
      }
    },
  ]
}

/** Forgets a kept text. */
export function forgetDraft(name: string): void {
  sessionStorage.removeItem(PREFIX + name)
}

/** Forgets all of them, such as at signing out. */
export function forgetDrafts(): void {
  Object.keys(sessionStorage)
    .filter((key) => key.startsWith(PREFIX))
    .forEach((key) => sessionStorage.removeItem(key))
}

function read(name: string): string {
  return sessionStorage.getItem(PREFIX + name) ?? ''
}
