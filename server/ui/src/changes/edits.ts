import type { Change, ChangeEdit, ChangeSetDetail, Values } from '~/api'

/** What an approver does to one change. */
export interface Edit {
  readonly remove?: boolean
  /** New values of edited fields only. */
  readonly after?: Values
}

/** Edits by the change's ordinal. */
export type Edits = ReadonlyMap<number, Edit>

export const noEdits: Edits = new Map()

/** Gives a field another value; its planned value takes the edit back. */
export function withValue(edits: Edits, change: Change, field: string, value: unknown): Edits {
  const { [field]: _, ...others } = edits.get(change.ordinal)?.after ?? {}
  const planned = JSON.stringify(change.after?.[field]) === JSON.stringify(value)
  return put(edits, change.ordinal, { ...edits.get(change.ordinal), after: planned ? others : { ...others, [field]: value } })
}

/** Takes a change out, or puts it back. */
export function withRemoval(edits: Edits, ordinal: number, remove: boolean): Edits {
  return put(edits, ordinal, { ...edits.get(ordinal), remove })
}

function put(edits: Edits, ordinal: number, edit: Edit): Edits {
  const next = new Map(edits)
  if (edit.remove || Object.keys(edit.after ?? {}).length > 0) {
    next.set(ordinal, edit)
  } else {
    next.delete(ordinal)
  }
  return next
}

/** A field's value with the edits. */
export function valueOf(edits: Edits, change: Change, field: string): unknown {
  const after = edits.get(change.ordinal)?.after
  return after !== undefined && field in after ? after[field] : change.after?.[field]
}

/** How many changes are edited, and how many taken out. */
export function countEdits(edits: Edits): { edited: number; removed: number } {
  const all = [...edits.values()]
  const removed = all.filter((edit) => edit.remove).length
  return { edited: all.length - removed, removed }
}

/** The edits as the API takes them. */
export function toChangeEdits(changeSet: string, edits: Edits): ChangeEdit[] {
  return [...edits].map(([ordinal, { remove, after }]) =>
    remove ? { changeSet, ordinal, remove: true } : { changeSet, ordinal, after: { ...after } },
  )
}

/** The changes of a set, typed in full. */
export function changesOf(set: ChangeSetDetail): Change[] {
  return set.changes as Change[]
}
