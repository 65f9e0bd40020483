import { Skeleton, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { asProblem, useRun, type RunDetail } from '~/api'
import { EmptyState, Page, ProblemNotice, QueryView, StateBadge } from '~/components'
import { useMay } from '~/session'
import { CancelRun } from './CancelRun'
import { RunAgain } from './RunAgain'
import { RunBody } from './RunBody'
import { RunFacts } from './RunFacts'

/** One run: where it is, what it did, what it needs. */
export function RunPage() {
  const { id = '' } = useParams()
  const query = useRun(id)
  const { t } = useTranslation('runs')
  const back = { to: '/runs', label: t('title') }
  if (query.error && query.data === undefined) {
    const problem = asProblem(query.error)
    return (
      <Page title={t('run.title')} back={back}>
        {problem.kind === 'missing' || problem.kind === 'invalid' ? (
          <EmptyState title={t('run.unknown')} text={t('run.unknownHelp')} />
        ) : (
          <ProblemNotice problem={problem} onRetry={() => void query.refetch()} />
        )}
      </Page>
    )
  }
  if (query.data === undefined) {
    return (
      <Page title={t('run.title')} back={back}>
        <QueryView query={query} loading={<Loading />}>
          {() => null}
        </QueryView>
      </Page>
    )
  }
  // A run keeps its page while it is read again; another run has a fresh one.
  return <Loaded key={id} run={query.data} query={query} back={back} />
}

interface LoadedProps {
  run: RunDetail
  query: ReturnType<typeof useRun>
  back: { to: string; label: string }
}

function Loaded({ run, query, back }: LoadedProps) {
  const mayRun = useMay('operator')
  const over = run.endedAt !== undefined || run.state === 'refused' || run.state === 'cancelled'
  return (
    <Page
      title={run.workflowTitle ?? run.workflow}
      back={back}
      badge={
        <>
          <StateBadge kind="run" state={run.state} />
          {run.mode && <StateBadge kind="mode" state={run.mode} />}
        </>
      }
      actions={
        mayRun && (
          <>
            {over && <RunAgain run={run} />}
            {!over && run.state !== 'cancelling' && <CancelRun run={run} />}
          </>
        )
      }
    >
      {query.error && <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      <RunFacts run={run} />
      <RunBody run={run} />
    </Page>
  )
}

function Loading() {
  return (
    <Stack>
      <Skeleton h={44} w="70%" />
      <Skeleton h={300} />
      <Skeleton h={200} />
    </Stack>
  )
}
