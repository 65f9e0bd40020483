import { Card, Group, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconBellRinging, IconChecklist, IconChevronRight, IconCircleCheck, type Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { asProblem, useAlarms, useApprovals, useIncidents, type Alarm, type Approval, type Incident } from '~/api'
import { EmptyState, ProblemNotice, QueryView, SiteName, TimeText } from '~/components'
import { useMay } from '~/session'
import { toneStyle, type Tone } from '~/theme/tones'
import classes from './NeedsYou.module.css'

const SHOWN = 6

/** Approvals that wait for me, runs that need help, alarms that are open. */
export function NeedsYou() {
  const { t } = useTranslation('home')
  const admin = useMay('admin')
  const approvals = useApprovals({ view: 'groups', state: ['open'], limit: 100 })
  const incidents = useIncidents({ state: 'open', limit: 50 })
  const alarms = useAlarms({ open: true, limit: 50 })
  const mine = approvals.data?.items.filter((approval) => approval.mayDecide) ?? []
  const broken = incidents.data?.items ?? []
  const raised = alarms.data?.items ?? []
  const count = mine.length + broken.length + raised.length
  const failed = [approvals, incidents, alarms].find((query) => query.error !== null && query.data === undefined)
  return (
    <Card padding={0} component="section" aria-labelledby="needs-you">
      <Group px="md" pt="md" pb="sm" gap="xs">
        <Title order={2} id="needs-you">
          {t('needsYou.title')}
        </Title>
        {count > 0 && <span className={classes.count}>{count}</span>}
      </Group>
      {failed && <ProblemNotice problem={asProblem(failed.error)} onRetry={() => void failed.refetch()} />}
      <QueryView query={approvals}>
        {() =>
          count === 0 && !failed ? (
            <EmptyState icon={IconCircleCheck} title={t('needsYou.nothing')} text={t('needsYou.nothingHelp')} />
          ) : (
            <ul className={classes.list}>
              {mine.slice(0, SHOWN).map((approval) => (
                <ApprovalRow key={approval.id} approval={approval} />
              ))}
              {broken.slice(0, SHOWN).map((incident) => (
                <IncidentRow key={incident.id} incident={incident} />
              ))}
              {raised.slice(0, SHOWN).map((alarm) => (
                <AlarmRow key={alarm.id} alarm={alarm} to={admin ? '/admin/health' : undefined} />
              ))}
            </ul>
          )
        }
      </QueryView>
      <Rest count={mine.length} to="/approvals" words={t('needsYou.moreApprovals', { count: mine.length - SHOWN })} />
      <Rest count={broken.length} to="/runs?state=incident" words={t('needsYou.moreIncidents', { count: broken.length - SHOWN })} />
    </Card>
  )
}

function ApprovalRow({ approval }: { approval: Approval }) {
  const { t } = useTranslation('home')
  return (
    <Row tone="attention" icon={IconChecklist} to={`/approvals/${approval.id}`} title={approval.title}>
      {t('needsYou.approval', { count: approval.changeCount ?? 0 })}
      {approval.workflowTitle && <> · {approval.workflowTitle}</>}
      {approval.site && (
        <>
          {' · '}
          <SiteName id={approval.site} />
        </>
      )}
      {' · '}
      {approval.dueAt ? (
        <>
          {t('needsYou.due')} <TimeText at={approval.dueAt} site={approval.site} />
        </>
      ) : (
        <TimeText at={approval.createdAt} site={approval.site} />
      )}
    </Row>
  )
}

function IncidentRow({ incident }: { incident: Incident }) {
  const { t } = useTranslation('home')
  return (
    <Row
      tone="bad"
      icon={IconAlertTriangle}
      to={incident.run ? `/runs/${incident.run}` : undefined}
      title={t('needsYou.incident', { step: incident.elementName ?? incident.element })}
    >
      {incident.workflow} · <TimeText at={incident.createdAt} /> · {incident.message}
    </Row>
  )
}

function AlarmRow({ alarm, to }: { alarm: Alarm; to: string | undefined }) {
  return (
    <Row tone={alarm.severity === 'critical' ? 'bad' : 'attention'} icon={IconBellRinging} to={to} title={alarm.message}>
      {alarm.subject} · <TimeText at={alarm.raisedAt} />
    </Row>
  )
}

interface RowProps {
  tone: Tone
  icon: Icon
  to: string | undefined
  title: string
  children: ReactNode
}

function Row({ tone, icon: Sign, to, title, children }: RowProps) {
  const content = (
    <>
      <span className={classes.icon} style={toneStyle(tone)}>
        <Sign size={19} stroke={1.8} aria-hidden />
      </span>
      <span className={classes.words}>
        <Text span fw={600} display="block">
          {title}
        </Text>
        <Text span size="sm" c="dimmed" className={classes.detail}>
          {children}
        </Text>
      </span>
      {to && <IconChevronRight size={18} aria-hidden className={classes.arrow} />}
    </>
  )
  return (
    <li>
      {to ? (
        <Link to={to} className={classes.row}>
          {content}
        </Link>
      ) : (
        <div className={classes.row}>{content}</div>
      )}
    </li>
  )
}

function Rest({ count, to, words }: { count: number; to: string; words: string }) {
  return count > SHOWN ? (
    <div className={classes.rest}>
      <Link to={to}>{words}</Link>
    </div>
  ) : null
}
