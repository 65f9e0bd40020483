import { Button, Card, Group, Text, TextInput, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSite, type ApiProblem, type Change, type ChangeSetDetail } from '~/api'
import { MoneyText, StateBadge, TimeText } from '~/components'
import { useFormat } from '~/format'
import { ChangeCards, ChangeRows } from './ChangeList'
import classes from './ChangeTable.module.css'
import { changesOf, countEdits, noEdits, type Edits } from './edits'
import { totalsOf } from './totals'

interface Props {
  set: ChangeSetDetail
  /** With `onEdits`, what may be edited becomes a field, and changes can be taken out. */
  edits?: Edits
  onEdits?: (edits: Edits) => void
  /** The refusal of edits; its messages appear at their fields. */
  problem?: ApiProblem | null
}

/** More rows than these come on demand. */
const AT_FIRST = 30
const SEARCHABLE = 10

/** A change list as before and after, with reasons and totals: the very thing that people decide on. */
export function ChangeTable({ set, edits = noEdits, onEdits, problem = null }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const phone = useMediaQuery('(max-width: 61.99em)', undefined, { getInitialValueInEffect: false })
  const site = useSite(set.site)
  const [search, setSearch] = useState('')
  const [all, setAll] = useState(false)
  const changes = changesOf(set)
  const found = useMemo(() => changes.filter((change) => matches(change, search)), [changes, search])
  const shown = all ? found : found.slice(0, AT_FIRST)
  const totals = totalsOf(changes, edits)
  const { edited, removed } = countEdits(edits)
  const list = {
    changes: shown,
    edits,
    onEdits,
    problem,
    currency: site?.currency,
    settled: set.state !== 'planned' && set.state !== 'approved',
    label: t('changes.caption', { title: set.title }),
  }
  return (
    <Card padding={0}>
      <div className={classes.head}>
        <Group justify="space-between" gap="xs">
          <Group gap="sm">
            <Title order={2} fz="md">
              {set.title}
            </Title>
            <StateBadge kind="changes" state={set.state} />
          </Group>
          {changes.length > SEARCHABLE && (
            <TextInput
              size="xs"
              type="search"
              leftSection={<IconSearch size={14} aria-hidden />}
              aria-label={t('changes.filter')}
              placeholder={t('changes.filter')}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
          )}
        </Group>
        {set.summary && (
          <Text size="sm" c="dimmed">
            {set.summary}
          </Text>
        )}
      </div>
      {phone ? <ChangeCards {...list} /> : <ChangeRows {...list} />}
      <footer className={classes.foot}>
        <Group gap="sm">
          <Text size="sm" fw={600}>
            {t('changes.count', { count: changes.length - removed })}
          </Text>
          {edited + removed > 0 && (
            <Text size="sm" fw={600} style={{ color: 'var(--tone-attention-text)' }} role="status">
              {t('changes.editedSummary', { edited: format.number(edited), removed: format.number(removed) })}
            </Text>
          )}
          {onEdits && edited + removed > 0 && (
            <Button size="compact-xs" variant="subtle" onClick={() => onEdits(noEdits)}>
              {t('changes.reset')}
            </Button>
          )}
          {found.length > shown.length && (
            <Button size="compact-xs" variant="default" onClick={() => setAll(true)}>
              {t('changes.showAll', { count: found.length - shown.length })}
            </Button>
          )}
          {set.validUntil && (
            <Text size="sm" c="dimmed">
              {t('changes.valid')} <TimeText at={set.validUntil} site={set.site} as="moment" />
            </Text>
          )}
        </Group>
        {totals.length > 0 && (
          <Text size="sm" fw={700}>
            {t('changes.total')}{' '}
            {totals.map((total) => (
              <span key={total.currency} className={classes.total}>
                <MoneyText {...total} />
              </span>
            ))}
          </Text>
        )}
      </footer>
    </Card>
  )
}

function matches(change: Change, search: string): boolean {
  const wanted = search.trim().toLowerCase()
  return wanted === '' || `${change.title} ${change.target?.label ?? ''} ${change.reason ?? ''}`.toLowerCase().includes(wanted)
}
