import { Button, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, listKey, useTokens, useWrite, type Token } from '~/api'
import { ConfirmWithReason, EmptyState, PagedList, PersonName, StateBadge, TimeText, useListUrl, type Column } from '~/components'
import { useNow } from '~/format'
import { useMe } from '~/session'

/** API tokens: one's own, or those of everybody. */
export function TokenList({ everybody }: { everybody: boolean }) {
  const { t } = useTranslation(['account', 'common'])
  const me = useMe()
  const now = useNow()
  const url = useListUrl()
  const tokens = useTokens({ cursor: url.cursor })
  const [revoked, setRevoked] = useState<Token>()
  const revoke = useWrite((token: string) => api.DELETE('/tokens/{token}', { params: { path: { token } } }), {
    touches: () => [listKey('tokens').slice(0, 2)],
    onDone: () => setRevoked(undefined),
  })
  const shown = tokens.data && {
    ...tokens.data,
    items: everybody ? tokens.data.items : tokens.data.items.filter(({ username }) => username === me.username),
  }
  const columns: Column<Token>[] = [
    {
      header: t('account:tokens.name'),
      phone: 'title',
      cell: (token) => (
        <Text span fw={600} size="sm">
          {token.name}
        </Text>
      ),
    },
    ...(everybody
      ? [{ header: t('account:tokens.owner'), cell: (token: Token) => <PersonName name={token.username ?? ''} /> }]
      : []),
    { header: t('account:tokens.roles'), cell: (token) => token.roles.map((role) => t(`common:role.${role}`)).join(', ') },
    { header: t('account:tokens.made'), cell: (token) => <TimeText at={token.createdAt} /> },
    {
      header: t('account:tokens.used'),
      cell: (token) => (token.lastUsedAt ? <TimeText at={token.lastUsedAt} /> : t('account:tokens.never')),
    },
    {
      header: t('account:tokens.ends'),
      cell: (token) => (token.expiresAt ? <TimeText at={token.expiresAt} as="moment" /> : t('account:tokens.noEnd')),
    },
    {
      header: t('common:state.label'),
      phone: 'badge',
      narrow: true,
      cell: (token) => <StateBadge kind="token" state={stateOf(token, now)} />,
    },
    {
      header: t('account:tokens.do'),
      narrow: true,
      cell: (token) =>
        stateOf(token, now) === 'valid' && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            aria-label={t('account:tokens.revokeWhich', { name: token.name })}
            onClick={() => setRevoked(token)}
          >
            {t('account:tokens.revoke')}
          </Button>
        ),
    },
  ]
  return (
    <>
      <PagedList
        label={t('account:tokens.title')}
        query={{ ...tokens, data: shown }}
        columns={columns}
        rowKey={({ id }) => id}
        url={url}
        empty={<EmptyState icon={IconKey} title={t('account:tokens.none')} text={t('account:tokens.noneHelp')} />}
      />
      <ConfirmWithReason
        opened={revoked !== undefined}
        onClose={() => setRevoked(undefined)}
        title={t('account:tokens.revokeTitle')}
        text={t('account:tokens.revokeText', { name: revoked?.name ?? '' })}
        action={t('account:tokens.revoke')}
        danger
        draft="tokens.revoke"
        busy={revoke.isPending}
        problem={revoke.error}
        onConfirm={() => revoked && revoke.mutate(revoked.id)}
      />
    </>
  )
}

function stateOf({ revokedAt, expiresAt }: Token, now: Date): 'valid' | 'revoked' | 'expired' {
  if (revokedAt !== undefined) {
    return 'revoked'
  }
  return expiresAt !== undefined && new Date(expiresAt) <= now ? 'expired' : 'valid'
}
