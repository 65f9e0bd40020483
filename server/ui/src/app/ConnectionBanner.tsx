import { Button } from '@mantine/core'
import { IconCircleCheck, IconCloudOff } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '~/format'
import { useLive } from '~/live'
import classes from './ConnectionBanner.module.css'

/** A blip shorter than this is nobody's business. */
const PATIENCE_MILLIS = 2_500
const HEALED_MILLIS = 6_000

/** Says that the live connection is lost and since when, and that it has healed. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const format = useFormat()
  const { state, asOf, connectNow } = useLive()
  const lost = state === 'reconnecting' || state === 'offline'
  const shown = useShown(lost)
  if (shown === 'nothing') {
    return <div role="status" />
  }
  if (shown === 'healed') {
    return (
      <div role="status" className={classes.healed} data-connection="healed">
        <IconCircleCheck size={18} aria-hidden />
        <span>{t('live.healed')}</span>
      </div>
    )
  }
  return (
    <div role="status" className={classes.lost} data-connection={state}>
      <IconCloudOff size={18} aria-hidden />
      <span>{t(state === 'offline' ? 'live.offline' : 'live.reconnecting', { time: format.time(asOf) })}</span>
      <Button size="compact-xs" variant="default" onClick={connectNow}>
        {t('live.tryNow')}
      </Button>
    </div>
  )
}

function useShown(lost: boolean): 'nothing' | 'lost' | 'healed' {
  const [shown, setShown] = useState<'nothing' | 'lost' | 'healed'>('nothing')
  const told = useRef(false)
  useEffect(() => {
    if (lost) {
      const timer = setTimeout(() => {
        told.current = true
        setShown('lost')
      }, PATIENCE_MILLIS)
      return () => clearTimeout(timer)
    }
    if (!told.current) {
      return undefined
    }
    told.current = false
    setShown('healed')
    const timer = setTimeout(() => setShown('nothing'), HEALED_MILLIS)
    return () => clearTimeout(timer)
  }, [lost])
  return shown
}
