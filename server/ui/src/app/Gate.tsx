import { Alert, Button, Center, Stack, Text, Title } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation } from 'react-router'
import { ChangePassword, useSession, useSessionState } from '~/session'
import { AppShell } from './AppShell'
import { Entrance } from './Entrance'
import { Loading } from './Loading'
import { useSignOut } from './useSignOut'

/** Lets signed-in people in; everybody else goes to the sign-in page and comes back. */
export function Gate() {
  const state = useSessionState()
  const { pathname, search } = useLocation()
  switch (state.kind) {
    case 'loading':
      return <Loading />
    case 'away':
      return <Away />
    case 'out': {
      const next = pathname + search
      return <Navigate to={next === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`} replace />
    }
    case 'in':
      return state.me.passwordChangeDue ? <MustChangePassword /> : <AppShell />
  }
}

const AGAIN_MILLIS = 3_000

/** The server did not answer at the start: there is no page to show yet. */
export function Away() {
  const { t } = useTranslation()
  const session = useSession()
  useEffect(() => {
    const timer = setInterval(() => void session.load(), AGAIN_MILLIS)
    return () => clearInterval(timer)
  }, [session])
  return (
    <Center mih="100dvh" p="md" component="main">
      <Alert color="yellow" title={t('session.awayTitle')} maw={460} role="alert">
        <Stack align="flex-start">
          <Text size="sm">{t('session.away')}</Text>
          <Button size="xs" variant="default" onClick={() => void session.load()}>
            {t('session.tryNow')}
          </Button>
        </Stack>
      </Alert>
    </Center>
  )
}

function MustChangePassword() {
  const { t } = useTranslation()
  const signOut = useSignOut()
  return (
    <Entrance>
      <Title order={1}>{t('session.mustChange')}</Title>
      <Text c="dimmed" size="sm" mt={4} mb="lg">
        {t('session.mustChangeHelp')}
      </Text>
      <ChangePassword />
      <Button variant="subtle" mt="md" onClick={() => void signOut()}>
        {t('session.signOut')}
      </Button>
    </Entrance>
  )
}
