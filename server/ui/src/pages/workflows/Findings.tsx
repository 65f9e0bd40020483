import { Anchor, Card, Group, Text, UnstyledButton } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Finding } from '~/api'
import { StateBadge } from '~/components'
import { byWeight, SEVERITIES, type Severity } from './findings'
import classes from './Workflows.module.css'

interface Props {
  findings: readonly Finding[]
  selected: string | undefined
  onSelect: (element: string | undefined) => void
}

/** What the check found in a version; each leads to its element. */
export function Findings({ findings, selected, onSelect }: Props) {
  const { t } = useTranslation(['workflows', 'common'])
  const shown = byWeight(findings).filter((each) => selected === undefined || each.element === selected)
  return (
    <Card component="section" aria-label={t('findings.title')}>
      <Group justify="space-between" mb="sm">
        <h2 style={{ margin: 0, fontSize: '1rem' }}>{t('findings.title')}</h2>
        {selected !== undefined && findings.length > shown.length && (
          <Anchor component="button" type="button" size="sm" onClick={() => onSelect(undefined)}>
            {t('findings.all', { count: findings.length })}
          </Anchor>
        )}
      </Group>
      {shown.length === 0 ? (
        <Group gap={6}>
          <IconCircleCheck size={18} aria-hidden style={{ color: 'var(--tone-good-text)' }} />
          <Text size="sm">{t(selected === undefined ? 'findings.none' : 'findings.noneHere')}</Text>
        </Group>
      ) : (
        <ul className={classes.findings}>
          {shown.map((finding, index) => (
            <li key={index} className={classes.finding}>
              <StateBadge kind="severity" state={finding.severity} />
              <span className={classes.findingText}>
                {finding.message}
                {finding.element !== undefined && (
                  <>
                    {' '}
                    <UnstyledButton
                      onClick={() => onSelect(finding.element)}
                      style={{ textDecoration: 'underline', fontSize: 'inherit' }}
                    >
                      {t('findings.at', { element: finding.element })}
                    </UnstyledButton>
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

/** How many findings of each weight. */
export function FindingCounts({ counts }: { counts: Record<Severity, number> }) {
  const { t } = useTranslation('workflows')
  const some = SEVERITIES.filter((severity) => counts[severity] > 0)
  if (some.length === 0) {
    return (
      <Text span size="sm" c="dimmed">
        {t('findings.noneShort')}
      </Text>
    )
  }
  return (
    <Text span size="sm">
      {some.map((severity) => t(`findings.count.${severity}`, { count: counts[severity] })).join(', ')}
    </Text>
  )
}
