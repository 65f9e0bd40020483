import type { QueryKey } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Gather } from './gather'
import { outdated, readHint } from './hint'
import { EventParser } from './sse'

describe('the stream', () => {
  it('is read whole however it is cut into pieces', () => {
    const text = ': heartbeat\r\nretry: 2000\r\n\r\nid: 7\r\nevent: run\r\ndata: {"topic":\r\ndata: "run"}\r\n\r\nevent: reset\ndata: {}\n\n'
    const whole = new EventParser().push(text)
    const parser = new EventParser()
    const pieces = [...text].flatMap((character) => parser.push(character))
    expect(pieces).toEqual(whole)
    expect(whole).toEqual([
      { id: '7', name: 'run', data: '{"topic":\n"run"}' },
      { id: '7', name: 'reset', data: '{}' },
    ])
    expect(parser.retryMillis).toBe(2000)
  })

  it('may bring hints that this version does not know', () => {
    expect(readHint('no json')).toBeUndefined()
    expect(readHint('[]')).toBeUndefined()
    expect(outdated({ topic: 'new-thing' as never, id: '1', at: '' })).toEqual([])
  })

  it('says which answers are old', () => {
    const keys = outdated({ topic: 'approval', id: '5', run: 'r', at: '' })
    expect(keys).toContainEqual(['approvals', 'list'])
    expect(keys).toContainEqual(['approvals', 'one', '5'])
    expect(keys).toContainEqual(['runs', 'one', 'r'])
  })
})

describe('gathering', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('passes the first on at once and the last for sure, but not all between', () => {
    const passed: QueryKey[] = []
    const gather = new Gather((key) => passed.push(key), 800)
    for (let count = 0; count < 50; count++) {
      gather.add(['runs', 'list'])
      vi.advanceTimersByTime(20)
    }
    gather.add(['alarms'])
    expect(passed.filter(([resource]) => resource === 'alarms')).toHaveLength(1)
    vi.advanceTimersByTime(2_000)
    const lists = passed.filter(([resource]) => resource === 'runs')
    expect(lists.length).toBeGreaterThanOrEqual(3)
    expect(lists.length).toBeLessThanOrEqual(4)
  })
})
