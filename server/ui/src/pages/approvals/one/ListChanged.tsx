import { Alert, Button, List, Stack, Text } from '@mantine/core'
import { IconRefreshAlert } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { News } from './useLists'

/** Says what is new in the lists since they were read, and what became of the own edits. */
export function ListChanged({ news, onSeen }: { news: News; onSeen: () => void }) {
  const { t } = useTranslation('approvals')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.scrollIntoView({ block: 'center' }), [])
  const lines: [string, readonly { title: string }[]][] = [
    [t('news.added', { count: news.added.length }), news.added],
    [t('news.altered', { count: news.altered.length }), news.altered],
    [t('news.removed', { count: news.removed.length }), news.removed],
    [t('news.lost', { count: news.lost.length }), news.lost],
  ]
  return (
    <Alert ref={box} role="alert" color="yellow" icon={<IconRefreshAlert aria-hidden />} title={t('news.title')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('news.text')}</Text>
        {lines
          .filter(([, changes]) => changes.length > 0)
          .map(([words, changes]) => (
            <div key={words}>
              <Text size="sm" fw={600}>
                {words}
              </Text>
              <List size="sm">
                {changes.map((change, index) => (
                  <List.Item key={index}>{change.title}</List.Item>
                ))}
              </List>
            </div>
          ))}
        {news.carried > 0 && <Text size="sm">{t('news.carried', { count: news.carried })}</Text>}
        <Button size="xs" variant="default" onClick={onSeen}>
          {t('news.seen')}
        </Button>
      </Stack>
    </Alert>
  )
}
