import { Card, Group, SegmentedControl, SimpleGrid, Text, Title } from '@mantine/core'
import { IconBell, IconDatabase, IconEngine, IconServer, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAlarms, useStatus, type Alarm, type Status } from '~/api'
import { EmptyState, Page, PagedList, QueryView, StateBadge, TimeText, useListUrl, type Column } from '~/components'
import { useFormat, useNow } from '~/format'
import { OnlyAdmins } from './OnlyAdmins'

/** How the parts of Segue are, and its alarms. */
export function HealthPage() {
  const { t } = useTranslation('admin')
  const status = useStatus()
  return (
    <Page
      title={t('health.title')}
      badge={status.data && <StateBadge kind="part" state={status.data.state} />}
      lead={status.data && t('health.version', { version: status.data.version })}
    >
      <OnlyAdmins>
        <QueryView query={status}>{(found) => <Parts status={found} />}</QueryView>
        <Alarms />
      </OnlyAdmins>
    </Page>
  )
}

const icons: Readonly<Record<string, Icon>> = { server: IconServer, database: IconDatabase, engine: IconEngine }

function Parts({ status }: { status: Status }) {
  const { t } = useTranslation('admin')
  const format = useFormat()
  const now = useNow()
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
        {status.components.map(({ name, state, detail }) => {
          const Sign = icons[name] ?? IconServer
          return (
            <Card key={name} padding="sm">
              <Group justify="space-between" wrap="nowrap">
                <Group gap="sm" wrap="nowrap">
                  <Sign size={24} stroke={1.5} aria-hidden />
                  <Text fw={600}>{t(`part.${name}` as never, { defaultValue: name }) as string}</Text>
                </Group>
                <StateBadge kind="part" state={state} />
              </Group>
              {detail && (
                <Text size="sm" c="dimmed" mt={4}>
                  {detail}
                </Text>
              )}
            </Card>
          )
        })}
      </SimpleGrid>
      <section aria-labelledby="servers">
        <Title order={2} id="servers" mb="xs">
          {t('health.servers')}
        </Title>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
          {(status.servers ?? []).map((server) => (
            <Card key={server.id} padding="sm">
              <Text fw={600}>{server.host}</Text>
              <Text size="sm" c="dimmed">
                {server.version}
                {server.startedAt &&
                  ` · ${t('health.up', { duration: format.duration(now.getTime() - new Date(server.startedAt).getTime()) })}`}
              </Text>
              {server.heartbeatAt && (
                <Text size="sm" c="dimmed">
                  {t('health.heartbeat')} <TimeText at={server.heartbeatAt} />
                </Text>
              )}
            </Card>
          ))}
        </SimpleGrid>
      </section>
    </>
  )
}

function Alarms() {
  const { t } = useTranslation('admin')
  const url = useListUrl()
  const all = url.one('alarms') === 'all'
  const alarms = useAlarms({ open: all ? undefined : true, cursor: url.cursor })
  const columns: Column<Alarm>[] = [
    { header: t('health.severity'), narrow: true, phone: 'badge', cell: (alarm) => <StateBadge kind="severity" state={alarm.severity} /> },
    {
      header: t('health.alarm'),
      phone: 'title',
      cell: (alarm) => (
        <Text span size="sm" fw={600}>
          {alarm.message}
        </Text>
      ),
    },
    { header: t('health.subject'), cell: (alarm) => alarm.subject },
    { header: t('health.raised'), narrow: true, cell: (alarm) => <TimeText at={alarm.raisedAt} /> },
    {
      header: t('health.cleared'),
      narrow: true,
      cell: (alarm) => (alarm.clearedAt ? <TimeText at={alarm.clearedAt} /> : t('health.stillOpen')),
    },
  ]
  return (
    <section aria-labelledby="alarms">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="alarms">
          {t('health.alarms')}
        </Title>
        <SegmentedControl
          size="xs"
          aria-labelledby="alarms"
          value={all ? 'all' : 'open'}
          onChange={(value) => url.set('alarms', value === 'all' ? 'all' : undefined)}
          data={[
            { value: 'open', label: t('health.open') },
            { value: 'all', label: t('health.all') },
          ]}
        />
      </Group>
      <PagedList
        label={t('health.alarms')}
        query={alarms}
        columns={columns}
        rowKey={({ id }) => id}
        url={{ ...url, filtered: false }}
        empty={<EmptyState icon={IconBell} title={t('health.noAlarm')} text={t('health.noAlarmHelp')} />}
      />
    </section>
  )
}
