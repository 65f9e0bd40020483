import { Button } from '@mantine/core'
import { IconReload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Run } from '~/api'

/** Leads to the start of another run with the values of this one. */
export function RunAgain({ run }: { run: Run }) {
  const { t } = useTranslation('runs')
  return (
    <Button
      component={Link}
      variant="default"
      to={`/workflows/${encodeURIComponent(run.workflow)}?start=${run.id}`}
      leftSection={<IconReload size={16} aria-hidden />}
    >
      {t('run.again')}
    </Button>
  )
}
