import { Tooltip } from '@mantine/core'
import { IconAlarm, IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSite } from '~/api'
import { useFormat, useNow } from '~/format'
import { toneStyle } from '~/theme/tones'
import classes from './DueText.module.css'

const SOON = 4 * 3_600_000

/** How long there is to decide; stands out when that is short or has passed. */
export function DueText({ at, site }: { at: string; site?: string }) {
  const { t } = useTranslation('approvals')
  const format = useFormat()
  const now = useNow()
  const zone = useSite(site)?.zone
  const left = new Date(at).getTime() - now.getTime()
  const tone = left < 0 ? 'bad' : left < SOON ? 'attention' : undefined
  const Icon = left < 0 ? IconAlertTriangle : IconAlarm
  const words =
    left < 0 ? t('due.over', { duration: format.duration(-left) }) : t('due.in', { duration: format.duration(left) })
  return (
    <Tooltip label={format.dateTime(at, zone)}>
      <span className={classes.due} data-tone={tone} style={tone && toneStyle(tone)}>
        {tone && <Icon size={14} stroke={2.2} aria-hidden />}
        {words}
      </span>
    </Tooltip>
  )
}
