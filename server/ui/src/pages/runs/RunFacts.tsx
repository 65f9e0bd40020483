import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Run } from '~/api'
import { CopyText, PersonName, SiteName, TimeText } from '~/components'
import { Elapsed } from './Elapsed'
import { Facts } from './Facts'

/** What there is to know of a run at a glance. */
export function RunFacts({ run }: { run: Run }) {
  const { t } = useTranslation(['runs', 'common'])
  const began = run.startedAt ?? run.createdAt
  const over = run.state === 'refused' ? run.createdAt : run.endedAt
  const facts = [
    run.site && { name: t('common:site.label'), value: <SiteName id={run.site} /> },
    { name: t('fact.startedBy'), value: <StartedBy run={run} /> },
    { name: t('fact.startedAt'), value: <TimeText at={began} site={run.site} as="moment" /> },
    run.state !== 'refused' && {
      name: t(run.endedAt ? 'fact.took' : 'fact.since'),
      value: <Elapsed from={began} to={over} />,
    },
    run.version !== undefined && {
      name: t('fact.version'),
      value: (
        <Anchor component={Link} inherit to={`/workflows/${encodeURIComponent(run.workflow)}?version=${run.version}`}>
          {t('fact.versionOf', { version: run.version })}
        </Anchor>
      ),
    },
    run.asOf && { name: t('fact.asOf'), value: <TimeText at={run.asOf} site={run.site} as="moment" /> },
    run.businessKey && { name: t('fact.businessKey'), value: run.businessKey },
    { name: t('fact.id'), value: <CopyText text={run.id} label={run.id.slice(0, 8)} /> },
  ]
  return <Facts facts={facts.filter((fact) => typeof fact === 'object')} />
}

/** Who or what started a run, and how. */
export function StartedBy({ run }: { run: Run }) {
  const { t } = useTranslation('runs')
  if (run.parent !== undefined) {
    return (
      <Anchor component={Link} inherit to={`/runs/${run.parent}`}>
        {t('kind.call')}
      </Anchor>
    )
  }
  switch (run.startKind) {
    case undefined:
    case 'person':
      return <PersonName name={run.startedBy} />
    case 'engine':
      return t('kind.engine')
    case 'schedule':
    case 'monitor':
    case 'webhook':
    case 'rehearsal':
      return (
        <>
          {t(`kind.${run.startKind}`)} <PersonName name={run.startedBy} />
        </>
      )
    default:
      return <PersonName name={run.startedBy} />
  }
}
