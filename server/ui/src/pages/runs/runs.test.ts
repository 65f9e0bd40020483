import { describe, expect, it } from 'vitest'
import { instantIn } from '~/format'
import { changedFrom, isTable, offered, readVariables, words } from './data'
import { hold } from './steady'
import { queryOf, wantedOf } from './when'

const url = (search: string) => {
  const params = new URLSearchParams(search)
  return { one: (name: string) => params.get(name) ?? undefined, many: (name: string) => params.getAll(name) }
}
const NOW = Date.parse('2026-11-21T12:00:00Z')

describe('the filters of runs', () => {
  it('are read from the URL and passed to the server', () => {
    const wanted = wantedOf(url('state=incident&state=active&workflow=w&site=s&mode=live&when=24h&q=ab'))
    expect(queryOf(wanted, NOW, (local) => local)).toEqual({
      state: ['incident', 'active'],
      workflow: 'w',
      site: 's',
      mode: 'live',
      q: 'ab',
      since: '2026-11-20T12:00:00.000Z',
      until: undefined,
    })
  })

  it('pass over what makes no sense', () => {
    const wanted = wantedOf(url('state=lost&mode=maybe&when=ever&from=yesterday'))
    expect(Object.values(queryOf(wanted, NOW, (local) => local)).filter((value) => value !== undefined)).toEqual([])
  })

  it('take local times in the zone of the site', () => {
    const wanted = wantedOf(url('when=between&from=2026-11-21T03:15'))
    expect(queryOf(wanted, NOW, (local) => instantIn(local, 'America/New_York'))).toMatchObject({
      since: '2026-11-21T08:15:00.000Z',
      until: undefined,
    })
  })
})

describe('a local time', () => {
  it('that comes twice is the first, and one that is skipped is an hour later', () => {
    expect(instantIn('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
    expect(instantIn('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
  })
})

describe('a list that is held still', () => {
  it('brings its rows up to date, counts what is newer, and keeps what has left', () => {
    const held = [{ id: 'b', state: 'active' }, { id: 'a', state: 'active' }]
    const fresh = [{ id: 'd', state: 'active' }, { id: 'c', state: 'active' }, { id: 'b', state: 'completed' }, { id: '0', state: 'active' }]
    const { rows, waiting, gone } = hold(held, fresh, (row) => row.id)
    expect(rows).toEqual([{ id: 'b', state: 'completed' }, { id: 'a', state: 'active' }])
    expect(waiting).toBe(2)
    expect([...gone]).toEqual(['a'])
  })
})

describe('data', () => {
  it('has names that people can read', () => {
    expect(words('leastMarginPercent')).toBe('Least margin percent')
    expect(words('api_URL-of item')).toBe('Api URL of item')
    expect(words('parseJSONText')).toBe('Parse JSON text')
    expect(words('')).toBe('')
  })

  it('is a table where it is alike and flat', () => {
    expect(isTable([{ a: 1 }, { a: 2, b: 'x' }])).toBe(true)
    expect(isTable([{ a: 1 }])).toBe(false)
    expect(isTable([{ a: 1 }, { a: { b: 1 } }])).toBe(false)
    expect(isTable([1, 2])).toBe(false)
  })
})

describe('variables typed as JSON', () => {
  it('are an object, or nothing', () => {
    expect(readVariables(' ')).toEqual({ ok: true, value: undefined })
    expect(readVariables('{"file": "a.txt"}')).toEqual({ ok: true, value: { file: 'a.txt' } })
  })

  it('are told apart from what is no JSON, no object, or reserved', () => {
    expect(readVariables('{"file"')).toMatchObject({ ok: false, fault: { kind: 'syntax' } })
    expect(readVariables('[1]')).toEqual({ ok: false, fault: { kind: 'no-object' } })
    expect(readVariables('{"segue": {}}')).toEqual({ ok: false, fault: { kind: 'reserved' } })
  })
})

describe('the values of a step that is to be tried again', () => {
  it('are offered as it got them, but for what was cut off', () => {
    expect(offered({ unfit: 'SOMETIMES', lines: 'a long te…' })).toEqual({ unfit: 'SOMETIMES' })
    expect(offered(undefined)).toEqual({})
  })

  it('are sent where they were changed', () => {
    expect(changedFrom({ a: 1, b: [1] }, { a: 2, b: [1], c: null })).toEqual({ a: 2, c: null })
    expect(changedFrom({ a: 1 }, { a: 1 })).toBeUndefined()
    expect(changedFrom({}, undefined)).toBeUndefined()
  })
})
