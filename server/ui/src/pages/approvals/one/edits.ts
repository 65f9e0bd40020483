import type { Change, ChangeEdit, ChangeSetDetail, Values } from '~/api'
import { changesOf, toChangeEdits, type Edits } from '~/changes/edits'

/** An edit with what it was made on, so that it outlives a reload and can be carried over to a newer list. */
export interface KeptEdit {
  set: string
  hash: string
  ordinal: number
  /** What the change is about; see {@link keysOf}. */
  key: string
  title: string
  remove?: boolean
  after?: Values
}

/** The edits of one list, as the table takes them. */
export function editsOf(kept: readonly KeptEdit[], set: string): Edits {
  return new Map(
    kept.filter((edit) => edit.set === set).map(({ ordinal, remove, after }) => [ordinal, { remove, after }]),
  )
}

/** The edits after those of one list became others. Edits that alter nothing are dropped. */
export function withEdits(kept: readonly KeptEdit[], set: ChangeSetDetail, edits: Edits): KeptEdit[] {
  const keys = keysOf(set)
  const others = kept.filter((edit) => edit.set !== set.id)
  const own = changesOf(set).flatMap((change, index): KeptEdit[] => {
    const edit = edits.get(change.ordinal)
    const base = { set: set.id, hash: set.hash, ordinal: change.ordinal, key: keys[index] ?? '', title: change.title }
    const after = altered(change, edit?.after)
    if (!edit?.remove && after === undefined) {
      return []
    }
    // What was taken out keeps its values, for when it is put back.
    return [{ ...base, ...(edit?.remove ? { remove: true } : {}), ...(after === undefined ? {} : { after }) }]
  })
  return [...others, ...own]
}

/** The edits as the API takes them. */
export function changeEdits(kept: readonly KeptEdit[]): ChangeEdit[] {
  return [...new Set(kept.map(({ set }) => set))].flatMap((set) => toChangeEdits(set, editsOf(kept, set)))
}

/**
 * Carries edits over to the lists as they are now.
 *
 * An edit stays where its change is still there, its fields may still be edited, and it still makes a difference.
 */
export function carryOver(
  kept: readonly KeptEdit[],
  sets: readonly ChangeSetDetail[],
): { kept: KeptEdit[]; lost: KeptEdit[] } {
  const result = { kept: [] as KeptEdit[], lost: [] as KeptEdit[] }
  for (const edit of kept) {
    const found = placeOf(edit, sets)
    if (found === undefined) {
      result.lost.push(edit)
      continue
    }
    const { set, change } = found
    const moved = { ...edit, set: set.id, hash: set.hash, ordinal: change.ordinal, title: change.title }
    const after = altered(change, edit.after)
    if (edit.remove) {
      result.kept.push(moved)
    } else if (after !== undefined) {
      result.kept.push({ ...moved, after })
    }
    const gone = Object.keys(edit.after ?? {}).some((field) => !change.editable?.includes(field))
    if (gone && !edit.remove) {
      result.lost.push(edit)
    }
  }
  return result
}

/** How two states of the lists differ, for whoever read the older one. */
export interface Difference {
  added: Change[]
  removed: Change[]
  altered: Change[]
}

export function differenceOf(before: readonly ChangeSetDetail[], now: readonly ChangeSetDetail[]): Difference {
  const old = byKey(before)
  const current = byKey(now)
  return {
    added: [...current].filter(([key]) => !old.has(key)).map(([, change]) => change),
    removed: [...old].filter(([key]) => !current.has(key)).map(([, change]) => change),
    altered: [...current]
      .filter(([key, change]) => {
        const earlier = old.get(key)
        return earlier !== undefined && !same(earlier.after, change.after)
      })
      .map(([, change]) => change),
  }
}

/** The hashes by which a decision binds to what was read. */
export function hashesOf(sets: readonly ChangeSetDetail[]): string[] {
  return sets.map((set) => set.hash)
}

export function sameLists(one: readonly ChangeSetDetail[], other: readonly ChangeSetDetail[]): boolean {
  return same(hashesOf(one), hashesOf(other))
}

/** What each change of a list is about; a count tells apart those about the same thing. */
export function keysOf(set: ChangeSetDetail): string[] {
  const seen = new Map<string, number>()
  return changesOf(set).map(({ target, title }) => {
    const about = target?.kind === undefined ? title : `${target.kind}|${target.id ?? ''}`
    const count = seen.get(about) ?? 0
    seen.set(about, count + 1)
    return count === 0 ? about : `${about}|${count}`
  })
}

/** Reads kept edits; what an older version of this page wrote counts as none. */
export function readKept(text: string): KeptEdit[] {
  try {
    const value: unknown = JSON.parse(text === '' ? '[]' : text)
    return Array.isArray(value) ? value.filter(isKept) : []
  } catch {
    return []
  }
}

function isKept(value: unknown): value is KeptEdit {
  const edit = value as Partial<KeptEdit> | null
  return typeof edit?.set === 'string' && typeof edit.ordinal === 'number' && typeof edit.key === 'string'
}

function placeOf(edit: KeptEdit, sets: readonly ChangeSetDetail[]) {
  const successors = sets.filter((set) => set.id === edit.set || set.supersedes === edit.set)
  for (const set of successors.length > 0 ? successors : sets) {
    const index = keysOf(set).indexOf(edit.key)
    const change = changesOf(set)[index]
    if (change !== undefined) {
      return { set, change }
    }
  }
  return undefined
}

/** Those of the new values that may be edited and are others than planned; undefined if there are none. */
function altered(change: Change, after: Values | undefined): Values | undefined {
  const entries = Object.entries(after ?? {}).filter(
    ([field, value]) => change.editable?.includes(field) && !same(value, change.after?.[field]),
  )
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

function byKey(sets: readonly ChangeSetDetail[]): Map<string, Change> {
  return new Map(
    sets.flatMap((set) => {
      const keys = keysOf(set)
      return changesOf(set).map((change, index): [string, Change] => [keys[index] ?? '', change])
    }),
  )
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null)
}
