import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CopyText } from '~/components'

/** Stands for a step that the run has not come to. */
export function NotReached({ element }: { element: string }) {
  const { t } = useTranslation('runs')
  return (
    <Text size="sm" c="dimmed" component="div" ta="center" py="lg">
      {t('step.notReached')} <CopyText text={element} />
    </Text>
  )
}
