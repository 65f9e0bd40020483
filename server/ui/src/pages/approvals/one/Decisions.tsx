import { Card, Group, Text } from '@mantine/core'
import { IconBan, IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ApprovalDetail, Decision } from '~/api'
import { PersonName, TimeText } from '~/components'
import { toneStyle } from '~/theme/tones'
import classes from './Decisions.module.css'
import { Section } from './Section'

/** Who voted how, where more than one has to agree or a vote was made void. */
export function Decisions({ approval }: { approval: ApprovalDetail }) {
  const { t } = useTranslation('approvals')
  const { decisions, votes = 0, quorum = 1, site } = approval
  const open = approval.state === 'open'
  if (quorum < 2 && decisions.length < 2 && !(open && decisions.length > 0)) {
    return null
  }
  return (
    <Section title={t('votes.title')} note={quorum > 1 ? t('votes.count', { votes, quorum }) : undefined}>
      <Card>
        {decisions.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('votes.none')}
          </Text>
        )}
        {decisions.length > 0 && (
          <ul className={classes.list}>
            {decisions.map((decision, index) => (
              <Vote key={index} decision={decision} site={site} />
            ))}
          </ul>
        )}
      </Card>
    </Section>
  )
}

function Vote({ decision, site }: { decision: Decision; site: string | undefined }) {
  const { t } = useTranslation('approvals')
  const { outcome, by, state, comment, voidReason, decidedAt } = decision
  const gone = state === 'void'
  const look = gone ? 'neutral' : outcome === 'approved' ? 'good' : 'bad'
  const Icon = gone ? IconBan : outcome === 'approved' ? IconCheck : IconX
  return (
    <li className={classes.vote}>
      <span className={classes.mark} style={toneStyle(look)}>
        <Icon size={15} stroke={2.4} aria-hidden />
      </span>
      <div>
        <Group gap={6}>
          <PersonName name={by} />
          <Text span size="sm">
            {t(gone ? 'votes.void' : outcome === 'approved' ? 'votes.approved' : 'votes.rejected')}
          </Text>
          <Text span size="xs" c="dimmed">
            <TimeText at={decidedAt} site={site} />
          </Text>
        </Group>
        {comment && <p className={classes.words}>{comment}</p>}
        {gone && voidReason && <p className={classes.words}>{voidReason}</p>}
      </div>
    </li>
  )
}
