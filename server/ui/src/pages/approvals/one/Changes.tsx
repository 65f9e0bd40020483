import { Button, Card, Stack, Text } from '@mantine/core'
import { IconCheck, IconPencil } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ApiProblem, ChangeSetDetail } from '~/api'
import { ChangeTable } from '~/changes'
import { useChangeWords } from '../words'
import { editsOf } from './edits'
import { Section } from './Section'
import type { Lists } from './useLists'

interface Props {
  lists: Lists
  editing: boolean
  mayEdit: boolean
  onEditing: (editing: boolean) => void
  /** What the server found wrong with the edits. */
  problem: ApiProblem | null
}

/** What would change, as tables of before and after; edited in place. */
export function Changes({ lists, editing, mayEdit, onEditing, problem }: Props) {
  const { t } = useTranslation('approvals')
  const words = useChangeWords()
  const { sets, kept } = lists
  if (sets.length === 0) {
    return (
      <Section title={t('changes.title')}>
        <Card>
          <Text c="dimmed">{t('changes.none')}</Text>
        </Card>
      </Section>
    )
  }
  return (
    <Section
      title={t('changes.title')}
      note={words(sets, kept)}
      actions={
        mayEdit && (
          <Button
            size="xs"
            variant={editing ? 'light' : 'default'}
            leftSection={editing ? <IconCheck size={15} aria-hidden /> : <IconPencil size={15} aria-hidden />}
            aria-pressed={editing}
            onClick={() => onEditing(!editing)}
          >
            {t(editing ? 'changes.stopEditing' : 'changes.edit')}
          </Button>
        )
      }
    >
      {editing && (
        <Text size="sm" c="dimmed">
          {t('changes.editHelp')}
        </Text>
      )}
      <Stack gap="md">
        {sets.map((set) => (
          <ChangeTable
            key={set.id}
            set={set}
            edits={editsOf(kept, set.id)}
            onEdits={editing ? (edits) => lists.edit(set, edits) : undefined}
            problem={problem !== null && concerns(problem, set, lists) ? problem : null}
          />
        ))}
      </Stack>
    </Section>
  )
}

/** The server names the change but not its list: it is the one where that change was edited, if any was. */
function concerns(problem: ApiProblem, set: ChangeSetDetail, { kept }: Lists): boolean {
  const named = new Set(problem.fields.map(({ field }) => Number(/^edits\[(\d+)]/.exec(field)?.[1] ?? -1)))
  const edited = kept.filter((edit) => named.has(edit.ordinal))
  return (edited.length === 0 ? kept : edited).some((edit) => edit.set === set.id)
}
