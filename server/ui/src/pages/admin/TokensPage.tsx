import { useTranslation } from 'react-i18next'
import { Page } from '~/components'
import { NewToken } from '../tokens/NewToken'
import { TokenList } from '../tokens/TokenList'
import { OnlyAdmins } from './OnlyAdmins'

/** The API tokens of everybody. */
export function TokensPage() {
  const { t } = useTranslation('admin')
  return (
    <Page title={t('tokens.title')} lead={t('tokens.lead')} actions={<NewToken />}>
      <OnlyAdmins>
        <TokenList everybody />
      </OnlyAdmins>
    </Page>
  )
}
