import { useTranslation } from 'react-i18next'
import { Page } from '~/components'

export function HealthPage() {
  const { t } = useTranslation('admin')
  return <Page title={t('title')}>{null}</Page>
}
