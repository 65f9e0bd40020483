import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Workflow } from '~/api'
import { useFormat } from '~/format'
import classes from './Workflows.module.css'

type Health = NonNullable<Workflow['health']>

const PARTS = [
  ['completed', 'good'],
  ['active', 'active'],
  ['cancelled', 'neutral'],
  ['failed', 'bad'],
] as const

/** How the runs of the last seven days went, as a bar and in words. */
export function WeekText({ health }: { health: Health }) {
  const { t } = useTranslation('workflows')
  const format = useFormat()
  // Runs that failed are not over, so they count among the active ones, too.
  const counts = { ...health, active: Math.max(0, health.active - health.failed) }
  const words = PARTS.filter(([part]) => counts[part] > 0).map(([part]) => t(`week.${part}`, { count: counts[part] }))
  if (health.runs === 0) {
    return <span className={classes.quiet}>{t('week.none')}</span>
  }
  const all = PARTS.reduce((sum, [part]) => sum + counts[part], 0)
  return (
    <Tooltip label={format.list(words)}>
      <span className={classes.week}>
        <span>{t('week.runs', { count: health.runs })}</span>
        <span className={classes.weekBar} aria-hidden>
          {PARTS.map(([part, tone]) => (
            <span
              key={part}
              style={{ flexGrow: all === 0 ? 0 : counts[part] / all, backgroundColor: `var(--tone-${tone}-text)` }}
            />
          ))}
        </span>
        <span className="visually-hidden">: {format.list(words)}</span>
      </span>
    </Tooltip>
  )
}
