import { Anchor, Card, Group, NativeSelect, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDailySales, type DailySales, type Site } from '~/api'
import { EmptyState, QueryView } from '~/components'
import { businessDay, plusDays, useFormat, useNow } from '~/format'
import classes from './Business.module.css'
import { compare, type Comparison } from './sales'
import { SalesChart } from './SalesChart'
import { SalesTable } from './SalesTable'

const BACK = 27
const AHEAD = 6

/** How a site sells: the last day against the week before and against its forecast, and four weeks of both. */
export function Business({ sites }: { sites: readonly Site[] }) {
  const { t } = useTranslation(['home', 'common'])
  const now = useNow()
  const [chosen, setChosen] = useState<string>()
  const [asTable, setAsTable] = useState(false)
  const site = sites.find(({ id }) => id === chosen) ?? sites[0]
  const today = site === undefined ? '' : businessDay(now, site)
  const sales = useDailySales(site?.id, plusDays(today || '2000-01-01', -BACK), plusDays(today || '2000-01-01', AHEAD))
  if (site === undefined) {
    return null
  }
  return (
    <Card component="section" aria-labelledby="business">
      <Group justify="space-between" gap="xs">
        <Title order={2} id="business">
          {t('home:business.title', { site: site.name })}
        </Title>
        {sites.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label={t('common:site.label')}
            value={site.id}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={sites.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </Group>
      <QueryView query={sales}>
        {({ items }) => {
          const comparison = compare(items, today)
          return comparison === undefined ? (
            <EmptyState title={t('home:business.nothing')} text={t('home:business.nothingHelp')} />
          ) : (
            <>
              <Tiles comparison={comparison} days={items} today={today} />
              {asTable ? (
                <SalesTable days={items} today={today} />
              ) : (
                <SalesChart days={items} today={today} label={t('home:business.chart', { site: site.name })} />
              )}
              <Group justify="flex-end" mt={4}>
                <Anchor component="button" type="button" size="sm" onClick={() => setAsTable(!asTable)}>
                  {t(asTable ? 'home:business.asChart' : 'home:business.asTable')}
                </Anchor>
              </Group>
            </>
          )
        }}
      </QueryView>
    </Card>
  )
}

function Tiles({ comparison, days, today }: { comparison: Comparison; days: readonly DailySales[]; today: string }) {
  const { t } = useTranslation('home')
  const format = useFormat()
  const { day, revenueChange, forecastDeviation, typicalDeviation } = comparison
  const ahead = days.filter((each) => each.date >= today && each.forecastQuantity !== undefined)
  return (
    <dl className={classes.tiles}>
      <Tile
        name={t('business.revenue', { day: format.dayShort(day.date) })}
        value={format.money(day.revenue, day.currency)}
        note={revenueChange !== undefined && t('business.weekBefore', { change: format.percent(revenueChange, true) })}
      />
      <Tile
        name={t('business.units')}
        value={format.number(day.quantity, { max: 0 })}
        note={
          forecastDeviation === undefined
            ? t('business.orders', { count: day.orders })
            : t('business.deviation', { share: format.percent(forecastDeviation, true) })
        }
      />
      <Tile
        name={t('business.ahead', { count: ahead.length })}
        value={
          ahead.length === 0
            ? t('business.none')
            : format.number(ahead.reduce((sum, each) => sum + (each.forecastQuantity ?? 0), 0), { max: 0 })
        }
        note={
          typicalDeviation === undefined
            ? t('business.forecastSoon')
            : t('business.typically', { share: format.percent(typicalDeviation) })
        }
      />
    </dl>
  )
}

function Tile({ name, value, note }: { name: string; value: string; note: string | false }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={classes.value}>{value}</dd>
      {note !== false && <dd className={classes.note}>{note}</dd>}
    </div>
  )
}
