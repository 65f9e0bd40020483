import { Badge, Card, Stack, Tabs } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { RunDetail } from '~/api'
import { useProgress } from '~/live'
import { ApprovalsTab } from './ApprovalsTab'
import { ChangesTab } from './ChangesTab'
import { DataView } from './DataView'
import { useSecond } from './Elapsed'
import { EarlierEntries, useEarlier } from './EarlierEntries'
import { NotReached } from './NotReached'
import { RepairDialog, type Repair } from './RepairDialog'
import classes from './RunBody.module.css'
import { RunDiagram } from './RunDiagram'
import { RunNotices } from './RunNotices'
import { StepDetail } from './StepDetail'
import { Timeline } from './Timeline'
import { firstLook, mergeEntries, shownAt, troubledEntries, visitsOf } from './timeline'

const TABS = ['steps', 'changes', 'approvals', 'variables'] as const
type Tab = (typeof TABS)[number]

/** Below this width a step's detail opens within the timeline instead of beside it. */
const BESIDE = '(min-width: 68em)'

/** Diagram and timeline of a run, linked both ways, and what came of it. */
export function RunBody({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs')
  const [params, setParams] = useSearchParams()
  const beside = useMediaQuery(BESIDE, undefined, { getInitialValueInEffect: false })
  const progress = useProgress(run.id)
  // Here, since the notice of an incident goes as soon as somebody else has resolved it; the dialog must not.
  const [repair, setRepair] = useState<Repair>()
  const now = useSecond(run.endedAt === undefined)
  const earlier = useEarlier(run.id)
  const entries = useMemo(() => mergeEntries(earlier.entries, run.timeline), [earlier.entries, run.timeline])
  const byId = useMemo(() => new Map(entries.map((entry) => [entry.id, entry])), [entries])
  const troubled = useMemo(() => troubledEntries(entries, run.incidents), [entries, run.incidents])

  // What is looked at is in the URL, so that a link shows the same: an entry's id, or an element that wasn't reached.
  const at = params.get('at') ?? undefined
  const chosen = at === undefined ? undefined : (byId.get(at) ?? visitsOf(entries, at, run.id).at(-1))
  const first = firstLook(entries, troubled) ?? entries.at(-1)
  const entry = chosen ?? (at === undefined && beside && run.endedAt === undefined ? first : undefined)
  const element = entry ? shownAt(entry, byId, run.id) : at
  const focus = first && shownAt(first, byId, run.id)
  const tab = TABS.find((each) => each === params.get('tab')) ?? 'steps'

  function go(next: { at?: string; tab?: Tab }) {
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        for (const [name, value] of Object.entries(next)) {
          if (value === undefined || value === 'steps') {
            after.delete(name)
          } else {
            after.set(name, value)
          }
        }
        return after
      },
      { replace: true, preventScrollReset: true },
    )
  }

  const show = (id: string | undefined) => go({ at: id, tab: 'steps' })
  const detail = entry ? (
    <StepDetail
      run={run}
      entries={entries}
      entry={entry}
      onSelect={show}
      onShowChanges={() => go({ tab: 'changes' })}
      onRepair={setRepair}
    />
  ) : (
    at !== undefined && <NotReached element={at} />
  )

  return (
    <Stack gap="md">
      <RunNotices run={run} onShow={show} onRepair={setRepair} />
      {repair && <RepairDialog {...repair} onClose={() => setRepair(undefined)} />}
      <RunDiagram run={run} entries={entries} selected={element} focus={focus} onSelect={show} />
      <Tabs value={tab} onChange={(value) => go({ tab: (value ?? 'steps') as Tab })} keepMounted={false}>
        <Tabs.List className={classes.tabs}>
          <Tabs.Tab value="steps">{t('tab.steps')}</Tabs.Tab>
          <Tabs.Tab value="changes" rightSection={<Count count={run.changes.length} />}>
            {t(run.mode === 'simulated' ? 'tab.wouldBe' : 'tab.changes')}
          </Tabs.Tab>
          <Tabs.Tab value="approvals" rightSection={<Count count={run.approvals.length} />}>
            {t('tab.approvals')}
          </Tabs.Tab>
          <Tabs.Tab value="variables">{t('tab.variables')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="steps" pt="md">
          <div className={classes.steps}>
            <Card padding={0} className={classes.timeline}>
              <EarlierEntries omitted={run.timelineOmitted} earlier={earlier} />
              <Timeline
                entries={entries}
                troubled={troubled}
                span={spanOf(run, now)}
                site={run.site}
                progress={progress}
                selected={entry?.id}
                reveal={at !== undefined}
                onSelect={(id) => go({ at: id })}
                detail={beside ? undefined : detail}
              />
            </Card>
            {beside && (
              <Card component="aside" aria-label={t('step.label')} className={classes.beside}>
                {detail || <p className={classes.hint}>{t('step.choose')}</p>}
              </Card>
            )}
            {!beside && at !== undefined && entry === undefined && <Card>{detail}</Card>}
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="changes" pt="md">
          <ChangesTab run={run} />
        </Tabs.Panel>
        <Tabs.Panel value="approvals" pt="md">
          <ApprovalsTab run={run} />
        </Tabs.Panel>
        <Tabs.Panel value="variables" pt="md">
          <Card>
            <DataView label={t('tab.variables')} value={run.variables} rawNames level={2} />
          </Card>
        </Tabs.Panel>
      </Tabs>
    </Stack>
  )
}

function Count({ count }: { count: number }) {
  return count === 0 ? null : (
    <Badge size="sm" circle={count < 10} variant="light" color="gray" c="inherit">
      {count}
    </Badge>
  )
}

function spanOf(run: RunDetail, now: number) {
  return {
    from: Date.parse(run.startedAt ?? run.createdAt),
    to: run.endedAt === undefined ? now : Date.parse(run.endedAt),
  }
}
