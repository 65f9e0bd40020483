import { Alert, Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem, type ApprovalDetail } from '~/api'
import { useDelegates, useHandOver } from '~/api/deciding'
import { ProblemNotice, useDraft } from '~/components'

interface Props {
  approval: ApprovalDetail
  opened: boolean
  claimFirst: boolean
  onClose: () => void
}

/** Hands an approval over to somebody else who may decide it. */
export function HandOver({ opened, onClose, ...props }: Props) {
  const { t } = useTranslation('approvals')
  return (
    <Modal opened={opened} onClose={onClose} title={t('handOver.title')}>
      <Body onClose={onClose} {...props} />
    </Modal>
  )
}

function Body({ approval, claimFirst, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation(['approvals', 'common'])
  const delegates = useDelegates(approval.id, true)
  const [comment, setComment] = useDraft(`approval.${approval.id}.hand-over`)
  const [to, setTo] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const handOver = useHandOver(approval.id, () => {
    setComment('')
    onClose()
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (to !== null) {
      handOver.mutate({ to, comment: comment.trim(), claimFirst })
    }
  }

  if (delegates.error) {
    return <ProblemNotice problem={asProblem(delegates.error)} onRetry={() => void delegates.refetch()} />
  }
  if (delegates.data?.length === 0) {
    return <Alert color="yellow">{t('handOver.nobody')}</Alert>
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{t('handOver.text')}</Text>
        {handOver.error && <ProblemNotice problem={handOver.error} />}
        <Select
          label={t('handOver.to')}
          data={delegates.data?.map(({ username, displayName }) => ({ value: username, label: displayName })) ?? []}
          value={to}
          onChange={setTo}
          searchable
          required
          data-autofocus
          nothingFoundMessage={t('handOver.noMatch')}
          error={tried && to === null ? t('handOver.needed') : undefined}
        />
        <Textarea
          label={t('handOver.comment')}
          autosize
          minRows={2}
          maxLength={5000}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:do.cancel')}
          </Button>
          <Button type="submit" loading={handOver.isPending}>
            {t('handOver.action')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
