import { describe, expect, it } from 'vitest'
import { businessDay, businessDayStart, plusDays } from './businessDay'

const newYork = { zone: 'America/New_York', businessDayEnd: '03:00' }
const berlin = { zone: 'Europe/Berlin', businessDayEnd: '00:00' }

describe('the business day', () => {
  it('goes on past midnight where the site says so', () => {
    expect(businessDay(new Date('2026-11-21T07:59:00Z'), newYork)).toBe('2026-11-20')
    expect(businessDay(new Date('2026-11-21T08:00:00Z'), newYork)).toBe('2026-11-21')
    expect(businessDay(new Date('2026-11-21T23:30:00Z'), berlin)).toBe('2026-11-22')
  })

  it('begins at the hour at the site, in summer and in winter', () => {
    expect(businessDayStart(new Date('2026-11-21T12:00:00Z'), newYork).toISOString()).toBe('2026-11-21T08:00:00.000Z')
    expect(businessDayStart(new Date('2026-07-01T12:00:00Z'), newYork).toISOString()).toBe('2026-07-01T07:00:00.000Z')
    expect(businessDayStart(new Date('2026-10-25T12:00:00Z'), berlin).toISOString()).toBe('2026-10-24T22:00:00.000Z')
  })

  it('is counted by the calendar', () => {
    expect(plusDays('2026-03-01', -1)).toBe('2026-02-28')
  })
})
