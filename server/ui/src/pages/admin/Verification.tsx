import { Button, Card, Group, Text } from '@mantine/core'
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { answer, api, useWrite } from '~/api'
import { CopyText, ProblemNotice } from '~/components'
import { useFormat } from '~/format'
import { toneStyle } from '~/theme/tones'

/** Checks on demand that no entry of the audit trail was changed, put in or taken out. */
export function Verification() {
  const { t } = useTranslation('admin')
  const format = useFormat()
  const verify = useWrite(() => answer(api.GET('/audit/verification')))
  const found = verify.data
  return (
    <Card padding="sm" component="section" aria-label={t('audit.verification')}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex="1 1 18rem">
          {t('audit.chain')}
        </Text>
        <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate()}>
          {t('audit.verify')}
        </Button>
      </Group>
      {verify.error && <ProblemNotice problem={verify.error} />}
      <div role="status">
        {found && (
          <Group gap="xs" mt="sm" p="xs" style={{ ...toneStyle(found.intact ? 'good' : 'bad'), borderRadius: 8 }}>
            {found.intact ? <IconShieldCheck size={19} aria-hidden /> : <IconShieldX size={19} aria-hidden />}
            <Text span size="sm" fw={600} flex={1}>
              {found.intact
                ? t('audit.intact', { count: found.entries, number: format.number(found.entries) })
                : t('audit.broken', { seq: found.firstBroken ?? '?' })}
            </Text>
          </Group>
        )}
      </div>
      {found?.head && (
        <Group gap="xs" mt="xs">
          <Text size="xs" c="dimmed">
            {t('audit.head')}
          </Text>
          <CopyText text={found.head} />
        </Group>
      )}
    </Card>
  )
}
