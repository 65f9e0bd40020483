import { Anchor, Card, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useSite, type ApprovalDetail } from '~/api'
import { PersonName, TimeText } from '~/components'
import { useFormat } from '~/format'
import { DueText } from '../DueText'
import classes from './Why.module.css'

/** Why the workflow asks, and what one has to know of it. */
export function Why({ approval }: { approval: ApprovalDetail }) {
  const { t } = useTranslation('approvals')
  const format = useFormat()
  const zone = useSite(approval.site)?.zone
  const groups = [...(approval.candidateGroups ?? []), ...(approval.candidateUsers ?? [])]
  return (
    <Card component="section" aria-labelledby="why" padding={0}>
      <div className={classes.why}>
        <h2 id="why" className={classes.label}>
          {t('why.title')}
        </h2>
        <Text className={classes.words}>{approval.description || t('why.none')}</Text>
        {approval.policy !== undefined && approval.state === 'open' && (
          <Text size="sm" className={classes.policy}>
            {t('why.policy', { reason: approval.policy.reason })}
          </Text>
        )}
      </div>
      <dl className={classes.facts}>
        <Fact name={t('why.asker')}>
          {approval.startedBy === undefined ? t('why.unknown') : <PersonName name={approval.startedBy} />}
        </Fact>
        <Fact name={t('why.since')}>
          <TimeText at={approval.createdAt} site={approval.site} as="moment" />
        </Fact>
        <Fact name={t('why.due')}>
          {approval.dueAt === undefined ? (
            t('why.noDue')
          ) : (
            <>
              {format.dateTime(approval.dueAt, zone)} {zone !== undefined && format.zoneName(zone, approval.dueAt)}
              {approval.state === 'open' && (
                <div>
                  <DueText at={approval.dueAt} />
                </div>
              )}
            </>
          )}
        </Fact>
        <Fact name={t('why.for')}>{groups.length === 0 ? t('why.all') : format.list(groups)}</Fact>
        <Fact name={t('why.taken')}>
          {approval.assignee === undefined ? t('why.nobody') : <PersonName name={approval.assignee} />}
        </Fact>
        {approval.run !== undefined && (
          <Fact name={t('why.run')}>
            <Anchor component={Link} to={`/runs/${approval.run}`}>
              {t('why.toRun')}
            </Anchor>
          </Fact>
        )}
      </dl>
    </Card>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
