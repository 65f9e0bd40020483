import { describe, expect, it } from 'vitest'
import type { Incident, TimelineEntry } from '~/api'
import {
  firstLook,
  holds,
  isQuiet,
  linesOf,
  mergeEntries,
  shownAt,
  spanWithin,
  troubledEntries,
  visitsOf,
  type Line,
} from './timeline'

let next = 0

function entry(element: string, more: Partial<TimelineEntry> = {}): TimelineEntry {
  const id = String(++next)
  return {
    id,
    run: 'run',
    element,
    name: element,
    type: 'serviceTask',
    state: 'completed',
    startedAt: new Date(next * 1_000).toISOString(),
    ...more,
  }
}

const incident = (element: string, state: Incident['state'] = 'open') => ({ element, state }) as Incident
const shape = (lines: readonly Line[]): unknown[] =>
  lines.map((line) =>
    line.kind === 'rounds'
      ? { rounds: line.rounds.map((round) => shape(round.lines)) }
      : line.inside.length > 0
        ? { [line.entry.element]: shape(line.inside) }
        : line.entry.element,
  )

describe('the lines of a timeline', () => {
  it('keep a short run as it is', () => {
    const entries = [entry('import'), entry('check'), entry('import')]
    expect(shape(linesOf(entries, new Set()))).toEqual(['import', 'check', 'import'])
  })

  it('fold the earlier rounds of a loop and show the newest', () => {
    const round = () => [entry('plan'), entry('ask')]
    const entries = [entry('import'), ...round(), ...round(), ...round(), ...round(), entry('sum-up')]
    expect(shape(linesOf(entries, new Set()))).toEqual([
      'import',
      { rounds: [['plan', 'ask'], ['plan', 'ask'], ['plan', 'ask']] },
      'plan',
      'ask',
      'sum-up',
    ])
  })

  it('fold loops whose rounds took different ways', () => {
    const entries = ['a', 'b', 'a', 'a', 'c', 'b', 'a', 'b'].map((element) => entry(element))
    expect(shape(linesOf(entries, new Set()))).toEqual([{ rounds: [['a', 'b'], ['a'], ['a', 'c', 'b']] }, 'a', 'b'])
  })

  it('put steps inside of what holds them, and what has lost its holder on top', () => {
    const holder = entry('each', { type: 'multiInstanceBody' })
    const entries = [holder, entry('send', { parent: holder.id }), entry('lost', { parent: '0' })]
    expect(shape(linesOf(entries, new Set()))).toEqual([{ each: ['send'] }, 'lost'])
  })

  it('tell which folded rounds are active or need help', () => {
    const entries = ['a', 'a', 'a', 'a', 'a'].map((element) => entry(element))
    const stuck = { ...(entries[1] as TimelineEntry), state: 'active' as const }
    const running = { ...(entries[2] as TimelineEntry), state: 'active' as const }
    const lines = linesOf([entries[0] as TimelineEntry, stuck, running, ...entries.slice(3)], new Set([stuck.id]))
    const rounds = lines.flatMap((line) => (line.kind === 'rounds' ? line.rounds : []))
    expect(rounds.map(({ active, trouble }) => [active, trouble])).toEqual([
      [false, false],
      [true, true],
      [true, false],
      [false, false],
    ])
  })
})

it('knows in which folded line an entry is', () => {
  const entries = ['a', 'a', 'a', 'a'].map((element) => entry(element))
  const [folded, newest] = linesOf(entries, new Set())
  expect(holds(folded as Line, entries[1]?.id ?? '')).toBe(true)
  expect(holds(folded as Line, entries[3]?.id ?? '')).toBe(false)
  expect(holds(newest as Line, entries[3]?.id ?? '')).toBe(true)
})

describe('a run that needs help', () => {
  it('hangs at the active visit of the element that an incident names', () => {
    const before = entry('apply')
    const now = entry('apply', { state: 'active' })
    expect([...troubledEntries([before, now], [incident('apply')])]).toEqual([now.id])
    expect([...troubledEntries([before, now], [incident('apply', 'resolved')])]).toEqual([])
  })

  it('is looked at there first, else where it is now, and never at what only holds a step', () => {
    const holder = entry('part', { type: 'subProcess', state: 'active' })
    const stuck = entry('apply', { state: 'active', parent: holder.id })
    const beside = entry('wait', { state: 'active' })
    expect(firstLook([holder, stuck, beside], new Set([stuck.id]))).toBe(stuck)
    expect(firstLook([holder, stuck], new Set())).toBe(stuck)
    expect(firstLook([entry('done')], new Set())).toBeUndefined()
  })
})

it('leaves out what only leads from one step to the next, unless it says something', () => {
  expect(isQuiet(entry('gate', { type: 'exclusiveGateway' }))).toBe(true)
  expect(isQuiet(entry('start', { type: 'startEvent' }))).toBe(true)
  expect(isQuiet(entry('end', { type: 'endEvent', name: 'End event' }))).toBe(true)
  expect(isQuiet(entry('end', { type: 'endEvent', name: 'Nothing to change' }))).toBe(false)
  expect(isQuiet(entry('gate', { type: 'exclusiveGateway', state: 'active' }))).toBe(false)
  expect(isQuiet(entry('step'))).toBe(false)
})

it('shows what a called run did at the element that called it', () => {
  const call = entry('call', { type: 'callActivity' })
  const inner = entry('send', { run: 'called', parent: call.id })
  const byId = new Map([call, inner].map((each) => [each.id, each]))
  expect(shownAt(inner, byId, 'run')).toBe('call')
  expect(shownAt(call, byId, 'run')).toBe('call')
  expect(visitsOf([call, inner], 'send', 'run')).toEqual([])
})

it('merges two answers by entry, in order, and believes the later one', () => {
  const first = entry('a', { state: 'active' })
  const second = entry('b')
  const done = { ...first, state: 'completed' as const }
  expect(mergeEntries([first], [second, done])).toEqual([done, second])
})

it('draws a span within its run, and never beyond', () => {
  expect(spanWithin({ from: 0, to: 100 }, { from: 25, to: 75 })).toEqual({ left: 0.25, width: 0.5 })
  expect(spanWithin({ from: 0, to: 100 }, { from: -10, to: 900 })).toEqual({ left: 0, width: 1 })
  expect(spanWithin({ from: 5, to: 5 }, { from: 5, to: 5 })).toEqual({ left: 0, width: 0 })
})
