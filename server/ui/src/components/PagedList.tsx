import { Button, Card, Checkbox, Group, Skeleton, Table, VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { asProblem, type Page } from '~/api'
import { EmptyState } from './EmptyState'
import classes from './PagedList.module.css'
import { ProblemNotice } from './ProblemNotice'
import type { ListUrl } from './useListUrl'

export interface Column<T> {
  /** Names the column, also for screen readers. */
  header: string
  cell: (item: T) => ReactNode
  /** On a phone: the card's first line, a labelled line below (the default), or left out. */
  phone?: 'title' | 'badge' | 'line' | 'hidden'
  align?: 'right'
  /** As wide as its content. */
  narrow?: boolean
}

export interface Selection {
  selected: ReadonlySet<string>
  onChange: (selected: ReadonlySet<string>) => void
  /** Whether a row can be selected; all can without it. */
  selectable?: (key: string) => boolean
}

interface Props<T> {
  /** Names the list for screen readers. */
  label: string
  query: Pick<UseQueryResult<Page<T>>, 'data' | 'error' | 'isPending' | 'isPlaceholderData' | 'refetch'>
  columns: readonly Column<T>[]
  rowKey: (item: T) => string
  /** Where a row leads. The first column becomes the link. */
  rowHref?: (item: T) => string
  /** What a row is called, for its checkbox. */
  rowName?: (item: T) => string
  url: ListUrl
  /** Stands where there is nothing at all; filters that match nothing are told by themselves. */
  empty: ReactNode
  selection?: Selection
}

/** Below this width a table becomes cards. */
const PHONE = '(max-width: 47.99em)'

/** A list in pages, with its empty, loading and failed states: a table, or cards on a phone. */
export function PagedList<T>(props: Props<T>) {
  const { query, url, label, empty } = props
  const phone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false })
  if (query.error && query.data === undefined) {
    return <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />
  }
  if (query.isPending || query.data === undefined) {
    return <Loading />
  }
  const { items, next } = query.data
  if (items.length === 0 && !url.hasPrevious) {
    return <Card>{url.filtered ? <NoMatch onClear={() => url.clear()} /> : empty}</Card>
  }
  return (
    <div aria-busy={query.isPlaceholderData} className={query.isPlaceholderData ? classes.stale : undefined}>
      {query.error && <ProblemNotice problem={asProblem(query.error)} onRetry={() => void query.refetch()} />}
      {phone ? <Cards {...props} items={items} /> : <Rows {...props} items={items} />}
      <Paging url={url} next={next} label={label} />
    </div>
  )
}

type Shown<T> = Props<T> & { items: readonly T[] }

