/** A name as people write it: `leastMarginPercent` as `Least margin percent`. */
export function words(name: string): string {
  const apart = name
    .replaceAll(/[_-]+/g, ' ')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .map((word) => (word.length > 1 && word === word.toUpperCase() ? word : word.toLowerCase()))
    .join(' ')
    .trim()
  return apart === '' ? name : apart.charAt(0).toUpperCase() + apart.slice(1)
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const MOST_COLUMNS = 8

/** Whether values read best as a table: alike records, few fields, nothing deep inside. */
export function isTable(values: readonly unknown[]): boolean {
  if (values.length < 2 || !values.every(isRecord)) {
    return false
  }
  const names = new Set(values.flatMap((value) => Object.keys(value)))
  return (
    names.size > 0 &&
    names.size <= MOST_COLUMNS &&
    values.every((value) => Object.values(value).every((each) => !isRecord(each) && !Array.isArray(each)))
  )
}

/** What somebody typed as JSON for variables. */
export type Typed = { ok: true; value: Record<string, unknown> | undefined } | { ok: false; fault: TypedFault }
export type TypedFault = { kind: 'syntax'; detail: string } | { kind: 'no-object' } | { kind: 'reserved' }

/** The variable that carries a run's context, which nobody may set. */
const RESERVED = 'segue'

/** Reads variables typed as JSON; an empty text is none. */
export function readVariables(text: string): Typed {
  if (text.trim() === '') {
    return { ok: true, value: undefined }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (thrown) {
    return { ok: false, fault: { kind: 'syntax', detail: thrown instanceof Error ? thrown.message : String(thrown) } }
  }
  if (!isRecord(value)) {
    return { ok: false, fault: { kind: 'no-object' } }
  }
  return RESERVED in value ? { ok: false, fault: { kind: 'reserved' } } : { ok: true, value }
}

/** What of a step's input can be offered for a change: a long value is cut off on its way, and must not be sent back. */
export function offered(input: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input ?? {}).filter(([, value]) => !JSON.stringify(value).includes('…')))
}

/** The values that differ from what they were; undefined for none. */
export function changedFrom(
  before: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>> | undefined,
): Record<string, unknown> | undefined {
  const changed = Object.entries(now ?? {}).filter(([name, value]) => JSON.stringify(before[name]) !== JSON.stringify(value))
  return changed.length === 0 ? undefined : Object.fromEntries(changed)
}
