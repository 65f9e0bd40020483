import {
  IconAlertTriangle,
  IconArchive,
  IconArrowsExchange,
  IconBan,
  IconCheck,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconFlask,
  IconHelpCircle,
  IconHourglass,
  IconInfoCircle,
  IconLoader2,
  IconMoon,
  IconPlayerPlay,
  IconX,
  type Icon,
} from '@tabler/icons-react'
import type { Tone } from '~/theme/tones'

interface Look {
  tone: Tone
  icon: Icon
}

const look = (tone: Tone, icon: Icon): Look => ({ tone, icon })

/** How every state looks, by the kind of thing whose state it is. Its words are `state.<kind>.<state>`. */
export const states = {
  run: {
    starting: look('active', IconLoader2),
    active: look('active', IconPlayerPlay),
    incident: look('bad', IconAlertTriangle),
    cancelling: look('attention', IconHourglass),
    completed: look('good', IconCircleCheck),
    cancelled: look('neutral', IconBan),
    refused: look('bad', IconX),
  },
  approval: {
    open: look('attention', IconClock),
    deciding: look('active', IconLoader2),
    approved: look('good', IconCircleCheck),
    rejected: look('bad', IconX),
    completed: look('good', IconCircleCheck),
    void: look('neutral', IconBan),
  },
  changes: {
    planned: look('attention', IconClock),
    approved: look('active', IconCheck),
    rejected: look('bad', IconX),
    superseded: look('neutral', IconArchive),
    applying: look('active', IconLoader2),
    applied: look('good', IconCircleCheck),
    partial: look('bad', IconAlertTriangle),
    'in-doubt': look('bad', IconHelpCircle),
    stale: look('attention', IconHourglass),
  },
  change: {
    planned: look('neutral', IconCircleDashed),
    pending: look('neutral', IconCircleDashed),
    applying: look('active', IconLoader2),
    applied: look('good', IconCircleCheck),
    refused: look('bad', IconX),
    stale: look('attention', IconHourglass),
    'in-doubt': look('bad', IconHelpCircle),
    skipped: look('neutral', IconBan),
  },
  incident: {
    open: look('bad', IconAlertTriangle),
    resolving: look('active', IconLoader2),
    resolved: look('good', IconCircleCheck),
  },
  health: {
    good: look('good', IconCircleCheck),
    attention: look('attention', IconAlertTriangle),
    failing: look('bad', IconX),
    idle: look('neutral', IconMoon),
  },
  part: {
    ready: look('good', IconCircleCheck),
    'not-ready': look('bad', IconX),
    degraded: look('attention', IconAlertTriangle),
  },
  severity: {
    critical: look('bad', IconX),
    error: look('bad', IconX),
    warning: look('attention', IconAlertTriangle),
    info: look('active', IconInfoCircle),
  },
  mode: {
    live: look('neutral', IconArrowsExchange),
    simulated: look('rehearsal', IconFlask),
  },
  account: {
    enabled: look('good', IconCircleCheck),
    disabled: look('neutral', IconBan),
  },
  token: {
    valid: look('good', IconCircleCheck),
    revoked: look('neutral', IconBan),
    expired: look('neutral', IconHourglass),
  },
} as const satisfies Record<string, Record<string, Look>>

export type StateKind = keyof typeof states

/** The look of a state; a plain one for a state of a newer server. */
export function lookOf(kind: StateKind, state: string): Look {
  return (states[kind] as Record<string, Look>)[state] ?? look('neutral', IconHelpCircle)
}
