import type { RefObject } from 'react'

/** Moves the focus over the rows of a list, whose links lead to what they show. */
export function useRowFocus(list: RefObject<HTMLElement | null>) {
  const links = () => [...(list.current?.querySelectorAll<HTMLAnchorElement>('a[href^="/approvals/"]') ?? [])]
  const focused = () => {
    const active = document.activeElement
    const row = active?.closest('tr, li') ?? active
    return links().findIndex((link) => link === active || row?.contains(link))
  }
  return {
    /** To the next row (1) or the one before (-1); to the first one where none has the focus. */
    move(step: 1 | -1) {
      const all = links()
      const at = focused()
      const next = at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))
      all[next]?.focus()
    },
    /** The id of what the focused row shows. */
    current(): string | undefined {
      const at = focused()
      return at < 0 ? undefined : links()[at]?.getAttribute('href')?.split('/').pop()
    },
  }
}
