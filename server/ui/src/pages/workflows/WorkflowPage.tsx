import { Stack, Tabs } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import { asProblem, useWorkflow, type Workflow } from '~/api'
import { EmptyState, Page, ProblemNotice, QueryView, StateBadge, TimeText } from '~/components'
import { useMay } from '~/session'
import { Facts } from '../runs/Facts'
import { DiagramTab } from './DiagramTab'
import { PauseButton } from './PauseButton'
import { PausedBadge } from './PausedBadge'
import { RunsTab } from './RunsTab'
import { StartRun } from './StartRun'
import { VersionsTab } from './VersionsTab'
import { WeekText } from './WeekText'
import classes from './Workflows.module.css'

const TABS = ['diagram', 'runs', 'versions'] as const
type Tab = (typeof TABS)[number]

/** One workflow: what it does, how it does, and a way to start it. */
export function WorkflowPage() {
  const { id = '' } = useParams()
  const { t } = useTranslation('workflows')
  const query = useWorkflow(id)
  const back = { to: '/workflows', label: t('title') }
  if (query.data === undefined) {
    const problem = query.error && asProblem(query.error)
    return (
      <Page title={t('page.title')} back={back}>
        {problem?.kind === 'missing' ? (
          <EmptyState title={t('page.unknown')} text={t('page.unknownHelp')} />
        ) : (
          <QueryView query={query}>{() => null}</QueryView>
        )}
      </Page>
    )
  }
  return <Loaded key={id} workflow={query.data} query={query} back={back} />
}

interface LoadedProps {
  workflow: Workflow
  query: ReturnType<typeof useWorkflow>
  back: { to: string; label: string }
}

function Loaded({ workflow, query, back }: LoadedProps) {
  const { t } = useTranslation('workflows')
  const mayStart = useMay('operator')
  const mayPause = useMay('designer') || mayStart
  const [params, setParams] = useSearchParams()
  const tab = TABS.find((each) => each === params.get('tab')) ?? 'diagram'

  /** A tab's own filters go with it. */
  function show(next: Tab) {
    setParams(next === 'diagram' ? {} : { tab: next }, { replace: true, preventScrollReset: true })
  }

  return (
    <Page
      title={workflow.title}
      back={back}
      lead={workflow.description}
      badge={
        <>
          {workflow.health && <StateBadge kind="health" state={workflow.health.state} />}
          {workflow.paused && <PausedBadge />}
        </>
      }
      actions={
        <>
          {mayPause && <PauseButton workflow={workflow} />}
          {mayStart && <StartRun workflow={workflow} />}
        </>
      }
    >
      {query.error && <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      <Health workflow={workflow} />
      <Tabs value={tab} onChange={(value) => show((value ?? 'diagram') as Tab)} keepMounted={false}>
        <Tabs.List className={classes.tabs}>
          {TABS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`tab.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="diagram" pt="md">
          <DiagramTab workflow={workflow} />
        </Tabs.Panel>
        <Tabs.Panel value="runs" pt="md">
          <RunsTab workflow={workflow} />
        </Tabs.Panel>
        <Tabs.Panel value="versions" pt="md">
          <VersionsTab workflow={workflow} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

function Health({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslation(['workflows', 'common'])
  const health = workflow.health
  if (health === undefined) {
    return null
  }
  return (
    <Stack gap="xs">
      <Facts
        facts={[
          { name: t('column.week'), value: <WeekText health={health} /> },
          { name: t('column.incidents'), value: health.openIncidents },
          { name: t('fact.active'), value: health.active },
          {
            name: t('column.lastRun'),
            value: health.lastRunAt ? <TimeText at={health.lastRunAt} /> : t('list.never'),
          },
          { name: t('column.version'), value: workflow.version },
          { name: t('fact.id'), value: workflow.id },
        ]}
      />
    </Stack>
  )
}
