import { useTranslation } from 'react-i18next'
import { useSites } from '~/api'
import { Page, QueryView } from '~/components'
import { useFormat, useNow } from '~/format'
import { useMe } from '~/session'
import { Business } from './Business'
import { FirstSteps } from './FirstSteps'
import classes from './HomePage.module.css'
import { NeedsYou } from './NeedsYou'
import { TodayAtSites } from './TodayAtSites'

/** What needs me now, what ran today, how the business does. */
export function HomePage() {
  const { t } = useTranslation('home')
  const me = useMe()
  const now = useNow()
  const format = useFormat()
  const sites = useSites()
  return (
    <Page title={t(`greeting.${timeOfDay(now)}`, { name: me.displayName })} lead={format.longDay(now)}>
      <div className={classes.grid}>
        <div className={classes.main}>
          <NeedsYou />
          <QueryView query={sites}>{(all) => <Business sites={all} />}</QueryView>
        </div>
        <div className={classes.aside}>
          <FirstSteps />
          <QueryView query={sites}>{(all) => <TodayAtSites sites={all} />}</QueryView>
        </div>
      </div>
    </Page>
  )
}

function timeOfDay(now: Date): 'morning' | 'day' | 'evening' {
  const hour = now.getHours()
  return hour >= 4 && hour < 12 ? 'morning' : hour >= 12 && hour < 18 ? 'day' : 'evening'
}
