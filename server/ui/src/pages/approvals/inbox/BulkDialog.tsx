import { Button, Group, Loader, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Approval } from '~/api'
import { useDraft } from '~/components'
import { useMe } from '~/session'
import { useChangeWords } from '../words'
import { BulkRow } from './BulkRow'
import { obstacle, type Outcome } from './bulk'
import { useBulk, type BulkItem } from './useBulk'

interface Props {
  approvals: Approval[]
  outcome: Outcome
  onClose: () => void
}

/** Decides several approvals with one reason, and tells of each what became of it. */
export function BulkDialog({ approvals, outcome, onClose }: Props) {
  const { t } = useTranslation(['approvals', 'common'])
  const me = useMe()
  const words = useChangeWords()
  const { items, busy, loading, run } = useBulk(approvals, outcome)
  const [reason, setReason] = useDraft(`approvals.${outcome}`)
  const [tried, setTried] = useState(false)
  const approves = outcome === 'approve'
  const missing = !approves && reason.trim() === ''
  const started = items.some(({ result }) => result !== undefined) || busy
  const ready = items.filter((item) => todo(item) && item.detail && obstacle(item.detail, outcome, me) === undefined)
  const again = ready.some(({ result }) => result !== undefined)
  const sets = ready.flatMap(({ detail }) => detail?.changes ?? [])

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!missing && ready.length > 0) {
      void run(
        ready.flatMap(({ detail }) => detail ?? []),
        reason.trim(),
      )
    }
  }

  function close() {
    if (items.some(({ result }) => result?.kind === 'done')) {
      setReason('')
    }
    onClose()
  }

  return (
    <Modal
      opened
      onClose={close}
      closeOnClickOutside={!busy}
      size="lg"
      title={t(approves ? 'bulk.approveTitle' : 'bulk.rejectTitle', { count: approvals.length })}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {loading ? (
            <Group gap="xs" role="status">
              <Loader size="xs" aria-hidden />
              <Text size="sm">{t('bulk.reading')}</Text>
            </Group>
          ) : (
            !started &&
            ready.length > 0 && (
              <Text size="sm">
                {approves && sets.length > 0 && t('bulk.consequence', { count: ready.length, what: words(sets) })}
                {approves && sets.length === 0 && t('bulk.plain', { count: ready.length })}
                {!approves && t('bulk.rejects', { count: ready.length })}
              </Text>
            )
          )}
          <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }} aria-live="polite">
            {items.map((item) => (
              <BulkRow
                key={item.approval.id}
                item={item}
                outcome={outcome}
                working={busy && ready.includes(item) && item.result === undefined}
              />
            ))}
          </Stack>
          {ready.length > 0 && (
            <Textarea
              label={t('common:reason.label')}
              description={t('bulk.reasonHelp')}
              required={!approves}
              error={tried && missing ? t('common:reason.needed') : undefined}
              data-autofocus
              autosize
              minRows={2}
              maxLength={5000}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={close} disabled={busy}>
              {t(started ? 'common:do.close' : 'common:do.cancel')}
            </Button>
            {ready.length > 0 && (
              <Button type="submit" color={approves ? undefined : 'red'} loading={busy || loading}>
                {again
                  ? t('bulk.again', { count: ready.length })
                  : t(approves ? 'bulk.approveAction' : 'bulk.rejectAction', { count: ready.length })}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** Whether it still waits for its turn, or may be tried again. */
function todo({ result }: BulkItem): boolean {
  return result === undefined || result.kind === 'failed' || result.kind === 'changed'
}
