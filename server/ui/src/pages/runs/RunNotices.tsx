import { Anchor, Button, Stack } from '@mantine/core'
import { IconBan, IconChecklist, IconFlask, IconHourglass, IconLoader2, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Approval, RunDetail } from '~/api'
import { TimeText } from '~/components'
import { useFormat } from '~/format'
import { AdoptRun } from './AdoptRun'
import { useSecond } from './Elapsed'
import { IncidentCard } from './IncidentCard'
import { Notice } from './Notice'
import type { Repair } from './RepairDialog'
import { heldUpBy } from './timeline'

interface Props {
  run: RunDetail
  onShow: (element: string) => void
  onRepair: (repair: Repair) => void
}

/** What has to be said about a run before all else: where it hangs, what it waits for, how it ended. */
export function RunNotices({ run, onShow, onRepair }: Props) {
  const incidents = run.incidents.filter((incident) => incident.state !== 'resolved')
  const waiting = run.approvals.filter((approval) => approval.state === 'open' || approval.state === 'deciding')
  return (
    <Stack gap="sm">
      {run.mode === undefined && run.state !== 'refused' && run.endedAt === undefined && <AdoptRun run={run} />}
      <StateNotice run={run} />
      {run.mode === 'simulated' && <Rehearsal run={run} />}
      {incidents.map((incident) => (
        <IncidentCard
          key={incident.id}
          incident={incident}
          input={heldUpBy(run.timeline, incident)?.input}
          onRepair={onRepair}
          onShow={() => onShow(incident.element)}
        />
      ))}
      {waiting.map((approval) => (
        <Waiting key={approval.id} approval={approval} />
      ))}
    </Stack>
  )
}

/** After so long a start is worth a look at the server's health. */
const LONG_START_MILLIS = 15_000

function StateNotice({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs')
  const now = useSecond(run.state === 'starting')
  switch (run.state) {
    case 'starting':
      return (
        <Notice role="status" tone="active" icon={IconLoader2} title={t('notice.starting')}>
          {t(now - Date.parse(run.createdAt) > LONG_START_MILLIS ? 'notice.startingLong' : 'notice.startingHelp')}
        </Notice>
      )
    case 'refused':
      return (
        <Notice role="alert" tone="bad" icon={IconX} title={t('notice.refused')}>
          {run.error ?? t('notice.refusedHelp')}{' '}
          <Anchor component={Link} inherit to={`/workflows/${encodeURIComponent(run.workflow)}`}>
            {t('notice.toWorkflow')}
          </Anchor>
        </Notice>
      )
    case 'cancelling':
      return (
        <Notice role="status" tone="attention" icon={IconHourglass} title={t('notice.cancelling')}>
          {run.cancelReason ? t('notice.reason', { reason: run.cancelReason }) : t('notice.cancellingHelp')}
        </Notice>
      )
    case 'cancelled':
      return (
        <Notice tone="neutral" icon={IconBan} title={t('notice.cancelled')}>
          {run.cancelReason ? t('notice.reason', { reason: run.cancelReason }) : t('notice.cancelledHelp')}
        </Notice>
      )
    default:
      return null
  }
}

function Rehearsal({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs')
  const count = run.changes.filter((set) => set.state !== 'superseded').reduce((sum, set) => sum + set.count, 0)
  return (
    <Notice tone="rehearsal" icon={IconFlask} title={t('rehearsal.title')}>
      {run.endedAt === undefined
        ? t('rehearsal.running')
        : count > 0
          ? t('rehearsal.overWithChanges', { count })
          : t('rehearsal.over')}
    </Notice>
  )
}

function Waiting({ approval }: { approval: Approval }) {
  const { t } = useTranslation('runs')
  const format = useFormat()
  const who = [...(approval.candidateUsers ?? []), ...(approval.candidateGroups ?? [])]
  return (
    <Notice
      tone="attention"
      icon={IconChecklist}
      title={t('waiting.title', { what: approval.title })}
      action={
        <Button component={Link} to={`/approvals/${approval.id}`} size="xs">
          {t(approval.mayDecide ? 'waiting.decide' : 'waiting.look')}
        </Button>
      }
    >
      {approval.assignee
        ? t('waiting.assigned', { who: approval.assignee })
        : t('waiting.may', { who: who.length > 0 ? format.list(who) : t('waiting.anybody') })}
      {approval.dueAt && (
        <>
          {' · '}
          {t('waiting.due')} <TimeText at={approval.dueAt} site={approval.site} />
        </>
      )}
    </Notice>
  )
}
