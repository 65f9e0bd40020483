import { IconPlayerPause } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { toneStyle } from '~/theme/tones'
import classes from './Workflows.module.css'

/** Says that a workflow starts no runs for now. */
export function PausedBadge() {
  const { t } = useTranslation('workflows')
  return (
    <span className={classes.badge} style={toneStyle('attention')}>
      <IconPlayerPause size={14} stroke={2.2} aria-hidden />
      {t('paused.badge')}
    </span>
  )
}
