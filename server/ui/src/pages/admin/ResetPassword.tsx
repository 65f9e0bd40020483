import { useTranslation } from 'react-i18next'
import { answer, api, listKey, useWrite, type User } from '~/api'
import { ConfirmWithReason } from '~/components'

interface Props {
  person: User | undefined
  onClose: () => void
  onPassword: (secret: { username: string; password: string }) => void
}

/** Gives an account a new password that only works until its owner has chosen another. */
export function ResetPassword({ person, onClose, onPassword }: Props) {
  const { t } = useTranslation('admin')
  const reset = useWrite(
    (username: string) => answer(api.POST('/users/{username}/password', { params: { path: { username } }, body: {} })),
    {
      touches: () => [listKey('users').slice(0, 2)],
      onDone: ({ password }, username) => {
        onClose()
        onPassword({ username, password: password ?? '' })
      },
    },
  )
  return (
    <ConfirmWithReason
      opened={person !== undefined}
      onClose={onClose}
      title={t('people.resetTitle')}
      text={t('people.resetText', { name: person?.displayName ?? '' })}
      action={t('people.resetDo')}
      danger
      draft="people.reset"
      busy={reset.isPending}
      problem={reset.error}
      onConfirm={() => person && reset.mutate(person.username)}
    />
  )
}
