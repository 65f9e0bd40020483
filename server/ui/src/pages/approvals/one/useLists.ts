import { useMemo, useState } from 'react'
import type { ApprovalDetail, ChangeSetDetail } from '~/api'
import type { Edits } from '~/changes'
import { useDraft } from '~/components'
import { carryOver, differenceOf, readKept, sameLists, withEdits, type Difference, type KeptEdit } from './edits'

/** The change lists in a person's hands: what they read, what they edited, and what has become other since. */
export interface Lists {
  sets: readonly ChangeSetDetail[]
  /** The edits, as they fit the lists of now. */
  kept: readonly KeptEdit[]
  /** Set while the lists are others than those that the person read. */
  news: News | undefined
  edit(set: ChangeSetDetail, edits: Edits): void
  /** The person has seen what is new. */
  accept(sets?: readonly ChangeSetDetail[]): void
  /** Forgets the edits, once they were sent or aren't wanted any more. */
  forget(): void
}

export interface News extends Difference {
  /** Edits that fit no more. */
  lost: readonly KeptEdit[]
  /** How many edits still fit. */
  carried: number
}

const NONE: readonly ChangeSetDetail[] = []

export function useLists(approval: ApprovalDetail): Lists {
  const sets = approval.changes ?? NONE
  const [text, setText] = useDraft(`approval.${approval.id}.edits`)
  const [seen, setSeen] = useState(sets)
  const stored = useMemo(() => readKept(text), [text])
  const carried = useMemo(() => carryOver(stored, sets), [stored, sets])
  const outdated = stored.some((edit) => !sets.some((set) => set.id === edit.set && set.hash === edit.hash))
  const news = approval.state === 'open' && (outdated || !sameLists(seen, sets))

  const store = (kept: readonly KeptEdit[]) => setText(kept.length === 0 ? '' : JSON.stringify(kept))
  return {
    sets,
    kept: carried.kept,
    news: news ? { ...differenceOf(seen, sets), lost: carried.lost, carried: carried.kept.length } : undefined,
    edit: (set, edits) => store(withEdits(carried.kept, set, edits)),
    accept: (now = sets) => {
      setSeen(now)
      store(carryOver(stored, now).kept)
    },
    forget: () => setText(''),
  }
}
