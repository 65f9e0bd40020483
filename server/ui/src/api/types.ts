import type { components } from './schema'

type Schemas = components['schemas']

export type Me = Schemas['Me']
export type Role = Schemas['Role']
export type User = Schemas['User']
export type Token = Schemas['Token']
export type AuditEntry = Schemas['AuditEntry']
export type Status = Schemas['Status']
export type Alarm = Schemas['Alarm']
export type Workflow = Schemas['Workflow']
export type WorkflowVersion = Schemas['WorkflowVersion']
export type Finding = Schemas['Finding']
export type Mode = Schemas['Mode']
export type Run = Schemas['Run']
export type RunState = Schemas['RunState']
export type RunDetail = Schemas['RunDetail']
export type TimelineEntry = Schemas['TimelineEntry']
export type Incident = Schemas['Incident']
export type Approval = Schemas['Approval']
export type ApprovalState = Schemas['ApprovalState']
export type ApprovalDetail = Schemas['ApprovalDetail']
export type Comment = Schemas['Comment']
export type Decision = Schemas['Decision']
export type ChangeSet = Schemas['ChangeSet']
export type ChangeSetState = Schemas['ChangeSetState']
export type ChangeSetDetail = Schemas['ChangeSetDetail']
export type ChangeEdit = Schemas['ChangeEdit']
export type Site = Schemas['Site']
export type DailySales = Schemas['DailySales']

/** A page of a list. */
export interface Page<T> {
  items: T[]
  next?: string
}

/** Money as the API writes it in totals and amounts. */
export interface Amount {
  amount: string
  currency: string
}

/** One change of a set, with what the contract leaves open spelled out. */
export type Change = Omit<ChangeSetDetail['changes'][number], 'target' | 'before' | 'after' | 'expected' | 'amount'> & {
  target?: { kind?: string; id?: string; label?: string }
  before?: Values | null
  after?: Values | null
  amount?: Amount | null
  /** What it is expected to bring. */
  effect?: string
  /** The fields of `after` that an approver may edit. */
  editable?: string[]
  /** How it can be undone; none where it can't. */
  undo?: string | null
}

/** Values by field. */
export type Values = Record<string, unknown>
