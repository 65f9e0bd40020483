import { Button, Group, Text } from '@mantine/core'
import { IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useUsers, type User } from '~/api'
import { EmptyState, Page, PagedList, PersonName, SecretOnce, SiteName, StateBadge, useListUrl, type Column } from '~/components'
import { OnlyAdmins } from './OnlyAdmins'
import { PersonDialog } from './PersonDialog'
import { ResetPassword } from './ResetPassword'

/** Accounts with their roles, groups and sites. */
export function PeoplePage() {
  const { t } = useTranslation(['admin', 'common'])
  const [edited, setEdited] = useState<User | 'new'>()
  const [reset, setReset] = useState<User>()
  const [secret, setSecret] = useState<{ username: string; password: string }>()
  return (
    <Page
      title={t('admin:people.title')}
      lead={t('admin:people.lead')}
      actions={
        <Button leftSection={<IconUserPlus size={17} aria-hidden />} onClick={() => setEdited('new')}>
          {t('admin:people.add')}
        </Button>
      }
    >
      <OnlyAdmins>
        <People onEdit={setEdited} onReset={setReset} />
      </OnlyAdmins>
      <PersonDialog person={edited} onClose={() => setEdited(undefined)} onPassword={setSecret} />
      <ResetPassword person={reset} onClose={() => setReset(undefined)} onPassword={setSecret} />
      <SecretOnce
        title={t('admin:people.passwordTitle')}
        text={t('admin:people.passwordText', { name: secret?.username ?? '' })}
        secret={secret?.password}
        onClose={() => setSecret(undefined)}
      />
    </Page>
  )
}

function People({ onEdit, onReset }: { onEdit: (user: User) => void; onReset: (user: User) => void }) {
  const { t } = useTranslation(['admin', 'common'])
  const url = useListUrl()
  const users = useUsers({ cursor: url.cursor })
  const columns: Column<User>[] = [
    {
      header: t('admin:people.person'),
      phone: 'title',
      cell: (user) => (
        <>
          <PersonName name={user.username} displayName={user.displayName} />
          <Text size="xs" c="dimmed">
            {[user.username, user.email].filter(Boolean).join(' · ')}
          </Text>
        </>
      ),
    },
    {
      header: t('admin:people.roles'),
      cell: (user) => (
        <Text span size="sm">
          {user.roles.map((role) => t(`common:role.${role}`)).join(', ')}
        </Text>
      ),
    },
    { header: t('admin:people.groups'), cell: (user) => (user.groups.length > 0 ? user.groups.join(', ') : t('common:none')) },
    {
      header: t('admin:people.sites'),
      cell: (user) =>
        user.sites === undefined
          ? t('common:site.all')
          : user.sites.map((id, index) => (
              <span key={id}>
                {index > 0 && ', '}
                <SiteName id={id} />
              </span>
            )),
    },
    {
      header: t('common:state.label'),
      phone: 'badge',
      narrow: true,
      cell: (user) => <StateBadge kind="account" state={user.disabled ? 'disabled' : 'enabled'} />,
    },
    {
      header: t('admin:people.do'),
      narrow: true,
      cell: (user) => (
        <Group gap={4} wrap="nowrap">
          <Button size="compact-sm" variant="subtle" onClick={() => onEdit(user)} aria-label={t('admin:people.editWho', { name: user.displayName })}>
            {t('admin:people.edit')}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => onReset(user)}
            aria-label={t('admin:people.resetWho', { name: user.displayName })}
          >
            {t('admin:people.reset')}
          </Button>
        </Group>
      ),
    },
  ]
  return (
    <PagedList
      label={t('admin:people.title')}
      query={users}
      columns={columns}
      rowKey={(user) => user.username}
      url={url}
      empty={<EmptyState icon={IconUsers} title={t('admin:people.title')} />}
    />
  )
}
