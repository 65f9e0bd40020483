import { Center, Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Stands for a page whose code is on its way. */
export function Loading() {
  const { t } = useTranslation()
  return (
    <Center mih="40vh">
      <Loader type="dots" role="status" aria-label={t('app.loading')} />
    </Center>
  )
}
