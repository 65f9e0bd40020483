import { Accordion, Card, Group, Stack, Text } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useChangeSet, type ChangeSet, type RunDetail } from '~/api'
import { ChangeTable } from '~/changes'
import { EmptyState, QueryView, StateBadge } from '~/components'

/** What the run changed outside, or would have. */
export function ChangesTab({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs')
  const simulated = run.mode === 'simulated'
  if (run.changes.length === 0) {
    return (
      <Card>
        <EmptyState
          icon={IconArrowsExchange}
          title={t(simulated ? 'changes.noneSimulated' : 'changes.none')}
          text={t('changes.noneHelp')}
        />
      </Card>
    )
  }
  // What was replaced is history; the newest is what counts, and is open.
  const current = run.changes.filter((set) => set.state !== 'superseded')
  const newest = (current.length > 0 ? current : run.changes).at(-1)
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t(simulated ? 'changes.leadSimulated' : 'changes.lead')}
      </Text>
      <Accordion multiple variant="separated" defaultValue={newest ? [newest.id] : []} keepMounted={false}>
        {run.changes.map((set) => (
          <Accordion.Item key={set.id} value={set.id}>
            <Accordion.Control>
              <Group gap="xs">
                <Text span fw={600}>
                  {set.title}
                </Text>
                <StateBadge kind="changes" state={set.state} />
                {simulated && <StateBadge kind="mode" state="simulated" />}
                <Text span size="sm" c="dimmed">
                  {t('approvals.changes', { count: set.count })}
                </Text>
              </Group>
            </Accordion.Control>
            <Accordion.Panel>
              <Changes set={set} />
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Stack>
  )
}

function Changes({ set }: { set: ChangeSet }) {
  const query = useChangeSet(set.id)
  return <QueryView query={query}>{(detail) => <ChangeTable set={detail} />}</QueryView>
}
