import { Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Entrance.module.css'
import { LanguageSwitch } from './LanguageSwitch'
import { Logo } from './Logo'

/** The frame of what people see before they are let in. */
export function Entrance({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className={classes.entrance}>
      <div className={classes.picture}>
        <Group gap={12}>
          <Logo size={44} />
          <Text span fw={700} fz="2rem" lh={1} style={{ letterSpacing: '-0.03em' }}>
            {t('app.name')}
          </Text>
        </Group>
        <p className={classes.lead}>{t('session.lead')}</p>
        <Arcs />
      </div>
      <main className={classes.door}>
        <div className={classes.form}>{children}</div>
        <LanguageSwitch />
      </main>
    </div>
  )
}

/** The logo's slur, played on: a row of steps that lead into each other. */
function Arcs() {
  const steps = [0, 1, 2, 3, 4, 5]
  return (
    <svg viewBox="0 0 620 150" className={classes.arcs} aria-hidden focusable="false">
      {steps.map((step) => (
        <g key={step} opacity={1 - step * 0.15}>
          <path
            d={`M${20 + step * 100} 96C${32 + step * 100} ${40 - step * 4} ${108 + step * 100} ${40 - step * 4} ${120 + step * 100} 96`}
            fill="none"
            stroke="var(--accent)"
            strokeWidth="5"
            strokeLinecap="round"
          />
          <circle cx={20 + step * 100} cy="116" r="11" fill="#d6eef3" />
        </g>
      ))}
    </svg>
  )
}
