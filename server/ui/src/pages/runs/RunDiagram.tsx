import { Card } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useDiagramXml, type RunDetail, type TimelineEntry } from '~/api'
import { QueryView } from '~/components'
import { Diagram } from '~/diagram'

interface Props {
  run: RunDetail
  entries: readonly TimelineEntry[]
  selected: string | undefined
  /** What to keep in sight: where it hangs or is. */
  focus: string | undefined
  onSelect: (element: string | undefined) => void
}

/** The run's diagram with the path it took, where it is, and where it hangs. */
export function RunDiagram({ run, entries, selected, focus, onSelect }: Props) {
  const { t } = useTranslation('runs')
  const xml = useDiagramXml(run.workflow, run.version)
  const state = useMemo(() => {
    const own = entries.filter((entry) => (entry.run ?? run.id) === run.id)
    const counts: Record<string, number> = {}
    for (const entry of own) {
      if (entry.state === 'completed' && entry.type !== 'multiInstanceBody') {
        counts[entry.element] = (counts[entry.element] ?? 0) + 1
      }
    }
    return {
      counts,
      active: [...new Set(own.filter((entry) => entry.state === 'active').map((entry) => entry.element))],
      flows: Object.fromEntries(run.flows.map(({ flow, count }) => [flow, count])),
      incidents: [...new Set(run.incidents.filter((each) => each.state !== 'resolved').map((each) => each.element))],
    }
  }, [entries, run])
  if (run.version === undefined) {
    return null
  }
  return (
    <QueryView query={xml} loading={<Card h={320} aria-label={t('run.diagram')} />}>
      {(drawing) => (
        <Diagram
          xml={drawing}
          title={run.workflowTitle ?? run.workflow}
          selected={selected}
          focus={focus}
          onSelect={onSelect}
          {...state}
        />
      )}
    </QueryView>
  )
}
