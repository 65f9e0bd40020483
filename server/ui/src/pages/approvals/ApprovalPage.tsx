import { Button } from '@mantine/core'
import { IconZoomQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { asProblem, useApproval } from '~/api'
import { EmptyState, Page, QueryView } from '~/components'
import { ApprovalView } from './one/ApprovalView'

/** One approval: what is asked and why, what would change, and the decision. */
export function ApprovalPage() {
  const { t } = useTranslation('approvals')
  const { id = '' } = useParams()
  const query = useApproval(id)
  if (query.data !== undefined) {
    return <ApprovalView key={id} approval={query.data} problem={query.error && asProblem(query.error)} onRetry={() => void query.refetch()} />
  }
  const missing = query.error !== null && asProblem(query.error).kind === 'missing'
  return (
    <Page title={t(missing ? 'missing.title' : 'one')} back={{ to: '/approvals', label: t('title') }}>
      {missing ? (
        <EmptyState title={t('missing.what')} text={t('missing.text')} icon={IconZoomQuestion}>
          <Button component={Link} to="/approvals" mt="sm">
            {t('missing.go')}
          </Button>
        </EmptyState>
      ) : (
        <QueryView query={query}>{() => null}</QueryView>
      )}
    </Page>
  )
}
