import { Button, Modal } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import type { Workflow } from '~/api'
import { StartForm } from './StartForm'

/** In the URL: `new`, or the id of a run whose values to begin with. */
const PARAM = 'start'

/** Opens the dialog that starts a run. It is in the URL, so that a link can lead to it. */
export function StartRun({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslation(['workflows', 'common'])
  const [params, setParams] = useSearchParams()
  const start = params.get(PARAM)
  const phone = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false })

  function open(value: string | undefined) {
    setParams(
      (before) => {
        const after = new URLSearchParams(before)
        if (value === undefined) {
          after.delete(PARAM)
        } else {
          after.set(PARAM, value)
        }
        return after
      },
      { replace: true, preventScrollReset: true },
    )
  }

  return (
    <>
      <Button leftSection={<IconPlayerPlay size={16} aria-hidden />} onClick={() => open('new')}>
        {t('start.open')}
      </Button>
      <Modal
        opened={start !== null}
        onClose={() => open(undefined)}
        title={t('start.title', { workflow: workflow.title })}
        size="xl"
        centered={false}
        fullScreen={phone}
        closeButtonProps={{ 'aria-label': t('common:do.close') }}
      >
        {start !== null && (
          <StartForm workflow={workflow} like={start === 'new' ? undefined : start} onClose={() => open(undefined)} />
        )}
      </Modal>
    </>
  )
}
