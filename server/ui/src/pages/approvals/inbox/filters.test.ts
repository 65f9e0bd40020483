import { describe, expect, it } from 'vitest'
import { filtersOf } from './filters'

const url = (search: string) => {
  const params = new URLSearchParams(search)
  return { one: (name: string) => params.get(name) ?? undefined, cursor: params.get('cursor') ?? undefined }
}

describe('the inbox by its URL', () => {
  it('shows at first what waits for the person', () => {
    expect(filtersOf(url(''))).toMatchObject({ view: 'groups', state: ['open', 'deciding'] })
  })

  it('takes its filters from there', () => {
    expect(filtersOf(url('view=all&state=decided&site=pizza-place&workflow=menu&cursor=c'))).toMatchObject({
      view: 'all',
      state: ['approved', 'rejected', 'completed', 'void'],
      site: 'pizza-place',
      workflow: 'menu',
      cursor: 'c',
    })
    expect(filtersOf(url('state=any'))).toMatchObject({ state: [] })
  })

  it('takes what it does not know for the default', () => {
    expect(filtersOf(url('view=nobody&state=odd'))).toEqual(filtersOf(url('')))
  })
})
