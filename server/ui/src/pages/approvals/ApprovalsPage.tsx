import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core'
import { IconChecks, IconKeyboard } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApprovals, type Approval } from '~/api'
import { useClaim } from '~/api/deciding'
import { EmptyState, Page, PagedList, ProblemNotice, useListUrl } from '~/components'
import { BulkBar } from './inbox/BulkBar'
import { BulkDialog } from './inbox/BulkDialog'
import { selectable, type Outcome } from './inbox/bulk'
import { filtersOf, readView, VIEWS } from './inbox/filters'
import { InboxFilters } from './inbox/InboxFilters'
import { useInboxColumns } from './inbox/useInboxColumns'
import { useRowFocus } from './inbox/useRowFocus'
import { ShortcutHelp } from './ShortcutHelp'
import { useShortcuts } from './shortcuts'

/** What waits for people's decisions. */
export function ApprovalsPage() {
  const { t } = useTranslation('approvals')
  const url = useListUrl()
  const view = readView(url)
  const query = useApprovals(filtersOf(url))
  const columns = useInboxColumns()
  const claim = useClaim()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [bulk, setBulk] = useState<{ outcome: Outcome; approvals: Approval[] }>()
  const [help, setHelp] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const rows = useRowFocus(list)

  const items = query.data?.items ?? []
  // What was decided meanwhile falls out of the selection by itself.
  const selected = items.filter((approval) => chosen.has(approval.id) && selectable(approval))
  const current = () => items.find((approval) => approval.id === rows.current())
  const targets = () => {
    const one = current()
    return selected.length > 0 ? selected : one !== undefined && selectable(one) ? [one] : []
  }

  function decide(outcome: Outcome) {
    const approvals = targets()
    if (approvals.length > 0) {
      setBulk({ outcome, approvals })
    }
  }

  useShortcuts({
    j: () => rows.move(1),
    k: () => rows.move(-1),
    x: () => {
      const one = current()
      if (one !== undefined && selectable(one)) {
        setChosen(toggled(chosen, one.id))
      }
    },
    c: () => {
      const one = current()
      if (one !== undefined && selectable(one) && one.assignee === undefined) {
        claim.mutate(one.id)
      }
    },
    a: () => decide('approve'),
    r: () => decide('reject'),
    '?': () => setHelp(true),
  })

  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Tooltip label={t('keys.title')}>
          <ActionIcon variant="subtle" color="gray" onClick={() => setHelp(true)} aria-label={t('keys.title')} visibleFrom="sm">
            <IconKeyboard size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
      }
    >
      <InboxFilters url={url}>
        <SegmentedControl
          aria-label={t('view.label')}
          value={view}
          onChange={(next) => url.set('view', next === 'groups' ? undefined : next)}
          data={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
        />
      </InboxFilters>
      {claim.error && <ProblemNotice problem={claim.error} />}
      <div ref={list}>
        <PagedList
          label={t('title')}
          query={query}
          columns={columns}
          rowKey={(approval) => approval.id}
          rowHref={(approval) => `/approvals/${approval.id}`}
          rowName={(approval) => approval.title}
          url={{ ...url, filtered: ['state', 'workflow', 'site'].some((name) => url.one(name) !== undefined) }}
          empty={<EmptyState title={t(`empty.${view}`)} text={t(`empty.${view}Text`)} icon={IconChecks} />}
          selection={{
            selected: new Set(selected.map(({ id }) => id)),
            onChange: setChosen,
            selectable: (key) => items.some((approval) => approval.id === key && selectable(approval)),
          }}
        />
      </div>
      {selected.length > 0 && (
        <BulkBar count={selected.length} onDecide={decide} onClear={() => setChosen(new Set())} />
      )}
      {bulk !== undefined && (
        <BulkDialog
          approvals={bulk.approvals}
          outcome={bulk.outcome}
          onClose={() => {
            setBulk(undefined)
            setChosen(new Set())
          }}
        />
      )}
      <ShortcutHelp opened={help} onClose={() => setHelp(false)} page="inbox" />
    </Page>
  )
}

function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(chosen)
  if (!next.delete(id)) {
    next.add(id)
  }
  return next
}
