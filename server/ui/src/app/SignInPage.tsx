import { Alert, Title } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation, useSearchParams } from 'react-router'
import { SignInForm, useSessionState } from '~/session'
import { Entrance } from './Entrance'
import { Away } from './Gate'
import { Loading } from './Loading'
import { safeNext } from './next'

/** Signs in, then goes on to the page that was asked for. */
export function SignInPage() {
  const { t } = useTranslation()
  const state = useSessionState()
  const [params] = useSearchParams()
  const signedOut = (useLocation().state as { signedOut?: boolean } | null)?.signedOut
  useEffect(() => {
    document.title = `${t('session.title')} · ${t('app.name')}`
  }, [t])
  switch (state.kind) {
    case 'loading':
      return <Loading />
    case 'away':
      return <Away />
    case 'in':
      return <Navigate to={safeNext(params.get('next'))} replace />
    case 'out':
      return (
        <Entrance>
          <Title order={1} mb="lg">
            {t('session.title')}
          </Title>
          {signedOut && (
            <Alert mb="md" color="petrol" role="status">
              {t('session.signedOut')}
            </Alert>
          )}
          <SignInForm />
        </Entrance>
      )
  }
}
