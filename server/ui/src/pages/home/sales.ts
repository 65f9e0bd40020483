import type { DailySales } from '~/api'
import { plusDays } from '~/format/businessDay'

/** A day's sales against the week before and against what was expected. */
export interface Comparison {
  day: DailySales
  /** Against the same weekday before, as a share. */
  revenueChange: number | undefined
  /** How far the sales were from the forecast, as a share of it. */
  forecastDeviation: number | undefined
  /** How far sales typically are from their forecast: the mean of the shares without their signs. */
  typicalDeviation: number | undefined
}

/** Compares the last whole day with sales; undefined where there is none. */
export function compare(days: readonly DailySales[], today: string): Comparison | undefined {
  const sold = days.filter((day) => day.orders > 0 && day.date < today)
  const day = sold.at(-1)
  if (day === undefined) {
    return undefined
  }
  const before = sold.find(({ date }) => date === plusDays(day.date, -7))
  const deviations = sold.map(deviation).filter((share) => share !== undefined)
  return {
    day,
    revenueChange: before && before.revenue > 0 ? day.revenue / before.revenue - 1 : undefined,
    forecastDeviation: deviation(day),
    typicalDeviation:
      deviations.length === 0 ? undefined : deviations.reduce((sum, share) => sum + Math.abs(share), 0) / deviations.length,
  }
}

function deviation({ quantity, forecastQuantity }: DailySales): number | undefined {
  return forecastQuantity !== undefined && forecastQuantity > 0 ? quantity / forecastQuantity - 1 : undefined
}

/** A round number at or above a value, for the top of an axis. */
export function roundUp(value: number): number {
  if (value <= 0) {
    return 1
  }
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((candidate) => candidate * power >= value) ?? 10
  return step * power
}
