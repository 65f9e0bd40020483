import { Anchor, Loader, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCircleDashed, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { SiteName } from '~/components'
import { useMe } from '~/session'
import { toneStyle, type Tone } from '~/theme/tones'
import { useChangeWords } from '../words'
import classes from './BulkRow.module.css'
import { obstacle, requiredFields, type Outcome } from './bulk'
import type { BulkItem } from './useBulk'

interface Props {
  item: BulkItem
  outcome: Outcome
  working: boolean
}

/** One of several approvals: what it would change, what stands against it, or what became of it. */
export function BulkRow({ item, outcome, working }: Props) {
  const { approval } = item
  const { tone, icon: Icon, text, link } = useTelling(item, outcome)
  const { t } = useTranslation('approvals')
  return (
    <li className={classes.row}>
      {working ? (
        <Loader size={18} m={4} aria-hidden />
      ) : (
        <span className={classes.mark} style={toneStyle(tone)}>
          <Icon size={15} stroke={2.4} aria-hidden />
        </span>
      )}
      <div>
        <Text size="sm" fw={600}>
          {approval.title}
          {approval.site !== undefined && (
            <Text span c="dimmed" fw={400}>
              {' · '}
              <SiteName id={approval.site} />
            </Text>
          )}
        </Text>
        <Text size="sm" c={tone === 'neutral' ? 'dimmed' : undefined}>
          {text}{' '}
          {link && (
            <Anchor component={Link} to={`/approvals/${approval.id}`} size="sm">
              {t('bulk.open')}
            </Anchor>
          )}
        </Text>
      </div>
    </li>
  )
}

interface Telling {
  tone: Tone
  icon: Icon
  text: string
  /** Whether to offer the approval's own page. */
  link: boolean
}

function useTelling({ approval, detail, problem, result }: BulkItem, outcome: Outcome): Telling {
  const { t } = useTranslation('approvals')
  const me = useMe()
  const words = useChangeWords()
  const trouble = (text: string): Telling => ({ tone: 'attention', icon: IconAlertTriangle, text, link: true })
  const good = (text: string): Telling => ({ tone: 'good', icon: IconCheck, text, link: false })
  const name = detail?.decisions.at(-1)?.by ?? ''
  switch (result?.kind) {
    case 'done':
      return good(t(outcome === 'approve' ? 'bulk.approved' : 'bulk.rejected'))
    case 'voted':
      return good(t('bulk.voted'))
    case 'lost': {
      const by = result.now?.decisions.filter((decision) => decision.state === 'final').at(-1)
      if (by !== undefined && result.now?.state !== 'void') {
        return trouble(t(by.outcome === 'approved' ? 'bulk.lostApproved' : 'bulk.lostRejected', { name: by.by }))
      }
      return trouble(result.now?.state === 'void' ? t('bulk.lostTimer') : (result.problem?.message ?? t('bulk.ended', { name })))
    }
    case 'changed':
    case 'failed':
      return trouble(result.problem.kind === 'away' ? t('bulk.away') : result.problem.message)
    default:
  }
  if (problem !== undefined) {
    return trouble(problem.kind === 'away' ? t('bulk.away') : problem.message)
  }
  const against = detail && obstacle(detail, outcome, me)
  if (against === 'form') {
    return trouble(t('bulk.needsForm', { fields: requiredFields(detail?.form).join(', ') }))
  }
  if (against !== undefined) {
    return trouble(t(`bulk.obstacle.${against}`))
  }
  const what = detail?.changes?.length ? words(detail.changes) : (approval.workflowTitle ?? approval.workflow)
  return { tone: 'neutral', icon: IconCircleDashed, text: what, link: false }
}
