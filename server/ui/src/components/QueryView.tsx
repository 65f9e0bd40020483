import { Skeleton, Stack, VisuallyHidden } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem } from '~/api'
import { ProblemNotice } from './ProblemNotice'

interface Props<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>
  children: (data: T) => ReactNode
  /** Stands for the content while it loads. */
  loading?: ReactNode
}

/** Shows what a query answered, or that it loads, or what failed. Old content stays visible under a failure. */
export function QueryView<T>({ query, children, loading }: Props<T>) {
  const { t } = useTranslation()
  if (query.data === undefined && query.error === null) {
    return (
      <div aria-busy>
        <VisuallyHidden role="status">{t('app.loading')}</VisuallyHidden>
        {loading ?? (
          <Stack gap="sm">
            <Skeleton h={20} w="60%" />
            <Skeleton h={120} />
          </Stack>
        )}
      </div>
    )
  }
  return (
    <>
      {query.error && <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      {query.data !== undefined && children(query.data)}
    </>
  )
}
