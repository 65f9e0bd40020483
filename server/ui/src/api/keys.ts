import type { QueryKey } from '@tanstack/react-query'

/** The resources whose answers are kept. A query's key starts with one; `live/` invalidates by it. */
export type Resource =
  | 'me'
  | 'users'
  | 'tokens'
  | 'audit'
  | 'status'
  | 'alarms'
  | 'workflows'
  | 'runs'
  | 'incidents'
  | 'approvals'
  | 'changes'
  | 'connections'
  | 'plugins'
  | 'sites'

/** The key of a list, such as that of the runs under a filter. */
export function listKey(resource: Resource, filters: object = {}): QueryKey {
  return [resource, 'list', filters]
}

/** The key of one thing, or of a part of it. */
export function oneKey(resource: Resource, id: string, ...part: (string | number)[]): QueryKey {
  return [resource, 'one', id, ...part]
}
