import { Button, Checkbox, Group, Modal, MultiSelect, PasswordInput, Stack, Switch, TagsInput, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, api, listKey, useSites, useWrite, type Role, type User } from '~/api'
import { ProblemNotice } from '~/components'
import { newPassword } from './newPassword'

interface Props {
  /** Whom to edit, or that somebody is to be added; nothing is shown without. */
  person: User | 'new' | undefined
  onClose: () => void
  /** Told of a new account's first password. */
  onPassword: (secret: { username: string; password: string }) => void
}

const ROLES: readonly Role[] = ['viewer', 'operator', 'designer', 'approver', 'admin']

/** Adds an account, or changes one. */
export function PersonDialog({ person, onClose, onPassword }: Props) {
  const { t } = useTranslation('admin')
  return (
    <Modal opened={person !== undefined} onClose={onClose} size="lg" title={t(person === 'new' ? 'people.add' : 'people.editTitle')}>
      {person !== undefined && <PersonForm user={person === 'new' ? undefined : person} onClose={onClose} onPassword={onPassword} />}
    </Modal>
  )
}

interface Values {
  username: string
  displayName: string
  email: string
  password: string
  roles: Role[]
  groups: string[]
  sites: string[]
  disabled: boolean
}

function PersonForm({ user, onClose, onPassword }: { user: User | undefined } & Omit<Props, 'person'>) {
  const { t } = useTranslation(['admin', 'common'])
  const sites = useSites().data ?? []
  const [values, setValues] = useState<Values>(() => ({
    username: user?.username ?? '',
    displayName: user?.displayName ?? '',
    email: user?.email ?? '',
    password: '',
    roles: user?.roles ?? ['viewer'],
    groups: user?.groups ?? [],
    sites: user?.sites ?? [],
    disabled: user?.disabled ?? false,
  }))
  const set = <K extends keyof Values>(name: K, value: Values[K]) => setValues((before) => ({ ...before, [name]: value }))
  const save = useWrite((given: Values, intent) => (user === undefined ? create(given, intent) : change(user, given)), {
    touches: () => [listKey('users').slice(0, 2)],
    onDone: (password, given) => {
      onClose()
      if (password !== undefined) {
        onPassword({ username: given.username, password })
      }
    },
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    save.mutate(values)
  }

  const unplaced = save.error && save.error.fields.every(({ field }) => !(field in values))
  return (
    <form onSubmit={submit}>
      <Stack>
        {save.error && unplaced && <ProblemNotice problem={save.error} />}
        {user === undefined && (
          <TextInput
            label={t('common:session.username')}
            description={t('admin:people.usernameHelp')}
            required
            autoComplete="off"
            data-autofocus
            value={values.username}
            error={save.error?.field('username')}
            onChange={(event) => set('username', event.currentTarget.value)}
          />
        )}
        <TextInput
          label={t('admin:people.displayName')}
          value={values.displayName}
          error={save.error?.field('displayName')}
          onChange={(event) => set('displayName', event.currentTarget.value)}
        />
        <TextInput
          label={t('admin:people.email')}
          description={t('admin:people.emailHelp')}
          type="email"
          value={values.email}
          error={save.error?.field('email')}
          onChange={(event) => set('email', event.currentTarget.value)}
        />
        <Checkbox.Group
          label={t('admin:people.roles')}
          value={values.roles}
          error={save.error?.field('roles')}
          onChange={(roles) => set('roles', roles as Role[])}
        >
          <Stack gap={8} mt={6}>
            {ROLES.map((role) => (
              <Checkbox key={role} value={role} label={t(`common:role.${role}`)} description={t(`admin:role.${role}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <TagsInput
          label={t('admin:people.groups')}
          description={t('admin:people.groupsHelp')}
          value={values.groups}
          error={save.error?.field('groups')}
          onChange={(groups) => set('groups', groups)}
        />
        <MultiSelect
          label={t('admin:people.sites')}
          description={t('admin:people.sitesHelp')}
          data={sites.map(({ id, name }) => ({ value: id, label: name }))}
          value={values.sites}
          error={save.error?.field('sites')}
          onChange={(chosen) => set('sites', chosen)}
        />
        {user === undefined ? (
          <PasswordInput
            label={t('admin:people.password')}
            description={t('admin:people.passwordHelp')}
            autoComplete="new-password"
            value={values.password}
            error={save.error?.field('password')}
            onChange={(event) => set('password', event.currentTarget.value)}
          />
        ) : (
          <Switch
            label={t('admin:people.disabled')}
            description={t('admin:people.disabledHelp')}
            checked={values.disabled}
            onChange={(event) => set('disabled', event.currentTarget.checked)}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('common:do.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('common:do.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Adds the account; returns the password that was made up for it, if none was given. */
async function create(values: Values, intent: string): Promise<string | undefined> {
  const password = values.password === '' ? newPassword(intent) : values.password
  await api.POST('/users', {
    params: { header: { 'Idempotency-Key': intent } },
    body: {
      username: values.username.trim(),
      password,
      displayName: values.displayName.trim() || undefined,
      email: values.email.trim() || undefined,
      roles: values.roles,
      groups: values.groups,
      sites: values.sites.length > 0 ? values.sites : undefined,
    },
  })
  return values.password === '' ? password : undefined
}

async function change(user: User, values: Values): Promise<undefined> {
  await answer(
    api.PATCH('/users/{username}', {
      params: { path: { username: user.username }, header: { 'If-Match': `"${user.version}"` } },
      body: {
        displayName: values.displayName.trim() || undefined,
        email: values.email.trim() || null,
        roles: values.roles,
        groups: values.groups,
        sites: values.sites.length > 0 ? values.sites : null,
        disabled: values.disabled,
      },
    }),
  )
}
