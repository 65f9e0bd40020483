import { NumberInput, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useFormat } from '~/format'
import type { Field } from './values'

interface Props {
  field: Field
  value: unknown
  label: string
  currency: string | undefined
  error: string | undefined
  onChange: (value: unknown) => void
}

/** Edits one value of a change, as fits its kind. */
export function ValueInput({ field, value, label, currency, error, onChange }: Props) {
  const format = useFormat()
  const [typed, setTyped] = useState<number | string>()
  const common = { 'aria-label': label, size: 'sm', error }
  switch (field.kind) {
    case 'money':
    case 'number':
    case 'share': {
      const scale = field.kind === 'share' ? 100 : 1
      return (
        <NumberInput
          {...common}
          value={shownNumber(typed, typeof value === 'number' ? clean(value * scale) : '')}
          decimalSeparator={format.number(1.5).charAt(1)}
          decimalScale={field.kind === 'money' ? 2 : 4}
          fixedDecimalScale={field.kind === 'money'}
          suffix={field.kind === 'share' ? ' %' : field.kind === 'money' && currency ? ` ${currency}` : undefined}
          min={field.lowest === undefined ? undefined : clean(field.lowest * scale)}
          max={field.highest === undefined ? undefined : clean(field.highest * scale)}
          clampBehavior="none"
          step={field.kind === 'money' ? 0.05 : 1}
          miw={130}
          onChange={(next) => {
            setTyped(next)
            if (next !== '' && Number.isFinite(Number(next))) {
              onChange(clean(Number(next) / scale))
            }
          }}
          onBlur={() => setTyped(undefined)}
        />
      )
    }
    case 'day':
      return (
        <TextInput
          {...common}
          type="date"
          value={String(value ?? '')}
          onChange={(event) => event.currentTarget.value !== '' && onChange(event.currentTarget.value)}
        />
      )
    case 'long':
      return (
        <Textarea {...common} autosize minRows={2} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />
      )
    default:
      return <TextInput {...common} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />
  }
}

/**
 * What a field for numbers shows: what is being typed as long as it is that number or not one yet, such as an empty
 * field; else the number. The field hands `12.50` over as a text, since a number would lose its last digit.
 */
export function shownNumber(typed: number | string | undefined, value: number | ''): number | string {
  const beginning = typed === '' || !Number.isFinite(Number(typed))
  return typed !== undefined && (beginning || Number(typed) === value) ? typed : value
}

/** Takes off what binary fractions add: 0.15 times 100 is not 15. */
function clean(value: number): number {
  return Number(value.toPrecision(12))
}
