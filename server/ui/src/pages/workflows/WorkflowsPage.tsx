import { useTranslation } from 'react-i18next'
import { Page } from '~/components'

export function WorkflowsPage() {
  const { t } = useTranslation('workflows')
  return <Page title={t('title')}>{null}</Page>
}
