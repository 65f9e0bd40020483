import { Anchor, Card, Group, Stack, Text } from '@mantine/core'
import { IconChecklist } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { RunDetail } from '~/api'
import { EmptyState, StateBadge, TimeText } from '~/components'

/** What the run asked people. */
export function ApprovalsTab({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs')
  if (run.approvals.length === 0) {
    return (
      <Card>
        <EmptyState icon={IconChecklist} title={t('approvals.none')} text={t('approvals.noneHelp')} />
      </Card>
    )
  }
  return (
    <Stack gap="sm">
      {run.mode === 'simulated' && (
        <Text size="sm" c="dimmed">
          {t('approvals.simulated')}
        </Text>
      )}
      {run.approvals.map((approval) => (
        <Card key={approval.id} padding="sm">
          <Group justify="space-between" gap="xs">
            <Anchor component={Link} to={`/approvals/${approval.id}`} fw={600}>
              {approval.title}
            </Anchor>
            <StateBadge kind="approval" state={approval.state} />
          </Group>
          <Text size="sm" c="dimmed" component="div">
            {t('approvals.asked')} <TimeText at={approval.createdAt} site={run.site} as="moment" />
            {approval.endedAt && (
              <>
                {' · '}
                {t('approvals.ended')} <TimeText at={approval.endedAt} site={run.site} as="moment" />
              </>
            )}
            {approval.changeCount !== undefined && ` · ${t('approvals.changes', { count: approval.changeCount })}`}
          </Text>
        </Card>
      ))}
    </Stack>
  )
}
