import { ActionIcon, Button, Code, Group, SegmentedControl, Table, Text, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyToClipboard } from '~/components'
import { useFormat } from '~/format'
import classes from './DataView.module.css'
import { isRecord, isTable, words } from './data'

interface Props {
  /** Names what is shown. */
  label: string
  value: unknown
  /** Shows names as the diagram's expressions write them. */
  rawNames?: boolean
  /** Of its heading. */
  level?: 2 | 3
}

/** Data that a step got or made: to read, or as JSON, to copy. */
export function DataView({ label, value, rawNames = false, level = 3 }: Props) {
  const { t } = useTranslation('runs')
  const [as, setAs] = useState('readable')
  const json = JSON.stringify(value, null, 2)
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section aria-label={label} className={classes.view}>
      <Group justify="space-between" gap="xs" mb={6} wrap="nowrap">
        <Heading className={classes.label}>{label}</Heading>
        <Group gap={6} wrap="nowrap">
          <SegmentedControl
            size="xs"
            aria-label={t('data.as', { what: label })}
            data={[
              { value: 'readable', label: t('data.readable') },
              { value: 'json', label: t('data.json') },
            ]}
            value={as}
            onChange={setAs}
          />
          <CopyData label={label} text={json} />
        </Group>
      </Group>
      {as === 'json' ? (
        <Code block className={classes.json} tabIndex={0} role="group" aria-label={label}>
          {json}
        </Code>
      ) : (
        <Readable value={value} rawNames={rawNames} depth={0} />
      )}
    </section>
  )
}

function CopyData({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation(['runs', 'common'])
  const [copied, setCopied] = useState(false)
  const words = copied ? t('common:do.copied') : t('common:do.copy', { what: label })
  return (
    <Tooltip label={words}>
      <ActionIcon
        variant="default"
        aria-label={words}
        onClick={async () => {
          await copyToClipboard(text)
          setCopied(true)
          setTimeout(() => setCopied(false), 2_000)
        }}
      >
        {copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  )
}

interface PartProps {
  value: unknown
  rawNames: boolean
  depth: number
}

function Readable({ value, rawNames, depth }: PartProps) {
  const { t } = useTranslation('runs')
  if (isRecord(value)) {
    const entries = Object.entries(value)
    if (entries.length === 0) {
      return <Quiet text={t('data.nothing')} />
    }
    return (
      <dl className={depth === 0 ? classes.fields : `${classes.fields} ${classes.nested}`}>
        {entries.map(([name, each]) => (
          <div key={name} className={isPlain(each) ? classes.field : classes.block}>
            <dt title={name} className={rawNames ? classes.raw : undefined}>
              {rawNames ? name : words(name)}
            </dt>
            <dd>
              <Readable value={each} rawNames={rawNames} depth={depth + 1} />
            </dd>
          </div>
        ))}
      </dl>
    )
  }
  if (Array.isArray(value)) {
    return <List values={value} rawNames={rawNames} depth={depth} />
  }
  return <Scalar value={value} />
}

const FIRST_ROWS = 8

function List({ values, rawNames, depth }: { values: readonly unknown[]; rawNames: boolean; depth: number }) {
  const { t } = useTranslation('runs')
  const [all, setAll] = useState(false)
  const shown = all ? values : values.slice(0, FIRST_ROWS)
  if (values.length === 0) {
    return <Quiet text={t('data.emptyList')} />
  }
  return (
    <>
      {isTable(values) ? (
        <Rows rows={shown as Record<string, unknown>[]} rawNames={rawNames} depth={depth} />
      ) : (
        <ul className={classes.list}>
          {shown.map((each, index) => (
            <li key={index}>
              <Readable value={each} rawNames={rawNames} depth={depth + 1} />
            </li>
          ))}
        </ul>
      )}
      {shown.length < values.length && (
        <Button variant="subtle" size="compact-xs" onClick={() => setAll(true)}>
          {t('data.more', { count: values.length - shown.length })}
        </Button>
      )}
    </>
  )
}

function Rows({ rows, rawNames, depth }: { rows: Record<string, unknown>[]; rawNames: boolean; depth: number }) {
  const { t } = useTranslation('runs')
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return (
    <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('data.table')}>
      <Table className={classes.table} verticalSpacing={4} horizontalSpacing="xs" withTableBorder>
        <Table.Thead>
          <Table.Tr>
            {names.map((name) => (
              <Table.Th key={name} scope="col" title={name}>
                {rawNames ? name : words(name)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            <Table.Tr key={index}>
              {names.map((name) => (
                <Table.Td key={name}>
                  {name in row && <Readable value={row[name]} rawNames={rawNames} depth={depth + 1} />}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

const LONG_TEXT = 400

function Scalar({ value }: { value: unknown }) {
  const { t } = useTranslation(['runs', 'common'])
  const format = useFormat()
  const [all, setAll] = useState(false)
  if (value === null || value === undefined) {
    return <Quiet text={t('common:none')} />
  }
  if (typeof value === 'boolean') {
    return t(value ? 'data.yes' : 'data.no')
  }
  if (typeof value === 'number') {
    return <span className="tabular">{format.number(value, { max: 6 })}</span>
  }
  const text = String(value)
  if (text === '') {
    return <Quiet text={t('data.emptyText')} />
  }
  return (
    <span className={classes.text}>
      {all || text.length <= LONG_TEXT ? text : `${text.slice(0, LONG_TEXT)}…`}
      {text.length > LONG_TEXT && (
        <Button variant="subtle" size="compact-xs" onClick={() => setAll(!all)}>
          {t(all ? 'data.less' : 'data.allOfIt')}
        </Button>
      )}
    </span>
  )
}

function Quiet({ text }: { text: string }) {
  return (
    <Text span size="sm" c="dimmed">
      {text}
    </Text>
  )
}

/** Whether a value fits beside its name. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.length === 0
  }
  return isRecord(value) ? Object.keys(value).length === 0 : String(value).length <= 80
}
