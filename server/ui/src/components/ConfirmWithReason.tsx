import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiProblem } from '~/api'
import { ProblemNotice } from './ProblemNotice'
import { useDraft } from './useDraft'

interface Props {
  opened: boolean
  onClose: () => void
  title: string
  /** What will happen, in a sentence. */
  text?: ReactNode
  /** The words on the button, such as Cancel the run. */
  action: string
  danger?: boolean
  /** Whether a reason must be given; without this prop none is asked for. */
  reason?: 'required' | 'optional'
  /** Under which a typed reason is kept until it was sent. */
  draft: string
  busy: boolean
  problem: ApiProblem | null
  onConfirm: (reason: string) => void
  /** Further fields, above the reason. */
  children?: ReactNode
}

/** Asks before something is done. The caller closes it once it is. */
export function ConfirmWithReason({ opened, onClose, title, children, ...props }: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('do.close') }}>
      <Body onClose={onClose} {...props}>
        {children}
      </Body>
    </Modal>
  )
}

function Body({ onClose, text, action, danger, reason, draft, busy, problem, onConfirm, children }: Omit<Props, 'opened' | 'title'>) {
  const { t } = useTranslation()
  const [value, setValue] = useDraft(draft)
  const [tried, setTried] = useState(false)
  const missing = reason === 'required' && value.trim() === ''

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!missing) {
      onConfirm(value.trim())
    }
  }

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {text && <Text size="sm">{text}</Text>}
        {problem && <ProblemNotice problem={problem} />}
        {children}
        {reason && (
          <Textarea
            label={t('reason.label')}
            description={t('reason.help')}
            required={reason === 'required'}
            error={tried && missing ? t('reason.needed') : undefined}
            data-autofocus
            autosize
            minRows={2}
            maxLength={2000}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('do.cancel')}
          </Button>
          <Button type="submit" color={danger ? 'red' : undefined} loading={busy}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
