import { Button, PasswordInput, Stack } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useWrite } from '~/api'
import { ProblemNotice } from '~/components'
import { useMe, useSession } from './SessionContext'

const SHORTEST = 12

/** Changes the own password. */
export function ChangePassword({ onDone }: { onDone?: () => void }) {
  const { t } = useTranslation()
  const session = useSession()
  const me = useMe()
  const [values, setValues] = useState({ current: '', new: '', repeat: '' })
  const [tried, setTried] = useState(false)
  const change = useWrite(async (body: { current: string; new: string }) => {
    await api.POST('/me/password', { body })
    await session.refresh()
    onDone?.()
  })

  const short = values.new.length < SHORTEST
  const differs = values.new !== values.repeat

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!short && !differs) {
      change.mutate({ current: values.current, new: values.new })
    }
  }

  const field = (name: keyof typeof values) => ({
    name,
    value: values[name],
    required: true,
    withAsterisk: false,
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setValues((before) => ({ ...before, [name]: value }))
    },
  })

  return (
    <form onSubmit={submit} noValidate>
      <Stack maw={420}>
        {change.error && change.error.fields.length === 0 && <ProblemNotice problem={change.error} />}
        {/* Password managers keep what they find beside a name. */}
        <input type="text" name="username" autoComplete="username" value={me.username} readOnly hidden />
        <PasswordInput
          {...field('current')}
          label={t('session.current')}
          autoComplete="current-password"
          error={change.error?.field('current')}
        />
        <PasswordInput
          {...field('new')}
          label={t('session.new')}
          description={t('session.newHelp')}
          autoComplete="new-password"
          error={tried && short ? t('session.tooShort') : change.error?.field('new')}
        />
        <PasswordInput
          {...field('repeat')}
          label={t('session.repeat')}
          autoComplete="new-password"
          error={tried && !short && differs ? t('session.differs') : undefined}
        />
        <Button type="submit" loading={change.isPending} style={{ alignSelf: 'flex-start' }}>
          {t('session.change')}
        </Button>
      </Stack>
    </form>
  )
}
