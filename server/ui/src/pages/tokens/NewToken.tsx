import { Button, Checkbox, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, api, listKey, useWrite, type Role } from '~/api'
import { ProblemNotice, SecretOnce } from '~/components'
import { useMe } from '~/session'

const DAYS = ['30', '90', '365', ''] as const

/** Makes an API token for the own account and shows it, this once. */
export function NewToken() {
  const { t } = useTranslation('account')
  const [opened, setOpened] = useState(false)
  const [secret, setSecret] = useState<string>()
  return (
    <>
      <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={() => setOpened(true)}>
        {t('tokens.add')}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={t('tokens.add')}>
        <TokenForm
          onClose={() => setOpened(false)}
          onMade={(token) => {
            setOpened(false)
            setSecret(token)
          }}
        />
      </Modal>
      <SecretOnce title={t('tokens.madeTitle')} text={t('tokens.madeText')} secret={secret} onClose={() => setSecret(undefined)} />
    </>
  )
}

interface Values {
  name: string
  roles: Role[]
  /** For how many days it is good; empty without an end. */
  days: string
}

function TokenForm({ onClose, onMade }: { onClose: () => void; onMade: (token: string) => void }) {
  const { t } = useTranslation(['account', 'common'])
  const me = useMe()
  const [values, setValues] = useState<Values>({ name: '', roles: ['viewer'], days: '90' })
  const make = useWrite(
    ({ name, roles, days }: Values, intent) =>
      answer(
        api.POST('/tokens', {
          params: { header: { 'Idempotency-Key': intent } },
          body: { name: name.trim(), roles, expiresAt: days === '' ? undefined : inDays(Number(days)) },
        }),
      ),
    { touches: () => [listKey('tokens').slice(0, 2)], onDone: ({ token }) => onMade(token) },
  )

  function submit(event: FormEvent) {
    event.preventDefault()
    make.mutate(values)
  }

  return (
    <form onSubmit={submit}>
      <Stack>
        {make.error && <ProblemNotice problem={make.error} />}
        <TextInput
          label={t('account:tokens.name')}
          description={t('account:tokens.nameHelp')}
          required
          maxLength={100}
          data-autofocus
          value={values.name}
          onChange={(event) => setValues({ ...values, name: event.currentTarget.value })}
        />
        <Checkbox.Group
          label={t('account:tokens.roles')}
          description={t('account:tokens.rolesHelp')}
          value={values.roles}
          onChange={(roles) => setValues({ ...values, roles: roles as Role[] })}
        >
          <Group mt={6}>
            {me.roles.map((role) => (
              <Checkbox key={role} value={role} label={t(`common:role.${role}`)} />
            ))}
          </Group>
        </Checkbox.Group>
        <NativeSelect
          label={t('account:tokens.ends')}
          value={values.days}
          onChange={(event) => setValues({ ...values, days: event.currentTarget.value })}
          data={DAYS.map((days) => ({
            value: days,
            label: days === '' ? t('account:tokens.noEnd') : t('account:tokens.days', { count: Number(days) }),
          }))}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:do.cancel')}
          </Button>
          <Button type="submit" loading={make.isPending}>
            {t('account:tokens.make')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString()
}
