import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '~/format'
import type { Shown } from './ChangeList'
import classes from './ChangeTable.module.css'
import { valueOf, withValue } from './edits'
import { ValueInput } from './ValueInput'
import { difference, show, words, type Field } from './values'

type OfField = Shown & { field: Field }

/** A field's name in the language in use, else in the words of its id. */
export function FieldName({ name }: { name: string }) {
  return useFieldName()(name)
}

function useFieldName() {
  const { t } = useTranslation()
  return (name: string): string => t(`changes.fields.${name}` as never, { defaultValue: words(name) }) as string
}

function useShow(currency: string | undefined) {
  const { t } = useTranslation()
  const format = useFormat()
  return (value: unknown, field: Field) =>
    show(value, field.kind, format, currency, { yes: t('changes.yes'), no: t('changes.no') })
}

/** The value as it is now. */
export function Before({ field, currency }: { field: Field; currency: string | undefined }) {
  const { t } = useTranslation()
  const text = useShow(currency)(field.before, field)
  return text === undefined ? (
    <Text span size="sm" c="dimmed">
      {t('changes.nothing')}
    </Text>
  ) : (
    <del className={classes.before}>{text}</del>
  )
}

/** The value as it shall be; a field where it may be edited. */
export function After({ change, edits, onEdits, problem, currency, field }: OfField) {
  const { t } = useTranslation()
  const text = useShow(currency)
  const fieldName = useFieldName()
  const value = valueOf(edits, change, field.name)
  if (onEdits !== undefined && field.editable && edits.get(change.ordinal)?.remove !== true) {
    return (
      <ValueInput
        field={field}
        value={value}
        currency={currency}
        label={t('changes.editing', { field: fieldName(field.name), what: change.title })}
        error={problem?.field(`edits[${change.ordinal}].after.${field.name}`)}
        onChange={(next) => onEdits(withValue(edits, change, field.name, next))}
      />
    )
  }
  return <ins className={classes.after}>{text(value, field) ?? t('changes.gone')}</ins>
}

/** By how much a number changes, or between which values it may be set. */
export function Difference({ change, edits, onEdits, currency, field }: OfField) {
  const { t } = useTranslation()
  const format = useFormat()
  const text = useShow(currency)
  const share = difference(field.before, valueOf(edits, change, field.name))
  const range =
    onEdits && field.editable && field.lowest !== undefined && field.highest !== undefined
      ? t('changes.range', { lowest: text(field.lowest, field), highest: text(field.highest, field) })
      : onEdits && field.editable && field.highest !== undefined
        ? t('changes.atMost', { highest: text(field.highest, field) })
        : undefined
  return (
    <>
      {share !== undefined && <span className={classes.difference}>{format.percent(share, true)}</span>}
      {range && (
        <Text span size="xs" c="dimmed" display="block">
          {range}
        </Text>
      )}
    </>
  )
}

/** What accompanies a change: texts, further values, whether it can be undone. */
export function More({ fields, ...shown }: Shown & { fields: readonly Field[] }) {
  const { t } = useTranslation()
  const { change } = shown
  return (
    <details className={classes.more}>
      <summary>
        {t('do.details')}
        <span className="visually-hidden">: {change.title}</span>
      </summary>
      <dl>
        {fields.map((field) => (
          <div key={field.name}>
            <dt>
              <FieldName name={field.name} />
            </dt>
            <dd className={classes.long}>
              <After {...shown} field={field} />
            </dd>
          </div>
        ))}
      </dl>
      <Text size="xs" c="dimmed">
        {change.undo ? t('changes.undo', { how: change.undo }) : t('changes.noUndo')}
      </Text>
    </details>
  )
}
