import { Alert, Anchor, Card, Group, SegmentedControl, Stack, Text, Title, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page, SiteName } from '~/components'
import { chooseLanguage, languages, type Language } from '~/i18n'
import { ChangePassword, useMe } from '~/session'
import { NewToken } from '../tokens/NewToken'
import { TokenList } from '../tokens/TokenList'
import classes from './AccountPage.module.css'

const SCHEMES: readonly MantineColorScheme[] = ['auto', 'light', 'dark']

/** The own account: what I may, how it looks, my password, my tokens. */
export function AccountPage() {
  const { t, i18n } = useTranslation(['account', 'common'])
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const [changed, setChanged] = useState(false)
  return (
    <Page title={t('account:title')}>
      <div className={classes.grid}>
        <Card component="section" aria-labelledby="me">
          <Title order={2} id="me" mb="sm">
            {t('account:me.title')}
          </Title>
          <Me />
        </Card>
        <Card component="section" aria-labelledby="look">
          <Title order={2} id="look" mb="sm">
            {t('account:look.title')}
          </Title>
          <Stack gap="md" align="flex-start">
            <div>
              <Text size="sm" fw={500} mb={4} id="language">
                {t('common:language.label')}
              </Text>
              <SegmentedControl
                aria-labelledby="language"
                value={i18n.language}
                onChange={(language) => void chooseLanguage(language as Language)}
                data={languages.map((language) => ({ value: language, label: t(`common:language.${language}`) }))}
              />
            </div>
            <div>
              <Text size="sm" fw={500} mb={4} id="scheme">
                {t('common:scheme.label')}
              </Text>
              <SegmentedControl
                aria-labelledby="scheme"
                value={colorScheme}
                onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
                data={SCHEMES.map((scheme) => ({ value: scheme, label: t(`common:scheme.${scheme}`) }))}
              />
            </div>
          </Stack>
        </Card>
        <Card component="section" aria-labelledby="password">
          <Title order={2} id="password" mb="sm">
            {t('account:password.title')}
          </Title>
          {changed && (
            <Alert color="green" role="status" mb="md">
              {t('account:password.changed')}
            </Alert>
          )}
          <ChangePassword key={String(changed)} onDone={() => setChanged(true)} />
        </Card>
      </div>
      <section aria-labelledby="tokens">
        <Group justify="space-between" mb="sm">
          <div>
            <Title order={2} id="tokens">
              {t('account:tokens.title')}
            </Title>
            <Text size="sm" c="dimmed">
              {t('account:tokens.lead')}
            </Text>
          </div>
          <NewToken />
        </Group>
        <TokenList everybody={false} />
      </section>
      <Anchor href="/third-party.txt" target="_blank" size="sm">
        {t('account:licences')}
      </Anchor>
    </Page>
  )
}

function Me() {
  const { t } = useTranslation(['account', 'common'])
  const me = useMe()
  return (
    <dl className={classes.facts}>
      <dt>{t('account:me.name')}</dt>
      <dd>{me.displayName}</dd>
      <dt>{t('common:session.username')}</dt>
      <dd>{me.username}</dd>
      <dt>{t('account:me.roles')}</dt>
      <dd>{me.roles.map((role) => t(`common:role.${role}`)).join(', ')}</dd>
      <dt>{t('account:me.groups')}</dt>
      <dd>{me.groups.length > 0 ? me.groups.join(', ') : t('common:none')}</dd>
      <dt>{t('account:me.sites')}</dt>
      <dd>
        {me.sites === undefined
          ? t('common:site.all')
          : me.sites.map((id, index) => (
              <span key={id}>
                {index > 0 && ', '}
                <SiteName id={id} />
              </span>
            ))}
      </dd>
    </dl>
  )
}
