import { NumberInput, Textarea, TextInput } from '@mantine/core'
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
  const common = { 'aria-label': label, size: 'sm', error }
  switch (field.kind) {
    case 'money':
    case 'number':
    case 'share': {
      const scale = field.kind === 'share' ? 100 : 1
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' ? clean(value * scale) : ''}
          decimalSeparator={format.number(1.5).charAt(1)}
          decimalScale={field.kind === 'money' ? 2 : 4}
          fixedDecimalScale={field.kind === 'money'}
          suffix={field.kind === 'share' ? ' %' : field.kind === 'money' && currency ? ` ${currency}` : undefined}
          min={field.lowest === undefined ? undefined : clean(field.lowest * scale)}
          max={field.highest === undefined ? undefined : clean(field.highest * scale)}
          clampBehavior="none"
          step={field.kind === 'money' ? 0.05 : 1}
          miw={130}
          onChange={(next) => typeof next === 'number' && onChange(clean(next / scale))}
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

/** Takes off what binary fractions add: 0.15 times 100 is not 15. */
function clean(value: number): number {
  return Number(value.toPrecision(12))
}
