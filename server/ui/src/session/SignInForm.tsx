import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { asProblem, type ApiProblem } from '~/api'
import { ProblemNotice } from '~/components'
import { useSession } from './SessionContext'

/** Name and password. With `username`, only that person can sign in here. */
export function SignInForm({ username, onDone }: { username?: string; onDone?: () => void }) {
  const { t } = useTranslation()
  const session = useSession()
  const [name, setName] = useState(username ?? '')
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<ApiProblem>()
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setProblem(undefined)
    try {
      await session.signIn(name.trim(), password)
      onDone?.()
    } catch (thrown) {
      setProblem(asProblem(thrown))
      setPassword('')
    } finally {
      setBusy(false)
    }
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        {problem?.kind === 'signed-out' && (
          <Alert color="red" role="alert">
            {t('session.wrong')}
          </Alert>
        )}
        {problem !== undefined && problem.kind !== 'signed-out' && <ProblemNotice problem={problem} />}
        <TextInput
          label={t('session.username')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          readOnly={username !== undefined}
          data-autofocus={username === undefined || undefined}
          autoFocus={username === undefined}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('session.password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus={username !== undefined || undefined}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy} fullWidth>
          {t(username === undefined ? 'session.signIn' : 'session.again')}
        </Button>
      </Stack>
    </form>
  )
}
