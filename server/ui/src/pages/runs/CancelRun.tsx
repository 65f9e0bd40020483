import { Button, List, Stack, Text } from '@mantine/core'
import { IconBan } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, api, oneKey, useWrite, type Run, type RunDetail } from '~/api'
import { ConfirmWithReason, forgetDraft } from '~/components'
import { useFormat } from '~/format'

/** Cancels a run, after saying what stops and what stays done. */
export function CancelRun({ run }: { run: RunDetail }) {
  const { t } = useTranslation(['runs', 'common'])
  const [opened, setOpened] = useState(false)
  const draft = `run.cancel.${run.id}`
  const cancel = useWrite<string, Run>(
    (reason, intent) =>
      answer(
        api.POST('/runs/{run}/cancellation', {
          params: { path: { run: run.id }, header: { 'Idempotency-Key': intent } },
          body: { reason },
        }),
      ),
    {
      touches: () => [oneKey('runs', run.id)],
      onDone: () => {
        forgetDraft(draft)
        setOpened(false)
      },
    },
  )
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconBan size={16} aria-hidden />}
        onClick={() => {
          cancel.reset()
          setOpened(true)
        }}
      >
        {t('cancel.open')}
      </Button>
      <ConfirmWithReason
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('cancel.title')}
        action={t('cancel.action')}
        danger
        reason="required"
        draft={draft}
        busy={cancel.isPending}
        problem={cancel.error}
        onConfirm={(reason) => cancel.mutate(reason)}
      >
        <Consequences run={run} />
      </ConfirmWithReason>
    </>
  )
}

/** What cancelling means for this run, as it stands. */
function Consequences({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs')
  const format = useFormat()
  const holders = new Set(run.timeline.map((entry) => entry.parent))
  const active = run.timeline.filter((entry) => entry.state === 'active' && !holders.has(entry.id))
  const waiting = run.approvals.filter((approval) => approval.state === 'open' || approval.state === 'deciding').length
  const live = run.changes.filter((changes) => changes.mode !== 'simulated')
  const done = live.filter((changes) => ['applied', 'partial', 'in-doubt'].includes(changes.state))
  const doing = live.filter((changes) => changes.state === 'applying')
  const calls = run.timeline.some((entry) => entry.state === 'active' && entry.type === 'callActivity')
  return (
    <Stack gap="xs">
      <Text size="sm">{t('cancel.text')}</Text>
      <List size="sm" spacing={4}>
        {active.length > 0 && (
          <List.Item>
            {t('cancel.stops', { count: active.length, steps: format.list([...new Set(active.map((entry) => entry.name))]) })}
          </List.Item>
        )}
        {calls && <List.Item>{t('cancel.called')}</List.Item>}
        {waiting > 0 && <List.Item>{t('cancel.approvals', { count: waiting })}</List.Item>}
        {doing.length > 0 && (
          <List.Item>{t('cancel.applying', { what: format.list(doing.map((changes) => changes.title)) })}</List.Item>
        )}
        <List.Item>
          {done.length > 0
            ? t('cancel.stays', { what: format.list(done.map((changes) => changes.title)) })
            : t('cancel.nothingApplied')}
        </List.Item>
      </List>
    </Stack>
  )
}
