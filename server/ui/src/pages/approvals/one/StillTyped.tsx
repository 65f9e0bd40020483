import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useCommentApproval } from '~/api/deciding'
import { CopyText, ProblemNotice, useDraft } from '~/components'

/** Words that were typed for a decision which can't be taken any more: they aren't lost. */
export function StillTyped({ approval }: { approval: string }) {
  const { t } = useTranslation('approvals')
  const [reject, setReject] = useDraft(`approval.${approval}.reject`)
  const [approve, setApprove] = useDraft(`approval.${approval}.approve`)
  const text = reject || approve
  const forget = () => {
    setReject('')
    setApprove('')
  }
  const send = useCommentApproval(approval, forget)
  if (text === '') {
    return null
  }
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('typed.title')}
      </Text>
      <CopyText text={text} />
      {send.error && <ProblemNotice problem={send.error} />}
      <Group gap="xs" mt={4}>
        <Button size="compact-sm" variant="default" loading={send.isPending} onClick={() => send.mutate(text)}>
          {t('typed.comment')}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={forget}>
          {t('typed.forget')}
        </Button>
      </Group>
    </div>
  )
}
