import { useQuery } from '@tanstack/react-query'
import { answer, api } from './client'
import { listKey, oneKey } from './keys'
import type { components, paths } from './schema'
import type { Approval, ApprovalDetail, Comment } from './types'
import { useWrite } from './write'

export type Delegate = components['schemas']['Delegate']
type Decide = paths['/approvals/{approval}/decision']['post']['requestBody']['content']['application/json']
export type DecideBody = Omit<Decide, 'form'> & { form?: Record<string, unknown> }

/** Decides an approval, or casts one of several votes. `intent` makes a repetition harmless. */
export function decideApproval(approval: string, body: DecideBody, intent: string): Promise<ApprovalDetail> {
  return answer(
    api.POST('/approvals/{approval}/decision', {
      params: { path: { approval }, header: { 'Idempotency-Key': intent } },
      body: body as Decide,
    }),
  )
}

export function readApproval(approval: string): Promise<ApprovalDetail> {
  return answer(api.GET('/approvals/{approval}', { params: { path: { approval } } }))
}

const touched = (approval: string) => () => [oneKey('approvals', approval), listKey('approvals').slice(0, 2), ['runs']]

export function useDecide(approval: string, onDone: (decided: ApprovalDetail, body: DecideBody) => void) {
  return useWrite<DecideBody, ApprovalDetail>((body, intent) => decideApproval(approval, body, intent), {
    touches: touched(approval),
    onDone,
  })
}

/** Takes an approval on. */
export function useClaim() {
  return useWrite<string, Approval>(
    (approval) => answer(api.POST('/approvals/{approval}/claim', { params: { path: { approval } } })),
    { touches: (_, approval) => touched(approval)() },
  )
}

/** Gives an approval back to all who may decide it. */
export function useRelease() {
  return useWrite<string, Approval>(
    (approval) => answer(api.DELETE('/approvals/{approval}/claim', { params: { path: { approval } } })),
    { touches: (_, approval) => touched(approval)() },
  )
}

interface HandOver {
  to: string
  comment: string
  /** Whether it has to be taken first, since only what somebody holds can be handed over. */
  claimFirst: boolean
}

/** Hands an approval over to somebody else. */
export function useHandOver(approval: string, onDone: () => void) {
  return useWrite<HandOver, Approval>(
    async ({ to, comment, claimFirst }) => {
      if (claimFirst) {
        await answer(api.POST('/approvals/{approval}/claim', { params: { path: { approval } } }))
      }
      return answer(
        api.POST('/approvals/{approval}/delegation', {
          params: { path: { approval } },
          body: comment === '' ? { to } : { to, comment },
        }),
      )
    },
    { touches: touched(approval), onDone },
  )
}

export function useCommentApproval(approval: string, onDone: () => void) {
  return useWrite<string, Comment>(
    (body, intent) =>
      answer(
        api.POST('/approvals/{approval}/comments', {
          params: { path: { approval }, header: { 'Idempotency-Key': intent } },
          body: { body },
        }),
      ),
    { touches: () => [oneKey('approvals', approval)], onDone },
  )
}

/** To whom an approval may be handed over. Needs the role approver. */
export function useDelegates(approval: string, enabled: boolean) {
  return useQuery({
    queryKey: oneKey('approvals', approval, 'delegates'),
    enabled,
    queryFn: async ({ signal }): Promise<Delegate[]> => {
      const page = await answer(api.GET('/approvals/{approval}/delegates', { params: { path: { approval } }, signal }))
      return page.items
    },
  })
}
