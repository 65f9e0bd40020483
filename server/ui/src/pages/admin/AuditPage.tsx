import { Group, Text, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAudit, type AuditEntry } from '~/api'
import { EmptyState, Page, PagedList, PersonName, TimeText, useListUrl, type Column, type ListUrl } from '~/components'
import { OnlyAdmins } from './OnlyAdmins'
import { Verification } from './Verification'

/** Who did what, newest first, and whether the trail is whole. */
export function AuditPage() {
  const { t } = useTranslation('admin')
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      <OnlyAdmins>
        <Verification />
        <Trail />
      </OnlyAdmins>
    </Page>
  )
}

function Trail() {
  const { t } = useTranslation('admin')
  const url = useListUrl()
  const entries = useAudit({
    cursor: url.cursor,
    actor: url.one('actor'),
    action: url.one('action'),
    subjectId: url.one('subject'),
    since: startOf(url.one('since')),
  })
  const columns: Column<AuditEntry>[] = [
    { header: t('audit.when'), narrow: true, cell: (entry) => <TimeText at={entry.at} as="moment" /> },
    { header: t('audit.who'), cell: (entry) => <PersonName name={entry.actor} /> },
    {
      header: t('audit.what'),
      phone: 'title',
      cell: (entry) => (
        <Text span size="sm" fw={600}>
          {t(`action.${entry.action}` as never, { defaultValue: entry.action }) as string}
        </Text>
      ),
    },
    {
      header: t('audit.subject'),
      cell: (entry) => (
        <Text span size="sm" style={{ overflowWrap: 'anywhere' }}>
          {entry.subjectKind} <b>{entry.subjectId}</b>
        </Text>
      ),
    },
    { header: t('audit.detail'), cell: (entry) => Object.keys(entry.detail).length > 0 && <Detail detail={entry.detail} /> },
  ]
  return (
    <>
      <Filters url={url} />
      <PagedList
        label={t('audit.title')}
        query={entries}
        columns={columns}
        rowKey={({ seq }) => String(seq)}
        url={url}
        empty={<EmptyState icon={IconHistory} title={t('audit.nothing')} />}
      />
    </>
  )
}

function Filters({ url }: { url: ListUrl }) {
  const { t } = useTranslation('admin')
  return (
    <Group gap="sm" align="flex-end" role="search">
      <Filter url={url} name="actor" label={t('audit.who')} />
      <Filter url={url} name="action" label={t('audit.what')} />
      <Filter url={url} name="subject" label={t('audit.subject')} />
      <TextInput
        label={t('audit.since')}
        type="date"
        w={{ base: 'calc(50% - 0.4rem)', xs: 160 }}
        value={url.one('since') ?? ''}
        onChange={(event) => url.set('since', event.currentTarget.value)}
      />
    </Group>
  )
}

function Filter({ url, name, ...input }: { url: ListUrl; name: string; label: string }) {
  const [typed, setTyped] = useState(url.one(name) ?? '')
  const apply = useDebouncedCallback((value: string) => url.set(name, value.trim()), 350)
  return (
    <TextInput
      {...input}
      w={{ base: 'calc(50% - 0.4rem)', xs: 170 }}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        apply(event.currentTarget.value)
      }}
    />
  )
}

function Detail({ detail }: { detail: Record<string, unknown> }) {
  return (
    <Text span size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
      {Object.entries(detail)
        .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
        .join(' · ')}
    </Text>
  )
}

/** A day of the browser's calendar as the moment when it begins. */
function startOf(day: string | undefined): string | undefined {
  return day === undefined ? undefined : new Date(`${day}T00:00:00`).toISOString()
}
