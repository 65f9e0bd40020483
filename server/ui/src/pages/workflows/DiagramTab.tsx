import { Card, Group, Select, Stack, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useDiagramXml, useWorkflowVersions, type Workflow } from '~/api'
import { QueryView, TimeText } from '~/components'
import { Diagram } from '~/diagram'
import { Notice } from '../runs/Notice'
import { faultyElements } from './findings'
import { Findings } from './Findings'

/** How many versions there are to choose from; older ones are on their own tab. */
const MOST_VERSIONS = 50

/** A version's diagram with what the check found in it. */
export function DiagramTab({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslation('workflows')
  const [params, setParams] = useSearchParams()
  const [selected, setSelected] = useState<string>()
  const versions = useWorkflowVersions(workflow.id, { limit: MOST_VERSIONS })
  const version = wanted(params.get('version')) ?? workflow.version
  const shown = versions.data?.items.find((each) => each.version === version)
  const findings = shown?.findings ?? (version === workflow.version ? workflow.findings : undefined) ?? []
  const diagram = useDiagramXml(workflow.id, version)
  const known = versions.data?.items.map((each) => each.version) ?? [workflow.version]
  const choices = known.includes(version) ? known : [...known, version]

  function choose(next: string | null) {
    const after = new URLSearchParams(params)
    if (next === null || Number(next) === workflow.version) {
      after.delete('version')
    } else {
      after.set('version', next)
    }
    setSelected(undefined)
    setParams(after, { replace: true, preventScrollReset: true })
  }

  return (
    <Stack gap="md">
      <Group gap="sm">
        <Select
          aria-label={t('version.choose')}
          w={190}
          allowDeselect={false}
          data={choices.map((each) => ({
            value: String(each),
            label:
              each === workflow.version ? t('version.nameLatest', { version: each }) : t('version.name', { version: each }),
          }))}
          value={String(version)}
          onChange={choose}
        />
        {shown && (
          <Text size="sm" c="dimmed" component="div">
            {t('version.deployedBy', { who: shown.deployedBy })} <TimeText at={shown.deployedAt} />
          </Text>
        )}
      </Group>
      {version !== workflow.version && (
        <Notice tone="neutral" icon={IconHistory} title={t('version.older', { latest: workflow.version })} />
      )}
      <QueryView query={diagram} loading={<Card h={320} />}>
        {(xml) => (
          <Diagram
            xml={xml}
            title={workflow.title}
            incidents={faultyElements(findings)}
            selected={selected}
            onSelect={setSelected}
          />
        )}
      </QueryView>
      <Findings findings={findings} selected={selected} onSelect={setSelected} />
    </Stack>
  )
}

function wanted(text: string | null): number | undefined {
  const version = Number(text)
  return Number.isInteger(version) && version >= 1 ? version : undefined
}
