import { Anchor, Card, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useWorkflowVersions, type Workflow, type WorkflowVersion } from '~/api'
import { EmptyState, PagedList, PersonName, TimeText, useListUrl, type Column } from '~/components'
import { countFindings } from './findings'
import { FindingCounts } from './Findings'
import { PAGE_OWN } from './pageOwn'

/** Who deployed what when, and what was found in it. */
export function VersionsTab({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslation('workflows')
  const url = useListUrl(PAGE_OWN)
  const query = useWorkflowVersions(workflow.id, { cursor: url.cursor })
  const columns: Column<WorkflowVersion>[] = [
    {
      header: t('column.version'),
      phone: 'title',
      cell: ({ version }) => (
        <Group gap="xs">
          {t('version.name', { version })}
          {version === workflow.version && (
            <Text span size="xs" c="dimmed" fw={400}>
              {t('version.latest')}
            </Text>
          )}
        </Group>
      ),
    },
    { header: t('version.by'), cell: ({ deployedBy }) => <PersonName name={deployedBy} /> },
    { header: t('version.when'), cell: ({ deployedAt }) => <TimeText at={deployedAt} as="moment" /> },
    {
      header: t('findings.title'),
      cell: ({ findings }) => <FindingCounts counts={countFindings(findings ?? [])} />,
    },
    {
      header: t('version.steps'),
      align: 'right',
      narrow: true,
      cell: ({ stepTypes }) => stepTypes?.length ?? 0,
    },
  ]
  return (
    <Stack gap="sm">
      <PagedList<WorkflowVersion>
        label={t('tab.versions')}
        query={query}
        columns={columns}
        rowKey={({ version }) => String(version)}
        rowHref={({ version }) => `/workflows/${encodeURIComponent(workflow.id)}?version=${version}`}
        url={url}
        empty={<EmptyState title={t('version.none')} />}
      />
      <Card padding="sm">
        <Text size="sm" c="dimmed">
          {t('version.help')}{' '}
          <Anchor component={Link} inherit underline="always" to={`/runs?workflow=${encodeURIComponent(workflow.id)}`}>
            {t('version.runs')}
          </Anchor>
        </Text>
      </Card>
    </Stack>
  )
}
