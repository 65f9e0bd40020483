import { Alert, Anchor, Loader, Stack, Text } from '@mantine/core'
import { IconBan, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRun, type ApprovalDetail, type RunDetail } from '~/api'
import { StateBadge, TimeText } from '~/components'
import { useFormat } from '~/format'
import classes from './Outcome.module.css'
import { StillTyped } from './StillTyped'
import type { Standing } from './standing'

/** How it was decided, and what happens now. */
export function Outcome({ approval, standing }: { approval: ApprovalDetail; standing: Standing }) {
  const { t } = useTranslation('approvals')
  if (standing.kind !== 'ended' && standing.kind !== 'deciding') {
    return null
  }
  const { state, decisions, site } = approval
  const last = decisions.filter((decision) => decision.state !== 'vote').at(-1)
  const good = state === 'approved' || state === 'completed'
  const Icon = state === 'void' ? IconBan : good ? IconCircleCheck : IconCircleX
  const color = state === 'void' ? 'gray' : good ? 'green' : 'red'
  return (
    <Alert
      role="status"
      color={state === 'deciding' ? 'blue' : color}
      icon={state === 'deciding' ? <Loader size={20} aria-hidden /> : <Icon aria-hidden />}
      title={title()}
      className={classes.outcome}
    >
      <Stack gap={6}>
        {last?.comment && state !== 'void' && <p className={classes.quote}>{last.comment}</p>}
        {state === 'void' && <VoidReason approval={approval} />}
        {approval.endedAt !== undefined && (
          <Text size="sm" c="dimmed">
            <TimeText at={approval.endedAt} site={site} as="moment" />
          </Text>
        )}
        {approval.run !== undefined && <NextInRun run={approval.run} />}
        {standing.kind === 'ended' && <StillTyped approval={approval.id} />}
      </Stack>
    </Alert>
  )

  function title(): string {
    const name = last?.kind === 'simulation' ? t('outcome.simulation') : (last?.by ?? '')
    switch (state) {
      case 'approved':
        return name === '' ? t('outcome.approved') : t('outcome.approvedBy', { name })
      case 'rejected':
        return name === '' ? t('outcome.rejected') : t('outcome.rejectedBy', { name })
      case 'deciding':
        return t(last?.outcome === 'rejected' ? 'outcome.rejecting' : 'outcome.approving', { name })
      case 'completed':
        return t('outcome.completed')
      default:
        return t('outcome.void')
    }
  }
}

/** Why nobody's decision counted. */
function VoidReason({ approval }: { approval: ApprovalDetail }) {
  const { t } = useTranslation('approvals')
  const late = approval.decisions.filter((decision) => decision.state === 'void' && decision.voidReason)
  return (
    <>
      <Text size="sm">{t('outcome.voidText')}</Text>
      {late.map(({ by, outcome, voidReason, decidedAt }) => (
        <Text size="sm" key={by + decidedAt}>
          {t(outcome === 'approved' ? 'outcome.lateApproval' : 'outcome.lateRejection', { name: by })} {voidReason}
        </Text>
      ))}
    </>
  )
}

/** What the run does since, live. */
function NextInRun({ run }: { run: string }) {
  const { t } = useTranslation('approvals')
  const format = useFormat()
  const { data } = useRun(run)
  const here = data === undefined ? [] : activeNames(data)
  return (
    <div className={classes.next}>
      {data !== undefined && (
        <>
          <StateBadge kind="run" state={data.state} />
          <Text span size="sm">
            {data.state === 'completed' && t('next.completed')}
            {data.state === 'incident' && t('next.incident')}
            {data.state === 'cancelled' && (data.cancelReason ? t('next.cancelledFor', { reason: data.cancelReason }) : t('next.cancelled'))}
            {data.state === 'active' && here.length > 0 && t('next.at', { steps: format.list(here) })}
          </Text>
        </>
      )}
      <Anchor component={Link} to={`/runs/${run}`} size="sm">
        {t('next.toRun')}
      </Anchor>
    </div>
  )
}

function activeNames({ timeline }: RunDetail): string[] {
  const parents = new Set(timeline.map((entry) => entry.parent))
  const leaves = timeline.filter(({ state, id, type }) => state === 'active' && !parents.has(id) && type !== 'process')
  return [...new Set(leaves.map(({ name }) => name))]
}
