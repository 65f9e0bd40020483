import { describe, expect, it } from 'vitest'
import type { ChangeSetDetail } from '~/api'
import { countKinds } from './words'

const list = (id: string, ...kinds: string[]) =>
  ({ id, changes: kinds.map((kind, ordinal) => ({ ordinal, title: '', state: 'planned', target: { kind } })) }) as unknown as ChangeSetDetail

describe('what would change, by kind', () => {
  it('counts over all lists, the known kinds first', () => {
    expect(countKinds([list('a', 'vip-table', 'promotion', 'price', 'price'), list('b', 'email')])).toEqual([
      ['price', 2],
      ['promotion', 1],
      ['email', 1],
      ['other', 1],
    ])
  })

  it('leaves out what was taken out', () => {
    const out = { set: 'a', hash: '', ordinal: 1, key: '', title: '', remove: true }
    expect(countKinds([list('a', 'price', 'price')], [out])).toEqual([['price', 1]])
  })
})
