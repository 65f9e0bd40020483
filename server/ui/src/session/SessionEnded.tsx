import { Button, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useSession, useSessionState } from './SessionContext'
import { SignInForm } from './SignInForm'

/** Asks to sign in again over the page, which stays as it is with all that was typed. */
export function SessionEnded() {
  const { t } = useTranslation()
  const session = useSession()
  const state = useSessionState()
  if (state.kind !== 'in') {
    return null
  }
  return (
    <Modal
      opened={state.ended}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('session.endedTitle')}
      zIndex={1000}
    >
      <Stack>
        <Text>{t('session.ended', { name: state.me.displayName })}</Text>
        <SignInForm username={state.me.username} />
        <Button variant="subtle" onClick={() => session.leave()}>
          {t('session.leave')}
        </Button>
      </Stack>
    </Modal>
  )
}
