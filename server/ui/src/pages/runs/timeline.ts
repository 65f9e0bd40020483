import type { Incident, TimelineEntry } from '~/api'

/** A line of the timeline: a step with what is inside of it, or the earlier rounds of a loop folded into one. */
export type Line = EntryLine | RoundsLine

export interface EntryLine {
  kind: 'entry'
  id: string
  entry: TimelineEntry
  inside: Line[]
}

export interface RoundsLine {
  kind: 'rounds'
  id: string
  /** Oldest first. The newest round is not among them: its lines follow in the timeline itself. */
  rounds: Round[]
}

export interface Round {
  /** From 1. */
  number: number
  lines: Line[]
  /** Whether something in it is still going on. */
  active: boolean
  /** Whether something in it needs help or was stopped. */
  trouble: boolean
}

/** An element that comes so often on one level makes its line of steps a loop. */
const LOOP_FROM = 4

/** The timeline as a tree: steps inside of their subprocess or call, loops folded to their newest round. */
export function linesOf(entries: readonly TimelineEntry[], troubled: ReadonlySet<string>): Line[] {
  const known = new Set(entries.map((entry) => entry.id))
  const inside = new Map<string | undefined, TimelineEntry[]>()
  for (const entry of entries) {
    // What holds it may be among the entries that a long timeline leaves out.
    const parent = entry.parent !== undefined && known.has(entry.parent) ? entry.parent : undefined
    inside.set(parent, [...(inside.get(parent) ?? []), entry])
  }
  const level = (parent: string | undefined): Line[] =>
    fold(
      (inside.get(parent) ?? []).map((entry) => ({ kind: 'entry', id: entry.id, entry, inside: level(entry.id) })),
      troubled,
    )
  return level(undefined)
}

function fold(lines: EntryLine[], troubled: ReadonlySet<string>): Line[] {
  const head = loopHead(lines)
  if (head === undefined) {
    return lines
  }
  const starts = lines.flatMap((line, index) => (line.entry.element === head ? [index] : []))
  const first = starts[0] ?? 0
  const last = starts.at(-1) ?? 0
  const rounds = starts.slice(0, -1).map((start, index): Round => {
    const part = lines.slice(start, starts[index + 1])
    return {
      number: index + 1,
      lines: fold(part, troubled),
      active: part.some((line) => line.entry.state === 'active'),
      trouble: part.some((line) => holdsTrouble(line, troubled)),
    }
  })
  return [
    ...lines.slice(0, first),
    { kind: 'rounds', id: `rounds-${lines[first]?.id}`, rounds },
    ...fold(lines.slice(last), troubled),
  ]
}

/** The element at which the rounds of a loop begin. */
function loopHead(lines: readonly EntryLine[]): string | undefined {
  const times = new Map<string, number>()
  lines.forEach(({ entry }) => times.set(entry.element, (times.get(entry.element) ?? 0) + 1))
  return lines.find(({ entry }) => (times.get(entry.element) ?? 0) >= LOOP_FROM)?.entry.element
}

function holdsTrouble(line: Line, troubled: ReadonlySet<string>): boolean {
  return line.kind === 'entry'
    ? troubled.has(line.entry.id) || line.inside.some((each) => holdsTrouble(each, troubled))
    : line.rounds.some((round) => round.trouble)
}

/** Whether an entry is this line or inside of it. */
export function holds(line: Line, entry: string): boolean {
  return line.kind === 'entry'
    ? line.id === entry || line.inside.some((each) => holds(each, entry))
    : line.rounds.some((round) => round.lines.some((each) => holds(each, entry)))
}

/** The entries that an unresolved incident holds up. An incident names its element; of that, what is active. */
export function troubledEntries(entries: readonly TimelineEntry[], incidents: readonly Incident[]): Set<string> {
  const elements = new Set(incidents.filter((each) => each.state !== 'resolved').map((each) => each.element))
  return new Set(
    entries.filter((entry) => entry.state === 'active' && elements.has(entry.element)).map((entry) => entry.id),
  )
}

/** The visit that an incident holds up. */
export function heldUpBy(entries: readonly TimelineEntry[], incident: Incident): TimelineEntry | undefined {
  return entries.findLast((entry) => entry.state === 'active' && entry.element === incident.element)
}

/** Whether an entry only leads from one step to the next, which few people want to read. */
export function isQuiet(entry: TimelineEntry): boolean {
  if (entry.state !== 'completed' || entry.message !== undefined) {
    return false
  }
  return entry.type.endsWith('Gateway') || entry.type === 'startEvent' || isUnnamedEvent(entry)
}

/** The server names an event without a label by its type. */
function isUnnamedEvent(entry: TimelineEntry): boolean {
  return entry.type.endsWith('Event') && entry.name.replaceAll(' ', '').toLowerCase() === entry.type.toLowerCase()
}

/**
 * The element of the run's own diagram at which an entry shows.
 *
 * What a called run did shows at the element that called it.
 */
export function shownAt(entry: TimelineEntry, byId: ReadonlyMap<string, TimelineEntry>, run: string): string | undefined {
  let at: TimelineEntry | undefined = entry
  while (at !== undefined && at.run !== undefined && at.run !== run) {
    at = at.parent === undefined ? undefined : byId.get(at.parent)
  }
  return at?.element
}

/** What is worth looking at first: where help is needed, else where the run is now. */
export function firstLook(entries: readonly TimelineEntry[], troubled: ReadonlySet<string>): TimelineEntry | undefined {
  const active = entries.filter((entry) => entry.state === 'active')
  // What is inside of something says more than what holds it.
  const holders = new Set(active.map((entry) => entry.parent))
  return (
    entries.findLast((entry) => troubled.has(entry.id)) ?? active.findLast((entry) => !holders.has(entry.id))
  )
}

/** The visits of an element, oldest first. */
export function visitsOf(entries: readonly TimelineEntry[], element: string, run: string): TimelineEntry[] {
  return entries.filter((entry) => entry.element === element && (entry.run === undefined || entry.run === run))
}

/** Entries of two answers as one timeline; the later answer knows better. */
export function mergeEntries(earlier: readonly TimelineEntry[], later: readonly TimelineEntry[]): TimelineEntry[] {
  const byId = new Map([...earlier, ...later].map((entry) => [entry.id, entry]))
  return [...byId.values()].sort(
    (a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt) || (BigInt(a.id) < BigInt(b.id) ? -1 : 1),
  )
}

/** Where a span lies within the run, as shares from 0 to 1. */
export function spanWithin(
  run: { from: number; to: number },
  entry: { from: number; to: number },
): { left: number; width: number } {
  const whole = Math.max(1, run.to - run.from)
  const left = clamp((entry.from - run.from) / whole)
  return { left, width: clamp((entry.to - run.from) / whole) - left }
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share))
}
