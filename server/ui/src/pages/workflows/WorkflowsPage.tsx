import { Text } from '@mantine/core'
import { IconSitemap } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkflows, type Workflow } from '~/api'
import { EmptyState, Page, PagedList, StateBadge, TimeText, useListUrl, type Column } from '~/components'
import { PausedBadge } from './PausedBadge'
import { WeekText } from './WeekText'

/** All workflows with how they do. */
export function WorkflowsPage() {
  const { t } = useTranslation('workflows')
  const url = useListUrl()
  const query = useWorkflows({ cursor: url.cursor })
  return (
    <Page title={t('title')} lead={t('lead')}>
      <PagedList<Workflow>
        label={t('title')}
        query={query}
        columns={useColumns()}
        rowKey={(workflow) => workflow.id}
        rowHref={(workflow) => `/workflows/${encodeURIComponent(workflow.id)}`}
        url={url}
        empty={<EmptyState icon={IconSitemap} title={t('list.none')} text={t('list.noneHelp')} />}
      />
    </Page>
  )
}

function useColumns(): Column<Workflow>[] {
  const { t } = useTranslation(['workflows', 'common'])
  return useMemo(
    () => [
      { header: t('column.workflow'), phone: 'title', cell: (workflow) => <Name workflow={workflow} /> },
      { header: t('column.health'), phone: 'badge', cell: (workflow) => <Standing workflow={workflow} /> },
      { header: t('column.week'), cell: (workflow) => workflow.health && <WeekText health={workflow.health} /> },
      {
        header: t('column.incidents'),
        align: 'right',
        narrow: true,
        cell: (workflow) => <Incidents count={workflow.health?.openIncidents ?? 0} />,
      },
      { header: t('column.lastRun'), narrow: true, cell: (workflow) => <LastRun workflow={workflow} /> },
      {
        header: t('column.version'),
        align: 'right',
        narrow: true,
        phone: 'hidden',
        cell: (workflow) => workflow.version,
      },
    ],
    [t],
  )
}

function Name({ workflow }: { workflow: Workflow }) {
  return (
    <>
      {workflow.title}
      {workflow.description && (
        <Text component="span" display="block" size="xs" c="dimmed" fw={400} lineClamp={2} maw={520}>
          {workflow.description}
        </Text>
      )}
    </>
  )
}

function Standing({ workflow }: { workflow: Workflow }) {
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: 5 }}>
      {workflow.health && <StateBadge kind="health" state={workflow.health.state} />}
      {workflow.paused && <PausedBadge />}
    </span>
  )
}

function Incidents({ count }: { count: number }) {
  return count === 0 ? (
    <Text span size="sm" c="dimmed">
      0
    </Text>
  ) : (
    <Text span size="sm" fw={700} style={{ color: 'var(--tone-bad-text)' }}>
      {count}
    </Text>
  )
}

function LastRun({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslation('workflows')
  const health = workflow.health
  if (health?.lastRunAt === undefined) {
    return (
      <Text span size="sm" c="dimmed">
        {t('list.never')}
      </Text>
    )
  }
  return (
    <span style={{ display: 'inline-flex', flexWrap: 'wrap', gap: 6, alignItems: 'center' }}>
      <TimeText at={health.lastRunAt} />
      {health.lastRunState && <StateBadge kind="run" state={health.lastRunState} />}
    </span>
  )
}
