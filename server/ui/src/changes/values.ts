import type { Change, Values } from '~/api'
import type { Format } from '~/format'

/** What a value is, as far as it can be told from its name and shape; plugins send plain JSON. */
export type ValueKind = 'money' | 'share' | 'number' | 'day' | 'moment' | 'flag' | 'text' | 'long' | 'other'

const MONEY = /(price|cost|amount|budget|spend|revenue|margin|fee|bid)$/i
const SHARE = /(discount|share|rate|percent|ratio)$/i
const DAY = /^\d{4}-\d{2}-\d{2}$/
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/
/** A text longer than this needs lines of its own. */
const LONG = 48

export function kindOf(field: string, value: unknown): ValueKind {
  switch (typeof value) {
    case 'boolean':
      return 'flag'
    case 'number':
      return MONEY.test(field) ? 'money' : SHARE.test(field) && Math.abs(value) <= 1 ? 'share' : 'number'
    case 'string':
      if (DAY.test(value)) {
        return 'day'
      }
      if (MOMENT.test(value)) {
        return 'moment'
      }
      return value.length > LONG || value.includes('\n') ? 'long' : 'text'
    default:
      return 'other'
  }
}

/** A value in words; undefined for one that isn't there. */
export function show(value: unknown, kind: ValueKind, format: Format, currency: string | undefined, flags: { yes: string; no: string }): string | undefined {
  if (value === null || value === undefined) {
    return undefined
  }
  switch (kind) {
    case 'money':
      return currency === undefined ? format.number(Number(value), { min: 2 }) : format.money(Number(value), currency)
    case 'share':
      return format.percent(Number(value))
    case 'number':
      return format.number(Number(value))
    case 'day':
      return format.day(String(value))
    case 'moment':
      return format.dateTime(String(value))
    case 'flag':
      return value === true ? flags.yes : flags.no
    case 'other':
      return Array.isArray(value) ? format.list(value.map(String)) : JSON.stringify(value)
    default:
      return String(value)
  }
}

/** One value of a change, before and after. */
export interface Field {
  name: string
  kind: ValueKind
  before: unknown
  after: unknown
  editable: boolean
  /** Between which values the plugin will take it, as far as it says so by `lowest…` and `highest…`. */
  lowest?: number
  highest?: number
}

/** A change's values: those that matter in its row, and the rest. */
export interface Fields {
  main: Field[]
  more: Field[]
}

/** Puts what differs or may be edited first; long texts and what only accompanies a change follow. */
export function fieldsOf(change: Change): Fields {
  const before = change.before ?? {}
  const after = change.after ?? {}
  const editable = new Set(change.editable)
  const names = [...new Set([...Object.keys(before), ...editable, ...Object.keys(after)])]
  const all = names
    .filter((name) => !isBound(name, after))
    .map((name): Field => {
      const value = after[name] ?? before[name]
      return {
        name,
        kind: kindOf(name, value),
        before: before[name],
        after: after[name],
        editable: editable.has(name),
        ...bounds(name, after),
      }
    })
  const main = all.filter((field) => field.kind !== 'long' && (field.editable || (field.before !== undefined && differs(field))))
  const shown = main.length > 0 ? main : all.filter((field) => field.kind !== 'long').slice(0, 3)
  return { main: shown, more: all.filter((field) => !shown.includes(field)) }
}

function differs({ before, after }: Field): boolean {
  return JSON.stringify(before) !== JSON.stringify(after)
}

function bounds(name: string, after: Values): Pick<Field, 'lowest' | 'highest'> {
  const tail = capital(name)
  const lowest = after[`lowest${tail}`]
  const highest = after[`highest${tail}`]
  return {
    ...(typeof lowest === 'number' ? { lowest } : {}),
    ...(typeof highest === 'number' ? { highest } : {}),
  }
}

function isBound(name: string, after: Values): boolean {
  const of = /^(?:lowest|highest)([A-Z].*)$/.exec(name)?.[1]
  return of !== undefined && of.charAt(0).toLowerCase() + of.slice(1) in after
}

/** How much a number changes, as a share of what it was; undefined where that says nothing. */
export function difference(before: unknown, after: unknown): number | undefined {
  return typeof before === 'number' && typeof after === 'number' && before !== 0
    ? (after - before) / Math.abs(before)
    : undefined
}

/** A field's name in words, for those that have no text of their own: `emailSubject` as Email subject. */
export function words(name: string): string {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ').toLowerCase()
  return capital(spaced)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
