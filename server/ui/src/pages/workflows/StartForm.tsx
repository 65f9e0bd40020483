import { Anchor, Button, Group, JsonInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlayerPause } from '@tabler/icons-react'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { answer, api, useSite, useSites, useWorkflowForm, useWrite, type Mode, type Run, type Workflow } from '~/api'
import { ProblemNotice, QueryView, TimeText, useDraft } from '~/components'
import { FormView, type FormData, type FormHandle } from '~/form'
import { instantIn } from '~/format'
import { readVariables } from '../runs/data'
import { Notice } from '../runs/Notice'
import { ModeChoice } from './ModeChoice'
import { readKept, valuesFor, withoutEmpty } from './startValues'
import { useModel } from './useModel'

interface Props {
  workflow: Workflow
  /** The run whose values to begin with. */
  like: string | undefined
  onClose: () => void
}

interface Start {
  mode: Mode
  site: string | undefined
  businessKey: string | undefined
  asOf: string | undefined
  variables: Record<string, unknown>
}

/** Asks what a run starts with, starts it, and goes there. What is typed is kept until it has started. */
export function StartForm({ workflow, like, onClose }: Props) {
  const { t } = useTranslation(['workflows', 'common', 'runs'])
  const navigate = useNavigate()
  const name = `workflow.start.${workflow.id}`
  const schema = useWorkflowForm(workflow.id, workflow.version, workflow.startForm)
  const model = useModel(workflow.id, like)
  const sites = useSites().data ?? []
  const form = useRef<FormHandle>(null)
  const [kept, setKept] = useDraft(`${name}.form`)
  const [json, setJson] = useDraft(`${name}.json`)
  // Only what was kept before it was opened: handing every change back would open the form anew at each key.
  const [values, setValues] = useState<FormData | undefined>(() => readKept(kept))
  const [mode, setMode] = useState<Mode>('simulated')
  const [chosen, setSite] = useState<string | null>()
  const [businessKey, setBusinessKey] = useDraft(`${name}.key`)
  const [asOf, setAsOf] = useState('')
  const [tried, setTried] = useState(false)

  const site = chosen === undefined ? (model.run?.site ?? (sites.length === 1 ? (sites[0]?.id ?? null) : null)) : chosen
  const zone = useSite(site ?? undefined)?.zone
  const shown = values ?? (like !== undefined && model.run && schema.data ? valuesFor(schema.data, model.run.variables) : undefined)

  const start = useWrite<Start, Run>(
    (body, intent) =>
      answer(
        api.POST('/runs', {
          params: { header: { 'Idempotency-Key': intent } },
          body: { workflow: workflow.id, ...body },
        }),
      ),
    {
      onDone: (run) => {
        setKept('')
        setJson('')
        setBusinessKey('')
        void navigate(`/runs/${run.id}`)
      },
    },
  )

  const typed = readVariables(json)
  const fault = typed.ok ? undefined : t('start.jsonFault')

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    const given = workflow.startForm === undefined ? undefined : form.current?.submit()
    if ((given !== undefined && !given.valid) || !typed.ok || (workflow.startForm !== undefined && given === undefined)) {
      return
    }
    start.mutate({
      mode,
      site: site ?? undefined,
      businessKey: businessKey.trim() || undefined,
      asOf: mode === 'simulated' && asOf !== '' ? instantIn(asOf, zone) : undefined,
      variables: given ? withoutEmpty(given.data) : (typed.value ?? {}),
    })
  }

  return (
    <Stack>
      {workflow.paused && (
        <Notice tone="attention" icon={IconPlayerPause} title={t('paused.title')}>
          {t('paused.text')}
        </Notice>
      )}
      <ModeChoice mode={mode} onChange={setMode} />
      <Group grow align="flex-start" preventGrowOverflow={false} gap="sm">
        {sites.length > 0 && (
          <Select
            label={t('common:site.label')}
            description={t('start.siteHelp')}
            placeholder={t('runs:start.noSite')}
            clearable
            clearButtonProps={{ 'aria-label': t('start.clearSite') }}
            data={sites.map(({ id, name: label }) => ({ value: id, label }))}
            value={site}
            onChange={setSite}
            error={start.error?.field('site')}
          />
        )}
        <TextInput
          label={t('start.businessKey')}
          description={t('start.businessKeyHelp')}
          maxLength={200}
          value={businessKey}
          onChange={(event) => setBusinessKey(event.currentTarget.value)}
          error={start.error?.field('businessKey')}
        />
        {mode === 'simulated' && (
          <TextInput
            type="datetime-local"
            label={t('start.asOf')}
            description={t('start.asOfHelp')}
            value={asOf}
            onChange={(event) => setAsOf(event.currentTarget.value.slice(0, 16))}
            error={start.error?.field('asOf')}
          />
        )}
      </Group>
      {workflow.startForm === undefined ? (
        <JsonInput
          label={t('start.variables')}
          description={t('start.variablesHelp')}
          placeholder={t('start.jsonExample')}
          validationError={fault}
          formatOnBlur
          autosize
          minRows={3}
          maxRows={14}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '0.8rem' } }}
          value={json}
          onChange={setJson}
          error={tried ? fault : undefined}
        />
      ) : (
        <section aria-label={t('start.form')}>
          <Group justify="space-between" mb="xs" gap="xs">
            <Text fw={600}>{t('start.form')}</Text>
            {model.run && values === undefined && like === undefined && (
              <Anchor
                component="button"
                type="button"
                size="sm"
                onClick={() => schema.data && model.run && setValues(valuesFor(schema.data, model.run.variables))}
              >
                {t('start.likeLast')} (<TimeText at={model.run.createdAt} />)
              </Anchor>
            )}
          </Group>
          <QueryView query={schema}>
            {(opened) =>
              like !== undefined && model.pending ? null : (
                <FormView ref={form} schema={opened} data={shown} onChange={(data) => setKept(JSON.stringify(data))} />
              )
            }
          </QueryView>
        </section>
      )}
      <form onSubmit={submit}>
        <Stack gap="sm">
          {start.error && <ProblemNotice problem={start.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:do.cancel')}
            </Button>
            <Button type="submit" loading={start.isPending} disabled={workflow.paused}>
              {t(mode === 'live' ? 'start.live' : 'start.simulated')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  )
}
