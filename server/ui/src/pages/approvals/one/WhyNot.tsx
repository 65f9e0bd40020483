import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ApprovalDetail } from '~/api'
import { useDelegates } from '~/api/deciding'
import { useFormat } from '~/format'
import { useMay } from '~/session'
import { votesMissing, type Standing } from './standing'

type Reason = Extract<Standing, { kind: 'voted' | 'may-not' }>

/** Says why the person can't decide, and who can. */
export function WhyNot({ approval, standing }: { approval: ApprovalDetail; standing: Reason }) {
  const { t } = useTranslation('approvals')
  const format = useFormat()
  const asks = useMay('approver')
  const delegates = useDelegates(approval.id, asks)
  const groups = [...(approval.candidateGroups ?? []), ...(approval.candidateUsers ?? [])]
  const names = delegates.data?.map((person) => person.displayName) ?? []
  const shown = names.length > 4 ? [...names.slice(0, 3), t('whyNot.others', { count: names.length - 3 })] : names
  const who =
    shown.length > 0
      ? t('whyNot.people', { people: format.list(shown) })
      : groups.length > 0
        ? t('whyNot.groups', { groups: format.list(groups) })
        : t('whyNot.approvers')

  if (standing.kind === 'voted') {
    return (
      <Text size="sm" component="p" m={0}>
        <b>{t('whyNot.voted')}</b> {t('whyNot.more', { count: votesMissing(approval) })} {who}
      </Text>
    )
  }
  const reasons = {
    role: t('whyNot.role'),
    barred: t('whyNot.barred'),
    held: t('whyNot.held', { name: approval.assignee ?? '' }),
    others: t('whyNot.notYours'),
  }
  return (
    <Text size="sm" component="p" m={0}>
      <b>{reasons[standing.why]}</b> {standing.why === 'held' ? t('whyNot.askBack') : who}
    </Text>
  )
}
