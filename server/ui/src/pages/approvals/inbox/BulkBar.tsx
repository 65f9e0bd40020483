import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './BulkBar.module.css'
import type { Outcome } from './bulk'

interface Props {
  count: number
  onDecide: (outcome: Outcome) => void
  onClear: () => void
}

/** What can be done with the selected approvals. */
export function BulkBar({ count, onDecide, onClear }: Props) {
  const { t } = useTranslation('approvals')
  return (
    <div className={classes.bar} role="region" aria-label={t('bulk.label')}>
      <Group gap="sm">
        <Text size="sm" fw={600} role="status">
          {t('bulk.selected', { count })}
        </Text>
        <Button size="compact-sm" variant="subtle" onClick={onClear}>
          {t('bulk.clear')}
        </Button>
      </Group>
      <Group gap="xs" wrap="nowrap">
        <Button variant="default" onClick={() => onDecide('reject')}>
          {t('bulk.reject')}
        </Button>
        <Button onClick={() => onDecide('approve')}>{t('bulk.approve')}</Button>
      </Group>
    </div>
  )
}
