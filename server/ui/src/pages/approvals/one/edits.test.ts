import { describe, expect, it } from 'vitest'
import type { Change, ChangeSetDetail } from '~/api'
import { carryOver, changeEdits, differenceOf, editsOf, readKept, sameLists, withEdits } from './edits'

const price = (item: string, after: number, ordinal = 0): Change => ({
  ordinal,
  title: `Raise ${item}`,
  state: 'planned',
  target: { kind: 'price', id: item, label: item },
  before: { price: 10 },
  after: { price: after, from: '2026-11-21' },
  editable: ['price'],
})

const list = (id: string, changes: Change[], more: Partial<ChangeSetDetail> = {}): ChangeSetDetail =>
  ({
    id,
    title: 'Prices',
    state: 'planned',
    count: changes.length,
    hash: `${id}:${JSON.stringify(changes)}`,
    createdAt: '2026-11-21T03:00:00Z',
    changes: changes.map((change, ordinal) => ({ ...change, ordinal })),
    ...more,
  }) as ChangeSetDetail

describe('edits of change lists', () => {
  const menu = list('menu', [price('Margherita', 10.5), price('Diavola', 11), price('Funghi', 12)])
  const mail = list('mail', [price('Newsletter', 1)])
  const edits = withEdits([], menu, new Map([[0, { after: { price: 10.2 } }], [2, { remove: true }]]))

  it('go to the API with their list and place', () => {
    const both = withEdits(edits, mail, new Map([[0, { remove: true }]]))
    expect(changeEdits(both)).toEqual([
      { changeSet: 'menu', ordinal: 0, after: { price: 10.2 } },
      { changeSet: 'menu', ordinal: 2, remove: true },
      { changeSet: 'mail', ordinal: 0, remove: true },
    ])
    expect(editsOf(both, 'mail')).toEqual(new Map([[0, { remove: true, after: undefined }]]))
  })

  it('count only where they alter something', () => {
    const nothing = new Map([[0, { after: { price: 10.5 } }], [1, { after: { from: '2030-01-01' } }]])
    expect(withEdits([], menu, nothing)).toEqual([])
  })

  it('come back as they were after a reload', () => {
    expect(readKept(JSON.stringify(edits))).toEqual(edits)
    expect(readKept('')).toEqual([])
    expect(readKept('{"older":"version"}')).toEqual([])
    expect(readKept('not json')).toEqual([])
  })

  it('stay on the same change when another list takes its place', () => {
    const newer = list('menu-2', [price('Diavola', 11), price('Margherita', 10.4)], { supersedes: 'menu' })
    const { kept, lost } = carryOver(edits, [newer, mail])
    expect(kept).toMatchObject([{ set: 'menu-2', hash: newer.hash, ordinal: 1, after: { price: 10.2 } }])
    expect(lost).toMatchObject([{ title: 'Raise Funghi' }])
  })

  it('are done with where the newer list says the same already', () => {
    const newer = list('menu-2', [price('Margherita', 10.2), price('Funghi', 12)], { supersedes: 'menu' })
    const { kept, lost } = carryOver(edits, [newer])
    expect(kept).toMatchObject([{ ordinal: 1, remove: true }])
    expect(lost).toEqual([])
  })

  it('are lost where their field may no longer be edited', () => {
    const fixed = { ...price('Margherita', 10.5), editable: [] }
    expect(carryOver(edits, [list('menu-2', [fixed], { supersedes: 'menu' })]).lost).toMatchObject([
      { title: 'Raise Margherita' },
      { title: 'Raise Funghi' },
    ])
  })
})

describe('the difference of two states of the lists', () => {
  it('names what is new, gone and other', () => {
    const before = [list('menu', [price('Margherita', 10.5), price('Diavola', 11), price('Diavola', 11.5)])]
    const now = [list('menu-2', [price('Margherita', 10.6), price('Diavola', 11), price('Funghi', 12)])]
    const { added, removed, altered } = differenceOf(before, now)
    expect(added.map(({ title }) => title)).toEqual(['Raise Funghi'])
    expect(removed.map(({ after }) => after?.['price'])).toEqual([11.5])
    expect(altered.map(({ title }) => title)).toEqual(['Raise Margherita'])
  })

  it('is told by the hashes', () => {
    const menu = list('menu', [price('Margherita', 10.5)])
    expect(sameLists([menu], [{ ...menu, title: 'Other words' }])).toBe(true)
    expect(sameLists([menu], [{ ...menu, hash: 'other' }])).toBe(false)
  })
})
