import { Card, Text, Title } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRuns, type Run, type Site } from '~/api'
import { EmptyState, lookOf, QueryView } from '~/components'
import { businessDay, businessDayStart, useFormat, useNow } from '~/format'
import { toneStyle } from '~/theme/tones'
import classes from './TodayAtSites.module.css'

const MOST = 500
/** The states worth telling apart at a glance, the pressing ones first. */
const SHOWN = ['incident', 'active', 'starting', 'completed', 'cancelled', 'refused'] as const

/** What ran at each site on its own business day. */
export function TodayAtSites({ sites }: { sites: readonly Site[] }) {
  const { t } = useTranslation('home')
  const now = useNow()
  const starts = sites.map((site) => businessDayStart(now, site).toISOString())
  const since = [...starts].sort()[0]
  const runs = useRuns({ since, limit: MOST }, since !== undefined)
  if (sites.length === 0) {
    return (
      <Card>
        <EmptyState title={t('today.noSites')} text={t('today.noSitesHelp')} />
      </Card>
    )
  }
  return (
    <Card component="section" aria-labelledby="today" padding={0}>
      <Title order={2} id="today" px="md" pt="md" pb="xs">
        {t('today.title')}
      </Title>
      <QueryView query={runs}>
        {({ items }) =>
          sites.map((site, index) => <AtSite key={site.id} site={site} since={starts[index] ?? ''} runs={items} now={now} />)
        }
      </QueryView>
    </Card>
  )
}

function AtSite({ site, since, runs, now }: { site: Site; since: string; runs: readonly Run[]; now: Date }) {
  const { t } = useTranslation(['home', 'common'])
  const format = useFormat()
  const counts = useMemo(() => count(runs.filter((run) => run.site === site.id && run.createdAt >= since)), [runs, site.id, since])
  const states = SHOWN.filter((state) => counts.has(state))
  return (
    <div className={classes.site}>
      <Text fw={600}>{site.name}</Text>
      <Text size="sm" c="dimmed">
        {t('home:today.day', { day: format.day(businessDay(now, site)), time: format.time(now, site.zone) })}
      </Text>
      {states.length === 0 ? (
        <Text size="sm" mt={6}>
          {t('home:today.nothing')}
        </Text>
      ) : (
        <ul className={classes.states}>
          {states.map((state) => {
            const { tone, icon: Sign } = lookOf('run', state)
            return (
              <li key={state}>
                <Link
                  to={`/runs?site=${encodeURIComponent(site.id)}&state=${state}&since=${encodeURIComponent(since)}`}
                  className={classes.state}
                  style={toneStyle(tone)}
                >
                  <span className={classes.number}>{format.number(counts.get(state) ?? 0)}</span>
                  <span className={classes.word}>
                    <Sign size={14} stroke={2.2} aria-hidden />
                    {t(`common:state.run.${state}`)}
                  </span>
                </Link>
              </li>
            )
          })}
        </ul>
      )}
    </div>
  )
}

function count(runs: readonly Run[]): Map<string, number> {
  const counts = new Map<string, number>()
  runs.forEach(({ state }) => counts.set(state, (counts.get(state) ?? 0) + 1))
  return counts
}
