import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { ChangeSetDetail } from '~/api'
import { changesOf } from '~/changes/edits'
import { useFormat } from '~/format'
import type { KeptEdit } from './one/edits'

/** Kinds of targets that have words of their own; plugins may bring others. */
const KINDS = ['price', 'promotion', 'email', 'chat-message'] as const
type Kind = (typeof KINDS)[number] | 'other'

/** How many changes of each kind stay, once the edits have taken some out. */
export function countKinds(sets: readonly ChangeSetDetail[], kept: readonly KeptEdit[] = []): [Kind, number][] {
  const out = new Set(kept.filter((edit) => edit.remove).map((edit) => `${edit.set}/${edit.ordinal}`))
  const counts = new Map<Kind, number>()
  for (const set of sets) {
    for (const { ordinal, target } of changesOf(set)) {
      if (!out.has(`${set.id}/${ordinal}`)) {
        const kind = KINDS.find((known) => known === target?.kind) ?? 'other'
        counts.set(kind, (counts.get(kind) ?? 0) + 1)
      }
    }
  }
  return [...counts].sort(([one], [two]) => rank(one) - rank(two))
}

/** Changes in words, such as "3 prices and 2 promotions". */
export function useChangeWords(): (sets: readonly ChangeSetDetail[], kept?: readonly KeptEdit[]) => string {
  const { t } = useTranslation('approvals')
  const format = useFormat()
  return (sets, kept) => {
    const kinds = countKinds(sets, kept)
    return format.list(kinds.map(([kind, count]) => kindWords(t, kind, count, kinds.length > 1)))
  }
}

function kindWords(t: TFunction<'approvals'>, kind: Kind, count: number, amongOthers: boolean): string {
  if (kind === 'other') {
    return amongOthers ? t('words.other', { count }) : t('words.change', { count })
  }
  return t(`words.${kind}`, { count })
}

function rank(kind: Kind): number {
  return kind === 'other' ? KINDS.length : KINDS.indexOf(kind)
}
