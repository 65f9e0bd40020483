import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, api, oneKey, useWrite, type Workflow } from '~/api'
import { ConfirmWithReason } from '~/components'

/** Pauses a workflow or lets it go on, after saying what that means. */
export function PauseButton({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslation('workflows')
  const [opened, setOpened] = useState(false)
  const words = workflow.paused ? 'resume' : 'pause'
  const write = useWrite<boolean, Workflow>(
    (paused) => answer(api.PATCH('/workflows/{workflow}', { params: { path: { workflow: workflow.id } }, body: { paused } })),
    { touches: () => [oneKey('workflows', workflow.id), ['workflows', 'list']], onDone: () => setOpened(false) },
  )
  const Sign = workflow.paused ? IconPlayerPlay : IconPlayerPause
  return (
    <>
      <Button
        variant="default"
        leftSection={<Sign size={16} aria-hidden />}
        onClick={() => {
          write.reset()
          setOpened(true)
        }}
      >
        {t(`toggle.${words}.open`)}
      </Button>
      <ConfirmWithReason
        opened={opened}
        onClose={() => setOpened(false)}
        title={t(`toggle.${words}.title`, { workflow: workflow.title })}
        text={t(`toggle.${words}.text`)}
        action={t(`toggle.${words}.open`)}
        draft={`workflow.pause.${workflow.id}`}
        busy={write.isPending}
        problem={write.error}
        onConfirm={() => write.mutate(!workflow.paused)}
      />
    </>
  )
}