function Rows<T>({ items, label, columns, rowKey, rowHref, rowName, selection }: Shown<T>) {
  return (
    <Card padding={0} className={classes.scroll}>
      <Table highlightOnHover={rowHref !== undefined} className={classes.table} aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {selection && (
              <Table.Th w={1}>
                <SelectAll keys={items.map(rowKey)} selection={selection} />
              </Table.Th>
            )}
            {columns.map(({ header, align, narrow }) => (
              <Table.Th key={header} ta={align} w={narrow ? 1 : undefined} scope="col">
                {header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((item) => (
            <Table.Tr key={rowKey(item)} className={rowHref && classes.linked}>
              {selection && (
                <Table.Td className={classes.above}>
                  <SelectOne id={rowKey(item)} name={rowName?.(item) ?? rowKey(item)} selection={selection} />
                </Table.Td>
              )}
              {columns.map(({ header, cell, align, narrow }, index) => (
                <Table.Td key={header} ta={align} className={narrow ? classes.narrow : undefined}>
                  {index === 0 && rowHref ? <RowLink to={rowHref(item)}>{cell(item)}</RowLink> : cell(item)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  )
}

function Cards<T>({ items, label, columns, rowKey, rowHref, rowName, selection }: Shown<T>) {
  const title = columns.find((column) => column.phone === 'title') ?? columns[0]
  const badges = columns.filter((column) => column.phone === 'badge')
  const lines = columns.filter((column) => column !== title && (column.phone ?? 'line') === 'line')
  return (
    <ul className={classes.cards} aria-label={label}>
      {items.map((item) => (
        <Card component="li" key={rowKey(item)} padding="sm" className={rowHref && classes.linked}>
          <Group gap="sm" wrap="nowrap" align="flex-start">
            {selection && (
              <div className={classes.above}>
                <SelectOne id={rowKey(item)} name={rowName?.(item) ?? rowKey(item)} selection={selection} />
              </div>
            )}
            <div className={classes.cardBody}>
              <div className={classes.cardTitle}>
                {rowHref ? <RowLink to={rowHref(item)}>{title?.cell(item)}</RowLink> : title?.cell(item)}
              </div>
              {badges.length > 0 && (
                <Group gap={6} mt={4}>
                  {badges.map((column) => (
                    <span key={column.header}>{column.cell(item)}</span>
                  ))}
                </Group>
              )}
              <dl className={classes.lines}>
                {lines
                  .map((column) => ({ header: column.header, content: column.cell(item) }))
                  .filter(({ content }) => content !== null && content !== undefined && content !== false && content !== '')
                  .map(({ header, content }) => (
                    <div key={header}>
                      <dt>{header}</dt>
                      <dd>{content}</dd>
                    </div>
                  ))}
              </dl>
            </div>
          </Group>
        </Card>
      ))}
    </ul>
  )
}

/** A link that stretches over its row, so that all of the row can be clicked and opened in a new tab. */
function RowLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className={classes.rowLink}>
      {children}
    </Link>
  )
}

function SelectOne({ id, name, selection }: { id: string; name: string; selection: Selection }) {
  const { t } = useTranslation()
  const { selected, onChange, selectable } = selection
  return (
    <Checkbox
      aria-label={t('list.select', { what: name })}
      checked={selected.has(id)}
      disabled={selectable?.(id) === false}
      onChange={(event) => {
        const next = new Set(selected)
        if (event.currentTarget.checked) {
          next.add(id)
        } else {
          next.delete(id)
        }
        onChange(next)
      }}
    />
  )
}

function SelectAll({ keys, selection }: { keys: string[]; selection: Selection }) {
  const { t } = useTranslation()
  const { selected, onChange, selectable } = selection
  const all = keys.filter((key) => selectable?.(key) !== false)
  const chosen = all.filter((key) => selected.has(key)).length
  return (
    <Checkbox
      aria-label={t('list.selectAll')}
      checked={all.length > 0 && chosen === all.length}
      indeterminate={chosen > 0 && chosen < all.length}
      disabled={all.length === 0}
      onChange={(event) => onChange(new Set(event.currentTarget.checked ? all : []))}
    />
  )
}

function Paging({ url, next, label }: { url: ListUrl; next: string | undefined; label: string }) {
  const { t } = useTranslation()
  if (!url.hasPrevious && next === undefined) {
    return null
  }
  return (
    <Group component="nav" justify="flex-end" mt="sm" gap="xs" aria-label={t('list.paging', { list: label })}>
      {url.hasPrevious && (
        <>
          <Button variant="subtle" size="xs" onClick={() => url.first()}>
            {t('list.first')}
          </Button>
          <Button variant="default" size="xs" leftSection={<IconChevronLeft size={15} />} onClick={() => url.previous()}>
            {t('list.previous')}
          </Button>
        </>
      )}
      <Button
        variant="default"
        size="xs"
        disabled={next === undefined}
        rightSection={<IconChevronRight size={15} />}
        onClick={() => next !== undefined && url.next(next)}
      >
        {t('list.next')}
      </Button>
    </Group>
  )
}

function NoMatch({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation()
  return (
    <EmptyState title={t('list.noMatch')}>
      <Button mt="xs" variant="default" size="xs" onClick={onClear}>
        {t('list.clearFilters')}
      </Button>
    </EmptyState>
  )
}

function Loading() {
  const { t } = useTranslation()
  return (
    <Card padding="sm" aria-busy>
      <VisuallyHidden role="status">{t('app.loading')}</VisuallyHidden>
      {[0, 1, 2, 3, 4].map((row) => (
        <Skeleton key={row} h={18} my={9} w={`${92 - row * 7}%`} />
      ))}
    </Card>
  )
}
