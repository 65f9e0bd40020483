import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSite, type ApiProblem, type ApprovalDetail } from '~/api'
import { changesOf } from '~/changes'
import { ConfirmWithReason } from '~/components'
import { useChangeWords } from '../words'
import { votesMissing } from './standing'
import type { Lists } from './useLists'

interface Props {
  approval: ApprovalDetail
  lists: Lists
  opened: boolean
  onClose: () => void
  busy: boolean
  problem: ApiProblem | null
  draft: string
  onConfirm: (comment: string) => void
}

/** Says in words what approving will do, and asks. */
export function ApproveDialog({ approval, lists, ...dialog }: Props) {
  const { t } = useTranslation('approvals')
  const { kept } = lists
  return (
    <ConfirmWithReason
      {...dialog}
      title={t('approve.title')}
      action={kept.length === 0 ? t('approve.action') : t('approve.withEdits', { count: kept.length })}
      reason="optional"
    >
      <Stack gap={6}>
        <Text fw={600}>{approval.title}</Text>
        {useConsequences(approval, lists).map((sentence) => (
          <Text size="sm" key={sentence}>
            {sentence}
          </Text>
        ))}
      </Stack>
    </ConfirmWithReason>
  )
}

/** Says in words what rejecting will do, and asks why. */
export function RejectDialog({ approval, lists, ...dialog }: Props) {
  const { t } = useTranslation('approvals')
  const count = approval.changeCount ?? 0
  return (
    <ConfirmWithReason {...dialog} title={t('reject.title')} action={t('reject.action')} danger reason="required">
      <Stack gap={6}>
        <Text fw={600}>{approval.title}</Text>
        <Text size="sm">{count > 0 ? t('reject.changes', { count }) : t('reject.plain')}</Text>
        {lists.kept.length > 0 && <Text size="sm">{t('reject.edits')}</Text>}
      </Stack>
    </ConfirmWithReason>
  )
}

/** What approving will do, in sentences. */
function useConsequences(approval: ApprovalDetail, { sets, kept }: Lists): string[] {
  const { t } = useTranslation('approvals')
  const words = useChangeWords()
  const site = useSite(approval.site)?.name ?? approval.site
  const removed = kept.filter((edit) => edit.remove).length
  const out = new Set(kept.filter((edit) => edit.remove).map((edit) => `${edit.set}/${edit.ordinal}`))
  const left = sets.flatMap((set) => changesOf(set).filter(({ ordinal }) => !out.has(`${set.id}/${ordinal}`)))
  const final = left.filter(({ undo }) => undo === undefined || undo === null).length
  const missing = votesMissing(approval)
  const sentences: string[] = []
  if (sets.length === 0) {
    sentences.push(t('approve.plain'))
  } else if (left.length === 0) {
    sentences.push(t('approve.nothingLeft'))
  } else {
    const what = words(sets, kept)
    sentences.push(
      site === undefined
        ? t('approve.applied', { count: left.length, what })
        : t('approve.appliedAt', { count: left.length, what, site }),
    )
  }
  if (kept.length > removed) {
    sentences.push(t('approve.edited', { count: kept.length - removed }))
  }
  if (removed > 0) {
    sentences.push(t('approve.removed', { count: removed }))
  }
  if (final > 0) {
    sentences.push(t('approve.final', { count: final }))
  }
  if (kept.length > 0 && (approval.votes ?? 0) > 0) {
    sentences.push(t('approve.voids', { count: approval.votes ?? 0 }))
  } else if (missing > 1) {
    sentences.push(t('approve.more', { count: missing - 1 }))
  }
  return sentences
}
