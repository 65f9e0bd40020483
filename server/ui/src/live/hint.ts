import type { QueryKey } from '@tanstack/react-query'
import { oneKey } from '~/api'

/** What a live event says: that something changed, never its content. */
export interface Hint {
  topic: 'run' | 'incident' | 'approval' | 'changes' | 'workflow' | 'alarm' | 'connection' | 'progress'
  id: string
  run?: string
  workflow?: string
  site?: string
  state?: string
  at: string
  /** How far a step is, from 0 to 1, with `progress`. */
  fraction?: number
  text?: string
}

/** Reads an event's data; undefined for what a newer server may send. */
export function readHint(data: string): Hint | undefined {
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'object' && value !== null && 'topic' in value ? (value as Hint) : undefined
  } catch {
    return undefined
  }
}

/** The keys of everything that a hint makes old. */
export function outdated(hint: Hint): QueryKey[] {
  const run = hint.run === undefined ? [] : [oneKey('runs', hint.run)]
  switch (hint.topic) {
    case 'run':
      return [['runs', 'list'], oneKey('runs', hint.id), ['workflows']]
    case 'incident':
      return [['incidents'], ['runs', 'list'], ...run, ['workflows', 'list']]
    case 'approval':
      return [['approvals', 'list'], oneKey('approvals', hint.id), ['runs', 'list'], ...run]
    case 'changes':
      return [['changes', 'list'], oneKey('changes', hint.id), ['approvals', 'one'], ...run]
    case 'workflow':
      return [['workflows']]
    case 'alarm':
      return [['alarms'], ['status']]
    case 'connection':
      return [['connections']]
    case 'progress':
      return []
    default:
      return []
  }
}
