import { Button, Collapse, Group, MultiSelect, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useDebouncedCallback, useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconFilter, IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSites, useWorkflows } from '~/api'
import { states, type ListUrl } from '~/components'
import classes from './RunFilters.module.css'
import { SPANS, type Wanted } from './when'

interface Props {
  url: ListUrl
  wanted: Wanted
  /** In which times are meant; the browser's without it. */
  zone: string | undefined
  /** Leaves out the filter by workflow. */
  oneWorkflow?: boolean
}

/** The filters of a list of runs. On a phone they open on demand. */
export function RunFilters({ url, wanted, zone, oneWorkflow = false }: Props) {
  const { t } = useTranslation(['runs', 'common'])
  const phone = useMediaQuery('(max-width: 47.99em)', undefined, { getInitialValueInEffect: false })
  const [opened, { toggle }] = useDisclosure(false)
  return (
    <div role="search" aria-label={t('common:list.filters')}>
      {phone && (
        <Group gap="xs" wrap="nowrap">
          <Search url={url} className={classes.grow} />
          <Button
            variant="default"
            leftSection={<IconFilter size={16} aria-hidden />}
            aria-expanded={opened}
            onClick={toggle}
          >
            {t('common:list.filters')}
          </Button>
        </Group>
      )}
      <Collapse expanded={!phone || opened}>
        <div className={classes.filters}>
          {!phone && <Search url={url} className={classes.search} />}
          <States url={url} wanted={wanted} />
          {!oneWorkflow && <Workflows url={url} wanted={wanted} />}
          <Sites url={url} wanted={wanted} />
          <When url={url} wanted={wanted} zone={zone} />
          <SegmentedControl
            aria-label={t('filter.mode')}
            className={classes.mode}
            value={wanted.mode ?? ''}
            onChange={(mode) => url.set('mode', mode)}
            data={[
              { value: '', label: t('filter.bothModes') },
              { value: 'live', label: t('common:state.mode.live') },
              { value: 'simulated', label: t('common:state.mode.simulated') },
            ]}
          />
          {url.filtered && (
            <Button variant="subtle" onClick={() => url.clear()} className={classes.clear}>
              {t('common:list.clearFilters')}
            </Button>
          )}
        </div>
      </Collapse>
    </div>
  )
}

const TYPING_MILLIS = 350

function Search({ url, className }: { url: ListUrl; className?: string }) {
  const { t } = useTranslation('runs')
  const current = url.one('q') ?? ''
  const [text, setText] = useState(current)
  const apply = useDebouncedCallback((value: string) => url.set('q', value.trim()), TYPING_MILLIS)
  // The back button and Clear filters change it, too.
  useEffect(() => setText((typed) => (typed.trim() === current ? typed : current)), [current])
  return (
    <TextInput
      type="search"
      className={className}
      aria-label={t('filter.text')}
      placeholder={t('filter.text')}
      leftSection={<IconSearch size={16} aria-hidden />}
      maxLength={200}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        apply(event.currentTarget.value)
      }}
    />
  )
}

function States({ url, wanted }: Pick<Props, 'url' | 'wanted'>) {
  const { t } = useTranslation(['runs', 'common'])
  const data = Object.keys(states.run).map((state) => ({
    value: state,
    label: t(`common:state.run.${state as keyof typeof states.run}`),
  }))
  return (
    <MultiSelect
      className={classes.states}
      aria-label={t('common:state.label')}
      placeholder={wanted.states.length === 0 ? t('filter.allStates') : undefined}
      data={data}
      value={wanted.states}
      onChange={(value) => url.set('state', value)}
      clearable
      clearButtonProps={{ 'aria-label': t('filter.clear', { what: t('common:state.label') }) }}
    />
  )
}

function Workflows({ url, wanted }: Pick<Props, 'url' | 'wanted'>) {
  const { t } = useTranslation('runs')
  const workflows = useWorkflows({ limit: 500 }).data?.items ?? []
  const data = workflows.map(({ id, title }) => ({ value: id, label: title }))
  if (wanted.workflow !== undefined && !data.some(({ value }) => value === wanted.workflow)) {
    data.push({ value: wanted.workflow, label: wanted.workflow })
  }
  return (
    <Select
      aria-label={t('filter.workflow')}
      placeholder={t('filter.allWorkflows')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('filter.clear', { what: t('filter.workflow') }) }}
      data={data}
      value={wanted.workflow ?? null}
      onChange={(value) => url.set('workflow', value ?? undefined)}
    />
  )
}

function Sites({ url, wanted }: Pick<Props, 'url' | 'wanted'>) {
  const { t } = useTranslation(['runs', 'common'])
  const sites = useSites().data ?? []
  if (sites.length === 0) {
    return null
  }
  return (
    <Select
      aria-label={t('common:site.label')}
      placeholder={t('common:site.all')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('filter.clear', { what: t('common:site.label') }) }}
      data={sites.map(({ id, name }) => ({ value: id, label: name }))}
      value={wanted.site ?? null}
      onChange={(value) => url.set('site', value ?? undefined)}
    />
  )
}

function When({ url, wanted, zone }: Pick<Props, 'url' | 'wanted' | 'zone'>) {
  const { t } = useTranslation('runs')
  const data = [
    ...(Object.keys(SPANS) as (keyof typeof SPANS)[]).map((span) => ({ value: span, label: t(`filter.span.${span}`) })),
    { value: 'between', label: t('filter.between') },
  ]
  return (
    <>
      <Select
        aria-label={t('filter.when')}
        placeholder={t('filter.anyTime')}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.clear', { what: t('filter.when') }) }}
        data={data}
        value={wanted.when ?? null}
        onChange={(value) => url.set('when', value ?? undefined)}
      />
      {wanted.when === 'between' && (
        <Group gap="xs" wrap="nowrap" className={classes.between}>
          {(['from', 'until'] as const).map((end) => (
            <TextInput
              key={end}
              type="datetime-local"
              className={classes.grow}
              aria-label={t(`filter.${end}`, { zone: zone ?? t('filter.yourZone') })}
              title={t(`filter.${end}`, { zone: zone ?? t('filter.yourZone') })}
              value={wanted[end] ?? ''}
              onChange={(event) => url.set(end, event.currentTarget.value.slice(0, 16))}
            />
          ))}
        </Group>
      )}
    </>
  )
}
