import { Button, Card, Stack, Text } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useChangeSet, type ChangeSet, type RunDetail } from '~/api'
import { ChangeTable } from '~/changes'
import { EmptyState, QueryView } from '~/components'

/** What the run changed outside, or would have. */
export function ChangesTab({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs')
  const [all, setAll] = useState(false)
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
  // Lists that were replaced are history; they stay folded.
  const current = run.changes.filter((set) => set.state !== 'superseded')
  const shown = all || current.length === 0 ? run.changes : current
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t(simulated ? 'changes.leadSimulated' : 'changes.lead')}
      </Text>
      {shown.map((set) => (
        <Changes key={set.id} set={set} />
      ))}
      {shown.length < run.changes.length && (
        <div>
          <Button variant="default" size="xs" onClick={() => setAll(true)}>
            {t('changes.replaced', { count: run.changes.length - shown.length })}
          </Button>
        </div>
      )}
    </Stack>
  )
}

function Changes({ set }: { set: ChangeSet }) {
  const query = useChangeSet(set.id)
  return <QueryView query={query}>{(detail) => <ChangeTable set={detail} />}</QueryView>
}
