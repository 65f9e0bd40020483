import { useLocalStorage } from '@mantine/hooks'
import { useEffect, useRef } from 'react'

/** What a key does, by the key as the browser names it. */
export type Bindings = Readonly<Record<string, (() => void) | undefined>>

const STORED = 'segue.shortcuts'

/** Whether single keys do something. Whoever dictates or presses keys by accident turns them off. */
export function useShortcutsOn(): [boolean, (on: boolean) => void] {
  const [value, setValue] = useLocalStorage({ key: STORED, defaultValue: 'on', getInitialValueInEffect: false })
  return [value !== 'off', (on) => setValue(on ? 'on' : 'off')]
}

/** Runs what a key is bound to, except while somebody types, a dialog is open, or shortcuts are off. */
export function useShortcuts(bindings: Bindings): void {
  const [on] = useShortcutsOn()
  const latest = useRef(bindings)
  useEffect(() => {
    latest.current = bindings
  })
  useEffect(() => {
    if (!on) {
      return undefined
    }
    const listener = (event: KeyboardEvent) => {
      const run = isShortcut(event) ? latest.current[event.key] : undefined
      if (run !== undefined) {
        event.preventDefault()
        run()
      }
    }
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [on])
}

/** Whether a pressed key is meant as a shortcut rather than as text, a browser's command or a choice in a menu. */
export function isShortcut(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || event.defaultPrevented) {
    return false
  }
  const target = event.target
  if (target instanceof Element && target.closest(TYPING) !== null) {
    return false
  }
  return document.querySelector(OVERLAY) === null
}

const TYPING =
  'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=combobox], [role=listbox], [role=menu]'
const OVERLAY = '[role=dialog], [role=alertdialog], [role=menu]'
