import { useElementSize } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DailySales } from '~/api'
import { useFormat } from '~/format'
import { roundUp } from './sales'
import classes from './SalesChart.module.css'

interface Props {
  days: readonly DailySales[]
  today: string
  label: string
}

const HEIGHT = 220
const LEFT = 44
const BOTTOM = 24
const TOP = 10

/** Units sold as bars, what was expected as a line. The table beside it says the same to those who can't see it. */
export function SalesChart({ days, today, label }: Props) {
  const { t } = useTranslation('home')
  const format = useFormat()
  const { ref, width } = useElementSize()
  const [pointed, setPointed] = useState<number>()
  const top = roundUp(Math.max(...days.map((day) => Math.max(day.quantity, day.forecastQuantity ?? 0)), 1))
  const band = Math.max(1, (width - LEFT) / Math.max(1, days.length))
  const x = (index: number) => LEFT + index * band + band / 2
  const y = (value: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top)
  const lines = segments(days.map((day, index) => (day.forecastQuantity === undefined ? undefined : `${x(index)},${y(day.forecastQuantity)}`)))
  const shown = pointed === undefined ? undefined : days[pointed]
  return (
    <div ref={ref} className={classes.chart}>
      <div className={classes.legend} aria-hidden>
        <span className={classes.sold}>{t('business.sold')}</span>
        <span className={classes.expected}>{t('business.expected')}</span>
        <span className={classes.reading}>
          {shown &&
            [
              format.day(shown.date),
              `${t('business.sold')} ${format.number(shown.quantity, { max: 0 })}`,
              shown.forecastQuantity !== undefined && `${t('business.expected')} ${format.number(shown.forecastQuantity, { max: 0 })}`,
            ]
              .filter(Boolean)
              .join(' · ')}
        </span>
      </div>
      <svg width={width} height={HEIGHT} role="img" aria-label={label} onPointerLeave={() => setPointed(undefined)}>
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <line x1={LEFT} x2={width} y1={y(top * part)} y2={y(top * part)} className={classes.rule} />
            <text x={LEFT - 8} y={y(top * part) + 4} textAnchor="end" className={classes.tick}>
              {format.number(top * part)}
            </text>
          </g>
        ))}
        {days.map((day, index) => (
          <g key={day.date} onPointerEnter={() => setPointed(index)}>
            <rect x={x(index) - band / 2} y={0} width={band} height={HEIGHT} className={classes.zone} data-pointed={pointed === index} />
            {day.quantity > 0 && (
              <rect
                x={x(index) - Math.min(11, band * 0.34)}
                width={Math.min(22, band * 0.68)}
                y={y(day.quantity)}
                height={y(0) - y(day.quantity)}
                rx={Math.min(3, band / 5)}
                className={classes.bar}
              />
            )}
            {index % Math.ceil(58 / band) === 0 && (
              <text x={x(index)} y={HEIGHT - 6} textAnchor="middle" className={classes.tick} data-today={day.date === today}>
                {format.dayShort(day.date)}
              </text>
            )}
          </g>
        ))}
        {lines.map((points) => (
          <polyline key={points} points={points} className={classes.line} />
        ))}
      </svg>
    </div>
  )
}

/** Unbroken stretches of points. A lone point becomes a short stroke, else it would not be seen. */
function segments(points: readonly (string | undefined)[]): string[] {
  const found: string[][] = [[]]
  for (const point of points) {
    if (point === undefined) {
      found.push([])
    } else {
      found.at(-1)?.push(point)
    }
  }
  return found.filter((stretch) => stretch.length > 0).map((stretch) => (stretch.length === 1 ? [stretch[0], stretch[0]] : stretch).join(' '))
}
