import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Workflow } from '~/api'
import { EmptyState, useListUrl } from '~/components'
import { RunFilters } from '../runs/RunFilters'
import { RunList } from '../runs/RunList'
import { useWantedRuns } from '../runs/useWantedRuns'
import { PAGE_OWN } from './pageOwn'

/** The runs of one workflow. */
export function RunsTab({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslation('workflows')
  const url = useListUrl(PAGE_OWN)
  const { wanted, query, zone } = useWantedRuns(url)
  return (
    <Stack gap="md">
      <RunFilters url={url} wanted={wanted} zone={zone} oneWorkflow />
      <RunList
        url={url}
        filters={{ ...query, workflow: workflow.id }}
        oneWorkflow
        empty={<EmptyState title={t('runs.none')} text={t('runs.noneHelp')} />}
      />
    </Stack>
  )
}
