import { Alert, Button, Code, Group, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyToClipboard } from './CopyText'

interface Props {
  title: string
  /** What it is for, in a sentence. */
  text: string
  /** Nothing is shown while it is undefined. */
  secret: string | undefined
  onClose: () => void
}

/** Shows a secret that nobody will ever see again. A click beside it doesn't close it. */
export function SecretOnce({ title, text, secret, onClose }: Props) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  return (
    <Modal opened={secret !== undefined} onClose={onClose} title={title} closeOnClickOutside={false} withCloseButton={false}>
      <Stack>
        <Text size="sm">{text}</Text>
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {secret}
        </Code>
        <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
          {t('secret.once')}
        </Alert>
        <Group justify="flex-end">
          <Button
            variant="default"
            leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            onClick={() => void copyToClipboard(secret ?? '').then(() => setCopied(true))}
          >
            {t(copied ? 'do.copied' : 'secret.copy')}
          </Button>
          <Button onClick={onClose}>{t('secret.kept')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
