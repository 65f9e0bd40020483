import { describe, expect, it } from 'vitest'
import type { Change } from '~/api'
import { Format } from '~/format/format'
import { countEdits, noEdits, toChangeEdits, valueOf, withRemoval, withValue } from './edits'
import { totalsOf } from './totals'
import { shownNumber } from './ValueInput'
import { difference, fieldsOf, kindOf, show, words } from './values'

const price: Change = {
  ordinal: 0,
  title: 'Raise Big Meat (S)',
  state: 'planned',
  before: { price: 12 },
  after: { from: '2026-11-21', price: 12.45, lowestPrice: 11.52, highestPrice: 12.48 },
  editable: ['price'],
}

const promotion: Change = {
  ordinal: 1,
  title: 'Promote Spinach',
  state: 'planned',
  before: {},
  after: { discount: 0.15, startsOn: '2026-11-21', emailBody: 'Hello,\n\nfrom 21 November on …', highestDiscount: 0.2 },
  editable: ['discount', 'startsOn', 'emailBody'],
}

describe('the values of a change', () => {
  it('show what differs or may be edited; bounds belong to their field', () => {
    const { main, more } = fieldsOf(price)
    expect(main).toMatchObject([{ name: 'price', kind: 'money', before: 12, after: 12.45, lowest: 11.52, highest: 12.48 }])
    expect(more.map((field) => field.name)).toEqual(['from'])
  })

  it('keep long texts for the details', () => {
    const { main, more } = fieldsOf(promotion)
    expect(main.map((field) => field.name)).toEqual(['discount', 'startsOn'])
    expect(more.map((field) => [field.name, field.kind])).toEqual([['emailBody', 'long']])
  })

  it('read as what they are', () => {
    const format = new Format('en-GB')
    const flags = { yes: 'yes', no: 'no' }
    const read = (name: string, value: unknown) => show(value, kindOf(name, value), format, 'USD', flags)
    expect(read('price', 12.45)).toBe('US$12.45')
    expect(read('discount', 0.15)).toBe('15%')
    expect(read('startsOn', '2026-11-21')).toBe('21 Nov 2026')
    expect(read('active', false)).toBe('no')
    expect(read('channels', ['mail', 'sms'])).toBe('mail and sms')
    expect(read('price', null)).toBeUndefined()
    expect(words('emailSubject')).toBe('Email subject')
  })

  it('show what is being typed, until it is another number', () => {
    expect(shownNumber(undefined, 12.5)).toBe(12.5)
    expect(shownNumber('12.50', 12.5)).toBe('12.50')
    expect(shownNumber('', 12.5)).toBe('')
    expect(shownNumber('-', 12.5)).toBe('-')
    expect(shownNumber('12.50', 12)).toBe(12)
  })

  it('change by a share of what was', () => {
    expect(difference(12, 12.45)).toBeCloseTo(0.0375)
    expect(difference(0, 5)).toBeUndefined()
    expect(difference(undefined, 5)).toBeUndefined()
  })
})

describe('edits', () => {
  it('hold only what differs from the plan', () => {
    const edited = withValue(noEdits, price, 'price', 12.2)
    expect(valueOf(edited, price, 'price')).toBe(12.2)
    expect(toChangeEdits('set', edited)).toEqual([{ changeSet: 'set', ordinal: 0, after: { price: 12.2 } }])
    expect(withValue(edited, price, 'price', 12.45)).toEqual(noEdits)
  })

  it('take a change out, and back in as it was edited', () => {
    const edited = withValue(noEdits, price, 'price', 12.2)
    const removed = withRemoval(edited, 0, true)
    expect(toChangeEdits('set', removed)).toEqual([{ changeSet: 'set', ordinal: 0, remove: true }])
    expect(countEdits(removed)).toEqual({ edited: 0, removed: 1 })
    expect(valueOf(withRemoval(removed, 0, false), price, 'price')).toBe(12.2)
  })

  it('leave exact totals by currency', () => {
    const changes = ['0.10', '0.20', '-1000000000000000.05'].map(
      (amount, ordinal): Change => ({ ...price, ordinal, amount: { amount, currency: 'EUR' } }),
    )
    expect(totalsOf(changes.slice(0, 2), noEdits)).toEqual([{ currency: 'EUR', amount: '0.30' }])
    expect(totalsOf(changes, noEdits)).toEqual([{ currency: 'EUR', amount: '-999999999999999.75' }])
    expect(totalsOf(changes, withRemoval(noEdits, 2, true))).toEqual([{ currency: 'EUR', amount: '0.30' }])
  })
})
