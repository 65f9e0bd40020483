import { Button, Table, Text } from '@mantine/core'
import { IconArrowBackUp, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ApiProblem, Change } from '~/api'
import { MoneyText, StateBadge } from '~/components'
import classes from './ChangeTable.module.css'
import { After, Before, Difference, FieldName, More } from './ChangeValues'
import { withRemoval, type Edits } from './edits'
import { fieldsOf } from './values'

interface ListProps {
  label: string
  changes: readonly Change[]
  edits: Edits
  onEdits: ((edits: Edits) => void) | undefined
  problem: ApiProblem | null
  currency: string | undefined
  /** Whether the single changes have states worth telling. */
  settled: boolean
}

/** What a single change needs to be shown. */
export interface Shown extends Omit<ListProps, 'changes' | 'label' | 'settled'> {
  change: Change
}

/** The list as a table. */
export function ChangeRows({ changes, label, settled, ...props }: ListProps) {
  const { t } = useTranslation()
  const aside = settled || props.onEdits !== undefined
  const amounts = changes.some((change) => change.amount)
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
      <Table className={classes.table} verticalSpacing={7}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="42%">{t('changes.what')}</Table.Th>
            <Table.Th>{t('changes.value')}</Table.Th>
            <Table.Th ta="right">{t('changes.before')}</Table.Th>
            <Table.Th ta="right">{t('changes.after')}</Table.Th>
            <Table.Th ta="right">{t('changes.difference')}</Table.Th>
            {amounts && <Table.Th ta="right">{t('changes.amount')}</Table.Th>}
            {aside && <Table.Th>{t(settled ? 'changes.state' : 'changes.edit')}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        {changes.map((change) => {
          const shown = { change, ...props }
          const { main, more } = fieldsOf(change)
          const out = props.edits.get(change.ordinal)?.remove === true
          return (
            <Table.Tbody key={change.ordinal} className={out ? classes.out : undefined}>
              {main.map((field, index) => (
                <Table.Tr key={field.name}>
                  {index === 0 && (
                    <Table.Th scope="rowgroup" rowSpan={main.length} className={classes.what}>
                      <What {...shown} />
                      <More {...shown} fields={more} />
                    </Table.Th>
                  )}
                  <Table.Td className={classes.field}>
                    <FieldName name={field.name} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Before field={field} currency={props.currency} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <After {...shown} field={field} />
                  </Table.Td>
                  <Table.Td ta="right">
                    <Difference {...shown} field={field} />
                  </Table.Td>
                  {index === 0 && amounts && (
                    <Table.Td ta="right" rowSpan={main.length}>
                      {change.amount && <MoneyText {...change.amount} />}
                    </Table.Td>
                  )}
                  {index === 0 && aside && (
                    <Table.Td rowSpan={main.length}>{settled ? <State change={change} /> : <TakeOut {...shown} />}</Table.Td>
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          )
        })}
      </Table>
    </div>
  )
}

/** The list as cards, for a phone. */
export function ChangeCards({ changes, label, settled, ...props }: ListProps) {
  const { t } = useTranslation()
  return (
    <ul className={classes.cards} aria-label={label}>
      {changes.map((change) => {
        const shown = { change, ...props }
        const { main, more } = fieldsOf(change)
        const out = props.edits.get(change.ordinal)?.remove === true
        return (
          <li key={change.ordinal} className={out ? classes.out : undefined}>
            <What {...shown} />
            <dl className={classes.values}>
              {main.map((field) => (
                <div key={field.name} className={props.onEdits && field.editable ? classes.editing : undefined}>
                  <dt>
                    <FieldName name={field.name} />
                  </dt>
                  <dd>
                    <span className="visually-hidden">{t('changes.before')}: </span>
                    <Before field={field} currency={props.currency} />
                    <span aria-hidden> → </span>
                    <span className="visually-hidden">{t('changes.after')}: </span>
                    <After {...shown} field={field} />
                    <Difference {...shown} field={field} />
                  </dd>
                </div>
              ))}
              {change.amount && (
                <div>
                  <dt>{t('changes.amount')}</dt>
                  <dd>
                    <MoneyText {...change.amount} />
                  </dd>
                </div>
              )}
            </dl>
            <More {...shown} fields={more} />
            {settled ? <State change={change} /> : <TakeOut {...shown} />}
          </li>
        )
      })}
    </ul>
  )
}

function What({ change, edits, problem }: Shown) {
  const { t } = useTranslation()
  const edit = edits.get(change.ordinal)
  const error = problem?.field(`edits[${change.ordinal}]`) ?? problem?.field(`edits[${change.ordinal}].after`)
  return (
    <>
      <Text size="sm" fw={600} className={classes.title}>
        {change.title}
        {edit && <span className={classes.mark}>{t(edit.remove ? 'changes.takenOut' : 'changes.edited')}</span>}
      </Text>
      {change.reason && <Text size="sm">{change.reason}</Text>}
      {change.effect && (
        <Text size="sm" c="dimmed">
          {change.effect}
        </Text>
      )}
      {error && (
        <Text size="sm" c="var(--tone-bad-text)" role="alert">
          {error}
        </Text>
      )}
    </>
  )
}

function State({ change }: { change: Change }) {
  return (
    <>
      <StateBadge kind="change" state={change.state} />
      {change.message && (
        <Text size="xs" c="dimmed" mt={2} maw={220}>
          {change.message}
        </Text>
      )}
    </>
  )
}

function TakeOut({ change, edits, onEdits }: Shown) {
  const { t } = useTranslation()
  if (onEdits === undefined) {
    return null
  }
  const out = edits.get(change.ordinal)?.remove === true
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color={out ? undefined : 'gray'}
      leftSection={out ? <IconArrowBackUp size={15} aria-hidden /> : <IconTrash size={15} aria-hidden />}
      aria-label={t(out ? 'changes.putBackWhat' : 'changes.takeOutWhat', { what: change.title })}
      onClick={() => onEdits(withRemoval(edits, change.ordinal, !out))}
    >
      {t(out ? 'changes.putBack' : 'changes.takeOut')}
    </Button>
  )
}
