import { Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { RunDetail, TimelineEntry } from '~/api'
import { CopyText, StateBadge, TimeText } from '~/components'
import { DataView } from './DataView'
import { Elapsed } from './Elapsed'
import { Facts } from './Facts'
import { IncidentCard } from './IncidentCard'
import type { Repair } from './RepairDialog'
import classes from './StepDetail.module.css'
import { visitsOf } from './timeline'

interface Props {
  run: RunDetail
  entries: readonly TimelineEntry[]
  entry: TimelineEntry
  onSelect: (entry: string) => void
  onShowChanges: () => void
  onRepair: (repair: Repair) => void
}

/** A step: what it got, what it made, how it went, and what helps if it hangs. */
export function StepDetail({ run, entries, entry, onSelect, onShowChanges, onRepair }: Props) {
  const { t } = useTranslation(['runs', 'common'])
  const own = entry.run ?? run.id
  const incidents = run.incidents.filter((each) => each.element === entry.element)
  const open = incidents.filter((each) => each.state !== 'resolved')
  const resolved = incidents.length - open.length
  const approvals = run.approvals.filter((each) => each.element === entry.element && (each.run ?? run.id) === run.id)
  const changes = entry.changes?.length ?? 0
  const nothing = entry.input === undefined && entry.result === undefined
  return (
    <Stack gap="md">
      <header>
        <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
          <h2 className={classes.title}>{entry.name}</h2>
          <Visits visits={visitsOf(entries, entry.element, own)} entry={entry} onSelect={onSelect} />
        </Group>
        <Text size="xs" c="dimmed" component="div">
          {typeWords(t, entry.type)} · <CopyText text={entry.element} />
        </Text>
      </header>
      {entry.state === 'active' &&
        open.map((incident) => (
          <IncidentCard key={incident.id} incident={incident} input={entry.input} onRepair={onRepair} />
        ))}
      <Facts facts={facts(run, entry, t)} />
      {entry.message && open.length === 0 && (
        <p className={entry.state === 'completed' ? classes.said : classes.failed}>{entry.message}</p>
      )}
      {resolved > 0 && (
        <Text size="sm" c="dimmed">
          {t('step.repaired', { count: resolved })}
        </Text>
      )}
      {approvals.map((approval) => (
        <Group key={approval.id} gap="xs">
          <StateBadge kind="approval" state={approval.state} />
          <Anchor component={Link} size="sm" to={`/approvals/${approval.id}`}>
            {t('step.approval', { title: approval.title })}
          </Anchor>
        </Group>
      ))}
      {changes > 0 && (
        <div>
          <Button size="xs" variant="default" onClick={onShowChanges}>
            {t('step.changes', { count: changes })}
          </Button>
        </div>
      )}
      {entry.input !== undefined && <DataView label={t('step.input')} value={entry.input} />}
      {entry.result !== undefined && <DataView label={t('step.result')} value={entry.result} />}
      {nothing && (
        <Text size="sm" c="dimmed">
          {t(entry.state === 'active' ? 'step.nothingYet' : 'step.nothing')}
        </Text>
      )}
    </Stack>
  )
}

type Words = ReturnType<typeof useTranslation<['runs', 'common']>>['t']

function facts(run: RunDetail, entry: TimelineEntry, t: Words) {
  const all = [
    { name: t('step.began'), value: <TimeText at={entry.startedAt} site={run.site} as="moment" /> },
    {
      name: t(entry.endedAt ? 'step.took' : 'step.since'),
      value: <Elapsed from={entry.startedAt} to={entry.endedAt} />,
    },
    entry.stepType && { name: t('step.type'), value: <code className={classes.code}>{entry.stepType}</code> },
    entry.pluginVersion && { name: t('step.plugin'), value: `${entry.plugin ?? ''} ${entry.pluginVersion}` },
    entry.attempts !== undefined && { name: t('step.attempts'), value: attempts(entry, t) },
  ]
  return all.filter((fact) => typeof fact === 'object')
}

function attempts(entry: TimelineEntry, t: Words): string {
  const made = String(entry.attempts ?? 0)
  return entry.state === 'active' && entry.retriesLeft !== undefined && entry.retriesLeft > 0
    ? `${made} (${t('entry.retriesLeft', { count: entry.retriesLeft })})`
    : made
}

/** The way through the visits of a step that a loop comes by again and again. */
function Visits({ visits, entry, onSelect }: { visits: readonly TimelineEntry[]; entry: TimelineEntry; onSelect: (id: string) => void }) {
  const { t } = useTranslation('runs')
  const at = visits.findIndex((visit) => visit.id === entry.id)
  const before = visits[at - 1]
  const after = visits[at + 1]
  if (visits.length < 2 || at < 0) {
    return null
  }
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        size="compact-xs"
        variant="default"
        aria-label={t('step.earlier')}
        disabled={before === undefined}
        onClick={() => before && onSelect(before.id)}
      >
        <IconChevronLeft size={14} aria-hidden />
      </Button>
      <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        {t('step.visit', { number: at + 1, count: visits.length })}
      </Text>
      <Button
        size="compact-xs"
        variant="default"
        aria-label={t('step.later')}
        disabled={after === undefined}
        onClick={() => after && onSelect(after.id)}
      >
        <IconChevronRight size={14} aria-hidden />
      </Button>
    </Group>
  )
}

const TYPES = {
  serviceTask: 'step.kind.step',
  sendTask: 'step.kind.step',
  userTask: 'step.kind.approval',
  callActivity: 'step.kind.call',
  subProcess: 'step.kind.subprocess',
  multiInstanceBody: 'step.kind.forEach',
  businessRuleTask: 'step.kind.rule',
  scriptTask: 'step.kind.script',
  receiveTask: 'step.kind.message',
} as const

function typeWords(t: Words, type: string): string {
  if (type in TYPES) {
    return t(TYPES[type as keyof typeof TYPES])
  }
  if (type.endsWith('Gateway')) {
    return t('step.kind.gateway')
  }
  return type.endsWith('Event') ? t('step.kind.event') : t('step.kind.other')
}
