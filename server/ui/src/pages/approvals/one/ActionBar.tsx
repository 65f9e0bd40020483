import { ActionIcon, Button, Menu, Text } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconDots, IconHandGrab, IconUserShare, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalDetail } from '~/api'
import classes from './ActionBar.module.css'
import { isSuggestion, type Standing } from './standing'
import { WhyNot } from './WhyNot'

interface Props {
  approval: ApprovalDetail
  standing: Standing
  edits: number
  /** Whether the lists have to be looked at again first. */
  blocked: boolean
  /** Whether it may be given back or handed over as it is. */
  passOn: boolean
  busy: boolean
  claim: () => void
  release: () => void
  approve: () => void
  reject: () => void
  handOver: () => void
}

/** What the person can do now; always in sight at the bottom. */
export function ActionBar(props: Props) {
  const { t } = useTranslation('approvals')
  const { approval, standing, edits, blocked, passOn } = props
  if (standing.kind === 'ended' || standing.kind === 'deciding') {
    return null
  }
  if (standing.kind !== 'may') {
    return (
      <Bar label={t('bar.label')} status={<WhyNot approval={approval} standing={standing} />}>
        {passOn && <MoreMenu {...props} />}
      </Bar>
    )
  }
  return (
    <Bar label={t('bar.label')} status={<Status approval={approval} held={standing.held} blocked={blocked} />}>
      <MoreMenu {...props} />
      <Button variant="default" leftSection={<IconX size={17} aria-hidden />} onClick={props.reject} className={classes.button}>
        {t('bar.reject')}
      </Button>
      {!isSuggestion(approval) && (
        <Button
          leftSection={<IconCheck size={17} aria-hidden />}
          onClick={props.approve}
          disabled={blocked}
          className={classes.main}
        >
          {edits === 0 ? t('bar.approve') : t('bar.approveEdits', { count: edits })}
        </Button>
      )}
    </Bar>
  )
}

function Bar({ label, status, children }: { label: string; status: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.bar} role="region" aria-label={label}>
      <div className={classes.status}>{status}</div>
      <div className={classes.actions}>{children}</div>
    </div>
  )
}

function Status({ approval, held, blocked }: { approval: ApprovalDetail; held: boolean; blocked: boolean }) {
  const { t } = useTranslation('approvals')
  const quorum = approval.quorum ?? 1
  return (
    <Text size="sm" c="dimmed" component="p" m={0}>
      {blocked ? t('bar.blocked') : t(held ? 'bar.held' : 'bar.free')}
      {quorum > 1 && <> {t('bar.votes', { votes: approval.votes ?? 0, quorum })}</>}
    </Text>
  )
}

function MoreMenu({ approval, standing, passOn, busy, claim, release, handOver }: Props) {
  const { t } = useTranslation('approvals')
  const free = approval.assignee === undefined
  return (
    <Menu position="top-start">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('bar.more')} loading={busy}>
          <IconDots size={19} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {free && standing.kind === 'may' && (
          <Menu.Item leftSection={<IconHandGrab size={17} aria-hidden />} onClick={claim}>
            {t('bar.claim')}
          </Menu.Item>
        )}
        {passOn && (
          <Menu.Item leftSection={<IconArrowBackUp size={17} aria-hidden />} onClick={release}>
            {t('bar.release')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconUserShare size={17} aria-hidden />} onClick={handOver}>
          {t('bar.handOver')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
