import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Approval } from '~/api'
import { MoneyText, PersonName, SiteName, StateBadge, TimeText, type Column } from '~/components'
import { DueText } from '../DueText'
import classes from './columns.module.css'

/** What the inbox tells of each approval. */
export function useInboxColumns(): Column<Approval>[] {
  const { t } = useTranslation(['approvals', 'common'])
  return [
    { header: t('column.question'), phone: 'title', cell: (approval) => <Question approval={approval} /> },
    {
      header: t('column.changes'),
      narrow: true,
      cell: (approval) => <Extent approval={approval} />,
    },
    {
      header: t('column.asker'),
      narrow: true,
      cell: ({ startedBy }) => (startedBy === undefined ? t('common:none') : <PersonName name={startedBy} />),
    },
    {
      header: t('column.since'),
      narrow: true,
      cell: ({ createdAt, site }) => <TimeText at={createdAt} site={site} />,
    },
    {
      header: t('column.due'),
      narrow: true,
      cell: ({ dueAt, endedAt, site, state }) => {
        if (state !== 'open' && endedAt !== undefined) {
          return <TimeText at={endedAt} site={site} />
        }
        return dueAt === undefined ? t('common:none') : <DueText at={dueAt} site={site} />
      },
    },
    { header: t('common:state.label'), narrow: true, phone: 'badge', cell: (approval) => <Standing approval={approval} /> },
  ]
}

function Question({ approval }: { approval: Approval }) {
  return (
    <>
      {approval.title}
      <Text component="span" display="block" size="sm" c="dimmed" fw={400}>
        {approval.workflowTitle ?? approval.workflow}
        {approval.site !== undefined && (
          <>
            {' · '}
            <SiteName id={approval.site} />
          </>
        )}
      </Text>
    </>
  )
}

function Extent({ approval }: { approval: Approval }) {
  const { t } = useTranslation(['approvals', 'common'])
  const count = approval.changeCount ?? 0
  const totals = (approval.totals ?? []) as { amount: string; currency: string }[]
  if (count === 0) {
    return t('common:none')
  }
  return (
    <>
      {t('common:changes.count', { count })}
      {totals.map(({ amount, currency }) => (
        <Text key={currency} component="span" display="block" size="sm" c="dimmed">
          <MoneyText amount={amount} currency={currency} />
        </Text>
      ))}
    </>
  )
}

/** The state, and who has it in hand. */
function Standing({ approval }: { approval: Approval }) {
  const { t } = useTranslation('approvals')
  const { state, mode, assignee, votes = 0, quorum = 1 } = approval
  return (
    <span className={classes.standing}>
      <StateBadge kind="approval" state={state} />
      {mode === 'simulated' && <StateBadge kind="mode" state="simulated" />}
      {state === 'open' && quorum > 1 && (
        <Text span size="sm">
          {t('votes.count', { votes, quorum })}
        </Text>
      )}
      {state === 'open' && assignee !== undefined && <PersonName name={assignee} />}
    </span>
  )
}
