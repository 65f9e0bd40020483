import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSites, useWorkflows } from '~/api'
import type { ListUrl } from '~/components'
import classes from './InboxFilters.module.css'
import { readState, type StateFilter } from './filters'

/** What to show of the inbox; all of it is in the URL. */
export function InboxFilters({ url, children }: { url: ListUrl; children: ReactNode }) {
  const { t } = useTranslation(['approvals', 'common'])
  const workflows = useWorkflows({ limit: 200 }).data?.items ?? []
  const sites = useSites().data ?? []
  const states: { value: StateFilter; label: string }[] = [
    { value: 'waiting', label: t('filter.waiting') },
    { value: 'decided', label: t('filter.decided') },
    { value: 'any', label: t('filter.any') },
  ]
  return (
    <div className={classes.filters}>
      <div className={classes.view}>{children}</div>
      <Select
        aria-label={t('common:state.label')}
        data={states}
        allowDeselect={false}
        value={readState(url)}
        onChange={(value) => url.set('state', value === 'waiting' ? undefined : (value ?? undefined))}
      />
      {(workflows.length > 1 || url.one('workflow') !== undefined) && (
        <Select
          aria-label={t('filter.workflow')}
          placeholder={t('filter.allWorkflows')}
          data={workflows.map(({ id, title }) => ({ value: id, label: title }))}
          clearable
          value={url.one('workflow') ?? null}
          onChange={(value) => url.set('workflow', value ?? undefined)}
        />
      )}
      {(sites.length > 1 || url.one('site') !== undefined) && (
        <Select
          aria-label={t('common:site.label')}
          placeholder={t('common:site.all')}
          data={sites.map(({ id, name }) => ({ value: id, label: name }))}
          clearable
          value={url.one('site') ?? null}
          onChange={(value) => url.set('site', value ?? undefined)}
        />
      )}
    </div>
  )
}
