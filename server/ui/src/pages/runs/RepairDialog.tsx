import { Anchor, JsonInput, NumberInput, Stack } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, api, oneKey, useIncident, useWrite, type Incident } from '~/api'
import { ConfirmWithReason, forgetDraft, useDraft } from '~/components'
import { changedFrom, offered, readVariables } from './data'
import { Notice } from './Notice'

type RepairAction = NonNullable<Incident['actions']>[number]

/** How somebody wants to repair what. */
export interface Repair {
  incident: Incident
  /** What the step got. */
  input: Record<string, unknown> | undefined
  action: RepairAction
}

interface Props extends Repair {
  onClose: () => void
}

interface Answer {
  reason: string
  values: Record<string, unknown> | undefined
  retries: number | undefined
}

/** Asks how a run that needs help goes on. What is typed is kept until it went through. */
export function RepairDialog({ incident, input, action, onClose }: Props) {
  const { t } = useTranslation('runs')
  const draft = `incident.${incident.id}.${action}`
  const [json, setJson] = useDraft(`${draft}.values`)
  const [withValues, setWithValues] = useState(json !== '')
  const [retries, setRetries] = useState<number | undefined>()
  const [tried, setTried] = useState(false)
  const fault = useFaultText(json)
  const latest = useIncident(incident.id).data ?? incident
  // Somebody else was faster: what was typed stays to be copied, but there is nothing left to do.
  const late = latest.state !== 'open'

  const repair = useWrite<Answer, Incident>(
    ({ reason, values, retries: times }, intent) =>
      answer(
        api.POST('/incidents/{incident}/resolution', {
          params: { path: { incident: incident.id }, header: { 'Idempotency-Key': intent } },
          body: {
            action,
            reason: reason === '' ? undefined : reason,
            ...(action === 'happened' ? { result: values } : { variables: values }),
            retries: action === 'retry' ? times : undefined,
          },
        }),
      ),
    {
      touches: () => [['incidents'], oneKey('runs', incident.run ?? '')],
      onDone: () => {
        forgetDraft(draft)
        forgetDraft(`${draft}.values`)
        onClose()
      },
    },
  )

  function confirm(reason: string) {
    setTried(true)
    const typed = readVariables(json)
    if (typed.ok && !late) {
      const values = action === 'retry' ? changedFrom(offered(input), typed.value) : typed.value
      repair.mutate({ reason, values, retries })
    }
  }

  function openValues() {
    setWithValues(true)
    const known = offered(input)
    if (action === 'retry' && json === '' && Object.keys(known).length > 0) {
      setJson(JSON.stringify(known, null, 2))
    }
  }

  const takesValues = action !== 'did-not-happen'
  return (
    <ConfirmWithReason
      opened
      onClose={onClose}
      title={t(`repair.${action}.title`, { step: incident.elementName ?? incident.element })}
      text={t(`repair.${action}.text`)}
      action={t(`repair.${action}.action`)}
      reason={action === 'retry' ? 'optional' : 'required'}
      draft={draft}
      busy={repair.isPending}
      problem={late ? null : repair.error}
      onConfirm={confirm}
    >
      <Stack gap="sm">
        {late && !repair.isPending && (
          <Notice role="alert" tone="attention" icon={IconInfoCircle} title={t('repair.lateTitle')}>
            {t(latest.state === 'resolved' ? 'repair.lateResolved' : 'repair.lateResolving')}
          </Notice>
        )}
        {takesValues && !withValues && (
          <Anchor component="button" type="button" size="sm" ta="left" onClick={openValues}>
            {t(action === 'happened' ? 'repair.addResult' : 'repair.addVariables')}
          </Anchor>
        )}
        {takesValues && withValues && (
          <JsonInput
            label={t(action === 'happened' ? 'repair.result' : 'repair.variables')}
            description={t(action === 'happened' ? 'repair.resultHelp' : 'repair.variablesHelp')}
            placeholder={t('repair.example')}
            error={tried || json.trim().endsWith('}') ? fault : undefined}
            validationError={fault}
            formatOnBlur
            autosize
            minRows={3}
            maxRows={12}
            spellCheck={false}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8rem' } }}
            value={json}
            onChange={setJson}
          />
        )}
        {action === 'retry' && withValues && (
          <NumberInput
            label={t('repair.retries')}
            description={t('repair.retriesHelp')}
            min={1}
            max={100}
            w={180}
            placeholder="1"
            value={retries ?? ''}
            onChange={(value) => setRetries(typeof value === 'number' ? value : undefined)}
          />
        )}
      </Stack>
    </ConfirmWithReason>
  )
}

function useFaultText(json: string): string | undefined {
  const { t } = useTranslation('runs')
  const typed = readVariables(json)
  if (typed.ok) {
    return undefined
  }
  switch (typed.fault.kind) {
    case 'syntax':
      return t('repair.fault.syntax', { detail: typed.fault.detail })
    case 'no-object':
      return t('repair.fault.noObject')
    case 'reserved':
      return t('repair.fault.reserved')
  }
}
