import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { toneStyle } from '~/theme/tones'
import { lookOf, type StateKind } from './states'
import classes from './StateBadge.module.css'

/** A state in words, with an icon and a colour. */
export function StateBadge({ kind, state, style }: { kind: StateKind; state: string; style?: CSSProperties }) {
  const { t } = useTranslation()
  const { tone, icon: Icon } = lookOf(kind, state)
  const words = t(`state.${kind}.${state}` as never, { defaultValue: state }) as string
  return (
    <span className={classes.badge} style={{ ...toneStyle(tone), ...style }} data-state={state}>
      <Icon size={14} stroke={2.2} aria-hidden />
      {words}
    </span>
  )
}
