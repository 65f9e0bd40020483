import { ActionIcon, Group, Text, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** A text to copy, such as an id; shows `label` where the text itself is too long. */
export function CopyText({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)

  async function copy() {
    await copyToClipboard(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 2_000)
  }

  return (
    <Group gap={4} wrap="nowrap" display="inline-flex">
      <Text span size="xs" ff="monospace" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {label ?? text}
      </Text>
      <Tooltip label={copied ? t('do.copied') : t('do.copy', { what: text })}>
        <ActionIcon size="sm" variant="subtle" color="gray" onClick={copy} aria-label={t('do.copy', { what: text })}>
          {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <span role="status" className="visually-hidden">
        {copied ? t('do.copied') : ''}
      </span>
    </Group>
  )
}

/** Copies, also where the page came by plain HTTP and browsers withhold the clipboard. */
export async function copyToClipboard(text: string): Promise<void> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(text)
    return
  }
  const area = document.createElement('textarea')
  area.value = text
  area.style.position = 'fixed'
  area.style.opacity = '0'
  document.body.append(area)
  area.select()
  document.execCommand('copy')
  area.remove()
}
