import { describe, expect, it } from 'vitest'
import type { DailySales } from '~/api'
import { compare, roundUp } from './sales'

const day = (date: string, revenue: number, quantity: number, forecastQuantity?: number): DailySales => ({
  date,
  revenue,
  quantity,
  orders: quantity > 0 ? 10 : 0,
  currency: 'USD',
  forecastQuantity,
})

describe('sales', () => {
  it('compare the last whole day with the week before and its forecast', () => {
    const found = compare(
      [day('2026-11-13', 1000, 90), day('2026-11-19', 800, 80, 100), day('2026-11-20', 1250, 110, 100), day('2026-11-21', 10, 1, 99)],
      '2026-11-21',
    )
    expect(found?.day.date).toBe('2026-11-20')
    expect(found?.revenueChange).toBeCloseTo(0.25)
    expect(found?.forecastDeviation).toBeCloseTo(0.1)
    expect(found?.typicalDeviation).toBeCloseTo(0.15)
  })

  it('say nothing where nothing is known', () => {
    expect(compare([], '2026-11-21')).toBeUndefined()
    expect(compare([day('2026-11-21', 0, 0, 50)], '2026-11-21')).toBeUndefined()
    expect(compare([day('2026-11-20', 5, 5)], '2026-11-21')).toMatchObject({ revenueChange: undefined, typicalDeviation: undefined })
  })

  it('fit under a round number', () => {
    expect([0, 7, 143, 151, 990].map(roundUp)).toEqual([1, 8, 150, 200, 1000])
  })
})
