import { Button, Group, Select } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answer, api, oneKey, useSites, useWrite, type Mode, type Run } from '~/api'
import { ProblemNotice } from '~/components'
import { useMay } from '~/session'
import { Notice } from './Notice'

/** Asks in which mode a run goes on that was started past Segue; until then none of its effects happens. */
export function AdoptRun({ run }: { run: Run }) {
  const { t } = useTranslation(['runs', 'common'])
  const may = useMay('operator')
  const sites = useSites().data ?? []
  const [site, setSite] = useState<string | null>(run.site ?? null)
  const adopt = useWrite<Mode, Run>(
    (mode) =>
      answer(
        api.POST('/runs/{run}/adoption', {
          params: { path: { run: run.id } },
          body: { mode, site: site ?? undefined },
        }),
      ),
    { touches: () => [oneKey('runs', run.id)] },
  )
  return (
    <Notice tone="attention" icon={IconHelpCircle} title={t('adopt.title')}>
      <p style={{ margin: 0 }}>{t('adopt.text')}</p>
      {adopt.error && <ProblemNotice problem={adopt.error} />}
      {may ? (
        <Group mt="sm" gap="xs" align="flex-end">
          {sites.length > 0 && (
            <Select
              size="xs"
              label={t('common:site.label')}
              placeholder={t('start.noSite')}
              clearable
              data={sites.map(({ id, name }) => ({ value: id, label: name }))}
              value={site}
              onChange={setSite}
            />
          )}
          <Button size="xs" variant="default" loading={adopt.isPending} onClick={() => adopt.mutate('simulated')}>
            {t('adopt.simulated')}
          </Button>
          <Button size="xs" loading={adopt.isPending} onClick={() => adopt.mutate('live')}>
            {t('adopt.live')}
          </Button>
        </Group>
      ) : (
        <p style={{ margin: '0.4rem 0 0' }}>{t('adopt.mayNot')}</p>
      )}
    </Notice>
  )
}
