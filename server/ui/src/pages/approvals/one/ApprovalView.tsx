import { ActionIcon, Group, Tooltip } from '@mantine/core'
import { IconKeyboard } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useClaim, useDecide, useRelease, type DecideBody } from '~/api/deciding'
import type { ApiProblem, ApprovalDetail } from '~/api'
import { forgetDraft, Page, ProblemNotice, SiteName, StateBadge, TimeText } from '~/components'
import { useMe } from '~/session'
import { ShortcutHelp } from '../ShortcutHelp'
import { useShortcuts } from '../shortcuts'
import { ActionBar } from './ActionBar'
import { ApproveDialog, RejectDialog } from './DecideDialogs'
import classes from './ApprovalView.module.css'
import { Changes } from './Changes'
import { Comments } from './Comments'
import { Decisions } from './Decisions'
import { changeEdits, hashesOf } from './edits'
import { FormPart, type FormHandle } from './FormPart'
import { HandOver } from './HandOver'
import { ListChanged } from './ListChanged'
import { Outcome } from './Outcome'
import { mayPassOn, standingOf } from './standing'
import { useLists } from './useLists'
import { Why } from './Why'

interface Props {
  approval: ApprovalDetail
  /** Why what is shown may be old. */
  problem: ApiProblem | null
  onRetry: () => void
}

type Dialog = 'approve' | 'reject' | 'hand-over' | 'help'

/** An approval, with all that a person can do about it. */
export function ApprovalView({ approval, problem, onRetry }: Props) {
  const { t } = useTranslation('approvals')
  const me = useMe()
  const navigate = useNavigate()
  const lists = useLists(approval)
  const form = useRef<FormHandle>(null)
  const [editing, setEditing] = useState(lists.kept.length > 0)
  const [dialog, setDialog] = useState<Dialog>()
  const standing = standingOf(approval, me)
  const may = standing.kind === 'may'

  const decide = useDecide(approval.id, (decided, body) => {
    setDialog(undefined)
    setEditing(false)
    forgetDraft(draftName(approval.id, body.outcome))
    forgetDraft(`approval.${approval.id}.form`)
    lists.forget()
    lists.accept(decided.changes)
    window.scrollTo({ top: 0, behavior: 'smooth' })
  })
  const claim = useClaim()
  const release = useRelease()
  // While the own decision is on its way, its effects are no news.
  const news = decide.isPending || decide.isSuccess ? undefined : lists.news
  const refusedFields = decide.error?.fields.some(({ field }) => field.startsWith('edits')) === true

  function open(next: Dialog) {
    decide.reset()
    setDialog(next)
  }

  function approve() {
    if (may && news === undefined && (form.current?.valid() ?? true)) {
      open('approve')
    }
  }

  function send(outcome: DecideBody['outcome'], comment: string) {
    const values = form.current?.values()
    const edits = outcome === 'approve' ? changeEdits(lists.kept) : []
    decide.mutate(
      {
        outcome,
        hashes: hashesOf(lists.sets),
        ...(comment === '' ? {} : { comment }),
        ...(values === undefined ? {} : { form: values }),
        ...(edits.length === 0 ? {} : { edits }),
      },
      {
        onError: (refused) => {
          if (refused.fields.some(({ field }) => field.startsWith('edits'))) {
            setDialog(undefined)
            setEditing(true)
          }
          if (refused.kind === 'conflict' || refused.kind === 'missing') {
            onRetry()
          }
        },
      },
    )
  }

  useShortcuts({
    a: approve,
    r: may ? () => open('reject') : undefined,
    c: may && !standing.held ? () => claim.mutate(approval.id) : undefined,
    e: may && lists.sets.length > 0 ? () => setEditing(!editing) : undefined,
    u: () => void navigate('/approvals'),
    '?': () => open('help'),
  })

  return (
    <Page
      title={approval.title}
      back={{ to: '/approvals', label: t('title') }}
      badge={
        <Group gap={6}>
          <StateBadge kind="approval" state={approval.state} />
          {approval.mode === 'simulated' && <StateBadge kind="mode" state="simulated" />}
        </Group>
      }
      lead={
        <>
          <Link to={`/workflows/${approval.workflow}`} className={classes.quiet}>
            {approval.workflowTitle ?? approval.workflow}
          </Link>
          {approval.site !== undefined && (
            <>
              {' · '}
              <SiteName id={approval.site} />
            </>
          )}
          {' · '}
          {t('asked')} <TimeText at={approval.createdAt} site={approval.site} />
        </>
      }
      actions={
        <Tooltip label={t('keys.title')}>
          <ActionIcon variant="subtle" color="gray" onClick={() => open('help')} aria-label={t('keys.title')} visibleFrom="sm">
            <IconKeyboard size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
      }
    >
      {problem !== null && <ProblemNotice problem={problem} onRetry={onRetry} />}
      <Outcome approval={approval} standing={standing} />
      {news !== undefined && <ListChanged news={news} onSeen={() => lists.accept()} />}
      {refusedFields && decide.error && <ProblemNotice problem={decide.error} />}
      {[claim, release].map((write, index) => write.error && <ProblemNotice key={index} problem={write.error} />)}
      <Why approval={approval} />
      <Decisions approval={approval} />
      <Changes
        lists={lists}
        editing={may && editing}
        mayEdit={may}
        onEditing={setEditing}
        problem={refusedFields ? decide.error : null}
      />
      <div className={classes.columns}>
        <FormPart ref={form} approval={approval} readOnly={!may} />
        <Comments approval={approval} />
      </div>
      <ActionBar
        approval={approval}
        standing={standing}
        edits={lists.kept.length}
        blocked={news !== undefined}
        passOn={mayPassOn(approval, me)}
        claim={() => claim.mutate(approval.id)}
        release={() => release.mutate(approval.id)}
        busy={claim.isPending || release.isPending}
        approve={approve}
        reject={() => open('reject')}
        handOver={() => open('hand-over')}
      />
      <ApproveDialog
        approval={approval}
        lists={lists}
        opened={dialog === 'approve' && may && news === undefined}
        onClose={() => setDialog(undefined)}
        busy={decide.isPending}
        problem={decide.error}
        draft={draftName(approval.id, 'approve')}
        onConfirm={(comment) => send('approve', comment)}
      />
      <RejectDialog
        approval={approval}
        lists={lists}
        opened={dialog === 'reject' && may}
        onClose={() => setDialog(undefined)}
        busy={decide.isPending}
        problem={decide.error}
        draft={draftName(approval.id, 'reject')}
        onConfirm={(comment) => send('reject', comment)}
      />
      <HandOver
        approval={approval}
        opened={dialog === 'hand-over'}
        claimFirst={may && approval.assignee === undefined}
        onClose={() => setDialog(undefined)}
      />
      <ShortcutHelp opened={dialog === 'help'} onClose={() => setDialog(undefined)} page="one" />
    </Page>
  )
}

/** Under which the words of a decision are kept while they are typed. */
export function draftName(approval: string, outcome: DecideBody['outcome']): string {
  return `approval.${approval}.${outcome}`
}
