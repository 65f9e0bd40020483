import { Text, UnstyledButton } from '@mantine/core'
import {
  IconAlertTriangle,
  IconChecklist,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconDiamond,
  IconFolder,
  IconPlayerPlay,
  IconPuzzle,
  IconSitemap,
  IconSquare,
  type Icon,
} from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { toneStyle } from '~/theme/tones'
import type { DiagramState } from './Diagram'
import classes from './Outline.module.css'
import { outlineOf, type ElementKind, type OutlineItem } from './outline'

const icons: Record<ElementKind, Icon> = {
  event: IconCircle,
  task: IconSquare,
  step: IconPuzzle,
  approval: IconChecklist,
  gateway: IconDiamond,
  subprocess: IconFolder,
  call: IconSitemap,
}

/** A diagram as a list: the same elements, states and selection. */
export function Outline({ xml, title, ...state }: DiagramState & { xml: string; title: string }) {
  const { t } = useTranslation()
  const items = useMemo(() => outlineOf(xml), [xml])
  return (
    <ol className={classes.list} aria-label={`${title}: ${t('diagram.outline')}`}>
      {items.map((item) => (
        <li key={item.id} style={{ paddingLeft: `${item.level * 1.4}rem` }}>
          <Line item={item} {...state} />
        </li>
      ))}
    </ol>
  )
}

function Line({ item, selected, onSelect, ...state }: DiagramState & { item: OutlineItem }) {
  const { t } = useTranslation()
  const Kind = icons[item.kind]
  const kind = t(`diagram.kind.${item.kind}`)
  const content = (
    <>
      <Kind size={17} stroke={1.7} aria-hidden />
      <span className={classes.name}>
        {item.name ?? kind}
        {item.name && (
          <Text span size="xs" c="dimmed">
            {' '}
            {kind}
          </Text>
        )}
      </span>
      <Progress item={item} {...state} />
    </>
  )
  return onSelect ? (
    <UnstyledButton
      className={classes.line}
      aria-pressed={selected === item.id}
      onClick={() => onSelect(selected === item.id ? undefined : item.id)}
    >
      {content}
    </UnstyledButton>
  ) : (
    <div className={classes.line}>{content}</div>
  )
}

function Progress({ item, active, incidents, counts }: DiagramState & { item: OutlineItem }) {
  const { t } = useTranslation()
  const count = counts?.[item.id] ?? 0
  if (incidents?.includes(item.id)) {
    return <Mark tone="bad" icon={IconAlertTriangle} text={t('diagram.incident')} />
  }
  if (active?.includes(item.id)) {
    return <Mark tone="active" icon={IconPlayerPlay} text={t('diagram.here')} />
  }
  if (count > 0) {
    return <Mark tone="good" icon={IconCircleCheck} text={t('diagram.done', { count })} />
  }
  return counts === undefined ? null : <Mark tone="neutral" icon={IconCircleDashed} text={t('diagram.untouched')} />
}

function Mark({ tone, icon: Sign, text }: { tone: 'bad' | 'active' | 'good' | 'neutral'; icon: Icon; text: string }) {
  return (
    <span className={classes.mark} style={toneStyle(tone)}>
      <Sign size={13} stroke={2.2} aria-hidden />
      {text}
    </span>
  )
}
