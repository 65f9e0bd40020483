import type { Amount, Change } from '~/api'
import type { Edits } from './edits'

/** The sums of the amounts of all changes that are not taken out, by currency. */
export function totalsOf(changes: readonly Change[], edits: Edits): Amount[] {
  const sums = new Map<string, bigint>()
  for (const { ordinal, amount } of changes) {
    if (amount && !edits.get(ordinal)?.remove) {
      sums.set(amount.currency, (sums.get(amount.currency) ?? 0n) + parse(amount.amount))
    }
  }
  return [...sums].map(([currency, sum]) => ({ currency, amount: print(sum) }))
}

/** Sums are kept in units of 10^-6, since doubles lose cents. */
const DIGITS = 6

function parse(amount: string): bigint {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? ['', '', '0']
  const value = BigInt((whole ?? '0') + fraction.slice(0, DIGITS).padEnd(DIGITS, '0'))
  return sign === '-' ? -value : value
}

function print(sum: bigint): string {
  const digits = (sum < 0n ? -sum : sum).toString().padStart(DIGITS + 1, '0')
  const text = `${digits.slice(0, -DIGITS)}.${digits.slice(-DIGITS)}`.replace(/0{1,4}$/, '')
  return sum < 0n ? `-${text}` : text
}
