import { Group } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { toneStyle, type Tone } from '~/theme/tones'
import classes from './Notice.module.css'

interface Props {
  tone: Tone
  icon: Icon
  title: string
  /** `alert` interrupts who listens, `status` waits; without it, it is part of the page. */
  role?: 'alert' | 'status'
  /** At the end, beside the text where there is room. */
  action?: ReactNode
  children?: ReactNode
}

/** Something to know before all else. */
export function Notice({ tone, icon: Sign, title, role, action, children }: Props) {
  return (
    <section role={role} aria-label={role ? undefined : title} className={classes.notice} style={toneStyle(tone)}>
      <Sign size={20} stroke={1.9} aria-hidden className={classes.sign} />
      <Group justify="space-between" gap="sm" className={classes.body}>
        <div className={classes.text}>
          <strong>{title}</strong>
          {children && <div className={classes.more}>{children}</div>}
        </div>
        {action}
      </Group>
    </section>
  )
}
