import { useTranslation } from 'react-i18next'
import { Stack } from '@mantine/core'
import { EmptyState, Page, useListUrl } from '~/components'
import { RunFilters } from './RunFilters'
import { RunList } from './RunList'
import { useWantedRuns } from './useWantedRuns'

/** All runs, newest first, narrowed by filters that are in the URL. */
export function RunsPage() {
  const { t } = useTranslation('runs')
  const url = useListUrl()
  const { wanted, query, zone } = useWantedRuns(url)
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Stack gap="md">
        <RunFilters url={url} wanted={wanted} zone={zone} />
        <RunList
          url={url}
          filters={query}
          empty={<EmptyState title={t('list.none')} text={t('list.noneHelp')} />}
        />
      </Stack>
    </Page>
  )
}
