import { Button, Switch, Text } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconRepeat } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '~/api'
import { useFormat } from '~/format'
import type { Hint } from '~/live'
import { holds, isQuiet, linesOf, type Line, type Round, type RoundsLine } from './timeline'
import classes from './Timeline.module.css'
import { TimelineRow } from './TimelineRow'

export interface TimelineProps {
  entries: readonly TimelineEntry[]
  troubled: ReadonlySet<string>
  /** When the run began and ended, or now, in milliseconds: what the bars are drawn in. */
  span: { from: number; to: number }
  site?: string
  progress: ReadonlyMap<string, Hint>
  selected?: string
  /** Whether the selected row is to be brought into sight, since somebody chose it. */
  reveal: boolean
  onSelect: (entry: string | undefined) => void
  /** What is shown below the selected row; nothing where there is room beside the list. */
  detail?: ReactNode
}

/** What the run came to, oldest first: loops folded, subprocesses to open. */
export function Timeline(props: TimelineProps) {
  const { t } = useTranslation('runs')
  const { entries, troubled } = props
  const [everything, setEverything] = useState(false)
  const quiet = entries.filter(isQuiet).length
  const shown = everything ? entries : entries.filter((entry) => entry.id === props.selected || !isQuiet(entry))
  return (
    <>
      {quiet > 0 && (
        <Switch
          size="xs"
          className={classes.switch}
          label={t('timeline.everything', { count: quiet })}
          checked={everything}
          onChange={(event) => setEverything(event.currentTarget.checked)}
        />
      )}
      {shown.length === 0 ? (
        <Text size="sm" c="dimmed" p="sm">
          {t('timeline.nothing')}
        </Text>
      ) : (
        <ol className={classes.list} aria-label={t('timeline.label')}>
          <Lines lines={linesOf(shown, troubled)} {...props} />
        </ol>
      )}
    </>
  )
}

type LinesProps = TimelineProps & { lines: readonly Line[] }

function Lines({ lines, ...props }: LinesProps) {
  return lines.map((line) =>
    line.kind === 'rounds' ? (
      <RoundsRow key={line.id} line={line} {...props} />
    ) : (
      <EntryRow key={line.id} line={line} {...props} />
    ),
  )
}

/** From so many lines on, a finished subprocess is shown closed. */
const MANY_LINES = 12

function EntryRow({ line, ...props }: TimelineProps & { line: Extract<Line, { kind: 'entry' }> }) {
  const { t } = useTranslation('runs')
  const { entry, inside } = line
  const [toggled, setOpened] = useState(entry.state === 'active' || inside.length <= MANY_LINES)
  const opened = toggled || inside.some((each) => isChosen(each, props.selected))
  return (
    <li>
      <TimelineRow entry={entry} {...props} />
      {inside.length > 0 && (
        <div className={classes.inside}>
          <Fold
            opened={opened}
            onToggle={() => setOpened(!opened)}
            text={t(opened ? 'timeline.hideInside' : 'timeline.showInside', { count: inside.length, what: entry.name })}
          />
          {opened && (
            <ol className={classes.list} aria-label={entry.name}>
              <Lines lines={inside} {...props} />
            </ol>
          )}
        </div>
      )}
    </li>
  )
}

/** How many rounds are listed at once. */
const ROUNDS_AT_ONCE = 50

function RoundsRow({ line, ...props }: TimelineProps & { line: RoundsLine }) {
  const { t } = useTranslation('runs')
  const [opened, setOpened] = useState(false)
  const [most, setMost] = useState(ROUNDS_AT_ONCE)
  const older = line.rounds.length - most
  const shown = line.rounds.filter(
    (round, index) => (opened && index >= older) || round.active || round.trouble || hasChosen(round, props.selected),
  )
  return (
    <li className={classes.rounds}>
      <Fold
        opened={opened}
        onToggle={() => setOpened(!opened)}
        icon
        text={t(opened ? 'timeline.hideRounds' : 'timeline.showRounds', { count: line.rounds.length })}
        note={<RoundsNote rounds={line.rounds} />}
      />
      {opened && shown.length < line.rounds.length && (
        <Button variant="subtle" size="compact-xs" onClick={() => setMost(most + ROUNDS_AT_ONCE)}>
          {t('timeline.moreRounds', { count: line.rounds.length - shown.length })}
        </Button>
      )}
      {shown.length > 0 && (
        <ol className={classes.list} aria-label={t('timeline.rounds')}>
          {shown.map((round) => (
            <RoundRow key={round.number} round={round} open={!opened} {...props} />
          ))}
        </ol>
      )}
    </li>
  )
}

function RoundRow({ round, open, ...props }: TimelineProps & { round: Round; open: boolean }) {
  const { t } = useTranslation('runs')
  const [toggled, setOpened] = useState(open || round.lines.length === 1)
  const opened = toggled || hasChosen(round, props.selected)
  return (
    <li>
      {round.lines.length > 1 && (
        <Fold
          opened={opened}
          onToggle={() => setOpened(!opened)}
          text={t('timeline.round', { number: round.number })}
          note={<RoundsNote rounds={[round]} />}
        />
      )}
      {opened && (
        <ol className={classes.list} aria-label={t('timeline.round', { number: round.number })}>
          <Lines lines={round.lines} {...props} />
        </ol>
      )}
    </li>
  )
}

/** What is chosen shows, however deep it is folded. */
function isChosen(line: Line, selected: string | undefined): boolean {
  return selected !== undefined && holds(line, selected)
}

function hasChosen(round: Round, selected: string | undefined): boolean {
  return round.lines.some((line) => isChosen(line, selected))
}

/** Says what a folded row must not hide. */
function RoundsNote({ rounds }: { rounds: readonly Round[] }) {
  const { t } = useTranslation('runs')
  const format = useFormat()
  const trouble = rounds.filter((round) => round.trouble).length
  const active = rounds.filter((round) => round.active && !round.trouble).length
  const parts = [
    trouble > 0 && t('timeline.troubled', { count: trouble }),
    active > 0 && t('timeline.stillActive', { count: active }),
  ].filter((part) => typeof part === 'string')
  return parts.length > 0 ? format.list(parts) : null
}

interface FoldProps {
  opened: boolean
  onToggle: () => void
  text: string
  note?: ReactNode
  icon?: boolean
}

function Fold({ opened, onToggle, text, note, icon }: FoldProps) {
  const Chevron = opened ? IconChevronDown : IconChevronRight
  return (
    <button type="button" className={classes.fold} aria-expanded={opened} onClick={onToggle}>
      <Chevron size={15} aria-hidden />
      {icon && <IconRepeat size={15} aria-hidden />}
      <span>{text}</span>
      {note && <span className={classes.note}>{note}</span>}
    </button>
  )
}
