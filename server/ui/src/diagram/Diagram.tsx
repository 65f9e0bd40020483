import { Card, Group, SegmentedControl, Skeleton } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Outline } from './Outline'

const Canvas = lazy(() => import('./Canvas').then(({ Canvas }) => ({ default: Canvas })))

/** What happened in a diagram, and what is selected in it. */
export interface DiagramState {
  /** How often sequence flows were taken, by id. */
  flows?: Readonly<Record<string, number>>
  /** Where runs are now. */
  active?: readonly string[]
  /** Where help is needed. */
  incidents?: readonly string[]
  /** How often elements were passed, by id. */
  counts?: Readonly<Record<string, number>>
  /** What to keep in sight where a large diagram is shown in part; its start without it. */
  focus?: string
  selected?: string
  /** Selects an element; undefined for none. */
  onSelect?: (element: string | undefined) => void
}

interface Props extends DiagramState {
  xml: string
  /** Names the diagram for screen readers. */
  title: string
  /** Of the drawing; it is zoomed to fit. */
  height?: number | string
}

/** A BPMN diagram to look at, or the same as a list, for screen readers and small screens. */
export function Diagram({ xml, title, height = 'clamp(260px, 42vh, 520px)', ...state }: Props) {
  const { t } = useTranslation()
  const [view, setView] = useLocalStorage<'diagram' | 'list'>({
    key: 'segue.diagram.view',
    defaultValue: 'diagram',
    getInitialValueInEffect: false,
  })
  return (
    <Card padding={0} component="section" aria-label={t('diagram.label', { title })}>
      <Group justify="flex-end" p="xs">
        <SegmentedControl
          size="xs"
          aria-label={t('diagram.view')}
          value={view}
          onChange={(value) => setView(value as 'diagram' | 'list')}
          data={[
            { value: 'diagram', label: t('diagram.diagram') },
            { value: 'list', label: t('diagram.outline') },
          ]}
        />
      </Group>
      {view === 'list' ? (
        <Outline xml={xml} title={title} {...state} />
      ) : (
        <Suspense fallback={<Skeleton h={height} radius={0} aria-busy />}>
          <Canvas xml={xml} title={title} height={height} {...state} />
        </Suspense>
      )}
    </Card>
  )
}
