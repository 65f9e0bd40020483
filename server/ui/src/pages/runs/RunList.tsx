import { Button, Group, Progress, Text } from '@mantine/core'
import { IconArrowUp } from '@tabler/icons-react'
import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useRuns, type Run, type RunFilters } from '~/api'
import { PagedList, SiteName, StateBadge, TimeText, type Column, type ListUrl } from '~/components'
import { useFormat } from '~/format'
import { Elapsed } from './Elapsed'
import { StartedBy } from './RunFacts'
import classes from './RunList.module.css'
import { useLatestProgress } from './useLatestProgress'
import { useSteady } from './useSteady'

interface Props {
  url: ListUrl
  filters: RunFilters
  empty: ReactNode
  /** Leaves out whose runs they are. */
  oneWorkflow?: boolean
}

/** Runs as a table, or cards on a phone. It stays up to date without moving what somebody is about to click. */
export function RunList({ url, filters, empty, oneWorkflow = false }: Props) {
  const { t } = useTranslation('runs')
  const query = useRuns(filters)
  const settled = query.isPlaceholderData ? undefined : query.data
  const { page, waiting, gone, release, handlers } = useSteady(settled, JSON.stringify(filters))
  const columns = useColumns(oneWorkflow, gone)
  return (
    <div {...handlers} className={classes.list}>
      {waiting > 0 && (
        <div className={classes.waiting}>
          <Button size="compact-sm" leftSection={<IconArrowUp size={15} aria-hidden />} onClick={release}>
            {t('list.newer', { count: waiting })}
          </Button>
        </div>
      )}
      <PagedList<Run>
        label={t('title')}
        query={{ ...query, data: page ?? query.data }}
        columns={columns}
        rowKey={(run) => run.id}
        rowHref={(run) => `/runs/${run.id}`}
        url={url}
        empty={empty}
      />
    </div>
  )
}

function useColumns(oneWorkflow: boolean, gone: ReadonlySet<string>): Column<Run>[] {
  const { t } = useTranslation(['runs', 'common'])
  return useMemo(
    () => [
      {
        header: t('column.run'),
        phone: 'title',
        cell: (run) => <RunName run={run} oneWorkflow={oneWorkflow} />,
      },
      {
        header: t('common:state.label'),
        phone: 'badge',
        cell: (run) => <RunStanding run={run} gone={gone.has(run.id)} />,
      },
      {
        header: t('common:site.label'),
        cell: (run) => (run.site ? <SiteName id={run.site} /> : t('common:none')),
      },
      { header: t('column.startedBy'), cell: (run) => <StartedBy run={run} /> },
      {
        header: t('column.started'),
        narrow: true,
        cell: (run) => <TimeText at={run.startedAt ?? run.createdAt} site={run.site} />,
      },
      {
        header: t('column.took'),
        align: 'right',
        narrow: true,
        cell: (run) =>
          run.state === 'refused' || run.state === 'starting' ? (
            t('common:none')
          ) : (
            <Elapsed from={run.startedAt ?? run.createdAt} to={run.endedAt} />
          ),
      },
    ],
    [t, oneWorkflow, gone],
  )
}

function RunName({ run, oneWorkflow }: { run: Run; oneWorkflow: boolean }) {
  const short = run.id.slice(0, 8)
  const title = oneWorkflow ? (run.businessKey ?? short) : (run.workflowTitle ?? run.workflow)
  const below = oneWorkflow ? (run.businessKey ? short : '') : [run.businessKey, short].filter(Boolean).join(' · ')
  return (
    <>
      {title}
      {below && (
        <Text component="span" display="block" size="xs" c="dimmed" fw={400} className={classes.id}>
          {below}
        </Text>
      )}
    </>
  )
}

/** The state, and what an active run is at. */
function RunStanding({ run, gone }: { run: Run; gone: boolean }) {
  const { t } = useTranslation('runs')
  const format = useFormat()
  const hint = useLatestProgress(run.state === 'active' ? run.id : undefined)
  const waits = run.state === 'active' ? (run.openApprovals ?? 0) : 0
  return (
    <>
      <Group gap={5}>
        <StateBadge kind="run" state={run.state} />
        {run.mode === 'simulated' && <StateBadge kind="mode" state="simulated" />}
      </Group>
      {gone && <Note text={t('list.gone')} />}
      {waits > 0 && <Note text={t('list.waits', { count: waits })} />}
      {waits === 0 && hint && (
        <>
          <Note text={[hint.text, hint.fraction !== undefined && format.percent(hint.fraction)].filter(Boolean).join(' · ')} />
          {hint.fraction !== undefined && (
            <Progress value={hint.fraction * 100} size={4} mt={3} maw={160} aria-label={t('list.progress')} />
          )}
        </>
      )}
    </>
  )
}

function Note({ text }: { text: string }) {
  return (
    <Text component="span" display="block" size="xs" c="dimmed" mt={2}>
      {text}
    </Text>
  )
}
