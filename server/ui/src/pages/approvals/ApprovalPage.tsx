import { useTranslation } from 'react-i18next'
import { Page } from '~/components'

export function ApprovalPage() {
  const { t } = useTranslation('approvals')
  return <Page title={t('title')}>{null}</Page>
}
