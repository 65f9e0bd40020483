import { Button, Card, Group, Stack, Text, Textarea } from '@mantine/core'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalDetail } from '~/api'
import { useCommentApproval } from '~/api/deciding'
import { PersonName, ProblemNotice, TimeText, useDraft } from '~/components'
import classes from './Comments.module.css'
import { Section } from './Section'

/** What people wrote beside the approval. */
export function Comments({ approval }: { approval: ApprovalDetail }) {
  const { t } = useTranslation('approvals')
  const { id, comments, site } = approval
  const [text, setText] = useDraft(`approval.${id}.comment`)
  const send = useCommentApproval(id, () => setText(''))

  function submit(event: FormEvent) {
    event.preventDefault()
    if (text.trim() !== '') {
      send.mutate(text.trim())
    }
  }

  return (
    <Section title={t('comments.title')} note={comments.length > 0 ? comments.length : undefined}>
      <Card>
        <Stack gap="md">
          {comments.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('comments.none')}
            </Text>
          )}
          {comments.length > 0 && (
            <ol className={classes.list}>
              {comments.map((comment) => (
                <li key={comment.id}>
                  <Group gap="xs" justify="space-between">
                    <PersonName name={comment.author} />
                    <Text span size="xs" c="dimmed">
                      <TimeText at={comment.writtenAt} site={site} />
                    </Text>
                  </Group>
                  <p className={classes.body}>{comment.body}</p>
                </li>
              ))}
            </ol>
          )}
          <form onSubmit={submit}>
            <Stack gap="xs" align="stretch">
              {send.error && <ProblemNotice problem={send.error} />}
              <Textarea
                aria-label={t('comments.label')}
                placeholder={t('comments.label')}
                autosize
                minRows={2}
                maxLength={5000}
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
              />
              {text.trim() !== '' && (
                <Group justify="flex-end">
                  <Button type="submit" size="xs" variant="light" loading={send.isPending}>
                    {t('comments.send')}
                  </Button>
                </Group>
              )}
            </Stack>
          </form>
        </Stack>
      </Card>
    </Section>
  )
}
