import { useFormat } from '~/format'

interface Props {
  amount: number | string
  currency: string
  /** Shows a plus, too. */
  signed?: boolean
}

/** An amount of money. */
export function MoneyText({ amount, currency, signed }: Props) {
  const format = useFormat()
  return (
    <span className="tabular" style={{ whiteSpace: 'nowrap' }}>
      {format.money(amount, currency, { signed })}
    </span>
  )
}
