import { useTranslation } from 'react-i18next'
import { Page } from '~/components'

export function RunsPage() {
  const { t } = useTranslation('runs')
  return <Page title={t('title')}>{null}</Page>
}
