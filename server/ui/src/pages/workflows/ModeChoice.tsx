import { Radio } from '@mantine/core'
import { IconArrowsExchange, IconFlask } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Mode } from '~/api'
import classes from './Workflows.module.css'

const SIGNS = { simulated: IconFlask, live: IconArrowsExchange } as const

/** Asks whether a run is meant, and says what either means. */
export function ModeChoice({ mode, onChange }: { mode: Mode; onChange: (mode: Mode) => void }) {
  const { t } = useTranslation('workflows')
  return (
    <Radio.Group value={mode} onChange={(value) => onChange(value as Mode)} label={t('start.mode')}>
      <div className={classes.modes}>
        {(['simulated', 'live'] as const).map((each) => {
          const Sign = SIGNS[each]
          return (
            <Radio.Card key={each} value={each} className={classes.mode} aria-label={t(`start.is.${each}`)}>
              <span className={classes.modeTitle}>
                <Radio.Indicator size="xs" />
                <Sign size={17} aria-hidden />
                {t(`start.is.${each}`)}
              </span>
              <p className={classes.modeText}>{t(`start.means.${each}`)}</p>
            </Radio.Card>
          )
        })}
      </div>
    </Radio.Group>
  )
}
