import { ActionIcon, Card, Group, Text, Title } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useApprovals, useRuns, useWorkflows } from '~/api'
import { useMay } from '~/session'
import classes from './FirstSteps.module.css'

type Step = 'approve' | 'watch' | 'rehearse'

/** On a first visit: three things to try, until they are done or put away. */
export function FirstSteps() {
  const { t } = useTranslation('home')
  const [done, setDone] = useLocalStorage<(Step | 'away')[]>({
    key: 'segue.first-steps',
    defaultValue: [],
    getInitialValueInEffect: false,
  })
  const approver = useMay('approver')
  const operator = useMay('operator')
  const approval = useApprovals({ view: 'groups', state: ['open'], limit: 100 }).data?.items[0]
  const run = useRuns({ limit: 1 }).data?.items[0]
  const workflow = useWorkflows({ limit: 1 }).data?.items[0]
  const steps: { step: Step; to: string }[] = [
    ...(approver && approval ? [{ step: 'approve' as const, to: `/approvals/${approval.id}` }] : []),
    ...(run ? [{ step: 'watch' as const, to: `/runs/${run.id}` }] : []),
    ...(operator && workflow ? [{ step: 'rehearse' as const, to: `/workflows/${encodeURIComponent(workflow.id)}` }] : []),
  ]
  if (done.includes('away') || steps.every(({ step }) => done.includes(step))) {
    return null
  }
  return (
    <Card component="section" aria-labelledby="first-steps" className={classes.card}>
      <Group justify="space-between" wrap="nowrap">
        <Title order={2} id="first-steps">
          {t('first.title')}
        </Title>
        <ActionIcon variant="subtle" color="gray" aria-label={t('first.away')} onClick={() => setDone([...done, 'away'])}>
          <IconX size={17} aria-hidden />
        </ActionIcon>
      </Group>
      <ol className={classes.list}>
        {steps.map(({ step, to }, index) => (
          <li key={step}>
            <Link to={to} className={classes.step} onClick={() => setDone([...new Set([...done, step])])}>
              <span className={classes.number} data-done={done.includes(step)}>
                {done.includes(step) ? <IconCheck size={15} stroke={2.6} aria-label={t('first.done')} /> : index + 1}
              </span>
              <span>
                <Text span fw={600} display="block">
                  {t(`first.${step}.title`)}
                </Text>
                <Text span size="sm" c="dimmed">
                  {t(`first.${step}.text`)}
                </Text>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </Card>
  )
}
