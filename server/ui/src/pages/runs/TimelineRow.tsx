import { Progress } from '@mantine/core'
import {
  IconAlertTriangle,
  IconBan,
  IconChecklist,
  IconCircleCheck,
  IconClock,
  IconLoader2,
  type Icon,
} from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSite, type TimelineEntry } from '~/api'
import { useFormat } from '~/format'
import type { Hint } from '~/live'
import type { Tone } from '~/theme/tones'
import { Elapsed } from './Elapsed'
import { spanWithin } from './timeline'
import type { TimelineProps } from './Timeline'
import classes from './Timeline.module.css'

/** A step: how it stands, what it is, when and how long. Selecting it shows what it got and made. */
export function TimelineRow({ entry, troubled, span, site, progress, selected, reveal, onSelect, detail }: TimelineProps & { entry: TimelineEntry }) {
  const { t } = useTranslation('runs')
  const format = useFormat()
  const zone = useSite(site)?.zone
  const row = useRef<HTMLButtonElement>(null)
  const chosen = selected === entry.id
  const look = lookOf(entry, troubled.has(entry.id))
  const hint = liveHint(entry, progress)

  useEffect(() => {
    if (chosen && reveal) {
      row.current?.scrollIntoView({ block: 'nearest', behavior: 'smooth' })
    }
  }, [chosen, reveal])

  return (
    <>
      <button
        ref={row}
        type="button"
        className={classes.row}
        aria-pressed={chosen}
        data-entry={entry.id}
        onClick={() => onSelect(chosen ? undefined : entry.id)}
      >
        <span className={classes.sign} style={{ color: `var(--tone-${look.tone}-text)` }}>
          <look.icon size={19} stroke={1.9} aria-hidden className={look.spins ? classes.spins : undefined} />
          <span className="visually-hidden">{t(`entry.${look.words}`)}</span>
        </span>
        <span className={classes.main}>
          <span className={classes.name}>{entry.name}</span>
          <Meta entry={entry} hint={hint} trouble={troubled.has(entry.id)} />
        </span>
        <Bar entry={entry} span={span} tone={look.tone} />
        <span className={classes.times}>
          <span className={classes.took}>
            <Elapsed from={entry.startedAt} to={entry.endedAt} />
          </span>
          <span className={classes.at}>
            {format.timeExact(entry.startedAt, zone)}
          </span>
        </span>
      </button>
      {chosen && detail && <div className={classes.detail}>{detail}</div>}
    </>
  )
}

function Meta({ entry, hint, trouble }: { entry: TimelineEntry; hint: Hint | undefined; trouble: boolean }) {
  const { t } = useTranslation('runs')
  const format = useFormat()
  const tries = entry.attempts ?? 0
  const parts = [
    entry.plugin && `${entry.plugin}${entry.pluginVersion ? ` ${entry.pluginVersion}` : ''}`,
    tries > 1 && t('entry.attempts', { count: tries }),
    entry.state === 'active' && !trouble && tries > 0 && entry.retriesLeft !== undefined && t('entry.retriesLeft', { count: entry.retriesLeft }),
    hint?.fraction !== undefined && format.percent(hint.fraction),
    hint?.text,
  ].filter((part) => typeof part === 'string' && part !== '')
  return (
    <>
      {parts.length > 0 && <span className={classes.meta}>{parts.join(' · ')}</span>}
      {hint?.fraction !== undefined && (
        <Progress value={hint.fraction * 100} size={5} mt={4} aria-label={t('entry.progress', { step: entry.name })} />
      )}
      {entry.message && entry.state !== 'completed' && !trouble && <span className={classes.message}>{entry.message}</span>}
    </>
  )
}

/** When the step ran, beside the others; the times are there as text, too. */
function Bar({ entry, span, tone }: { entry: TimelineEntry; span: TimelineProps['span']; tone: Tone }) {
  const from = Date.parse(entry.startedAt)
  const to = entry.endedAt === undefined ? span.to : Date.parse(entry.endedAt)
  const { left, width } = spanWithin(span, { from, to })
  return (
    <span className={classes.track} aria-hidden>
      <span
        className={classes.bar}
        style={{
          left: `${left * 100}%`,
          width: `max(3px, ${width * 100}%)`,
          backgroundColor: `var(--tone-${tone}-text)`,
        }}
      />
    </span>
  )
}

interface Look {
  icon: Icon
  tone: Tone
  words: 'trouble' | 'waiting' | 'active' | 'completed' | 'terminated'
  spins?: boolean
}

function lookOf(entry: TimelineEntry, trouble: boolean): Look {
  if (trouble) {
    return { icon: IconAlertTriangle, tone: 'bad', words: 'trouble' }
  }
  switch (entry.state) {
    case 'completed':
      return { icon: IconCircleCheck, tone: 'good', words: 'completed' }
    case 'terminated':
      return { icon: IconBan, tone: 'neutral', words: 'terminated' }
    case 'active':
      if (entry.type === 'userTask') {
        return { icon: IconChecklist, tone: 'attention', words: 'waiting' }
      }
      return entry.type.endsWith('Event') || entry.type === 'receiveTask'
        ? { icon: IconClock, tone: 'attention', words: 'waiting' }
        : { icon: IconLoader2, tone: 'active', words: 'active', spins: true }
  }
}

/** What an active step last said of itself; nothing that an earlier round of it said. */
export function liveHint(entry: TimelineEntry, progress: ReadonlyMap<string, Hint>): Hint | undefined {
  const hint = entry.state === 'active' ? progress.get(entry.element) : undefined
  return hint !== undefined && Date.parse(hint.at) >= Date.parse(entry.startedAt) ? hint : undefined
}
