import type { ComponentType } from 'react'
import { Navigate, type RouteObject } from 'react-router'
import { NotFound, RouteFault } from './Faults'
import { Gate } from './Gate'
import { Loading } from './Loading'
import { SignInPage } from './SignInPage'

/** A page in a chunk of its own. */
function page<N extends string>(load: () => Promise<Record<N, ComponentType>>, name: N) {
  return { lazy: async () => ({ Component: (await load())[name] }), HydrateFallback: Loading }
}

/** Every address of the UI. */
export const routes: RouteObject[] = [
  {
    errorElement: <RouteFault />,
    HydrateFallback: Loading,
    children: [
      { path: '/sign-in', element: <SignInPage /> },
      {
        element: <Gate />,
        children: [
          {
            errorElement: <RouteFault />,
            children: [
              { index: true, ...page(() => import('~/pages/home/HomePage'), 'HomePage') },
              { path: 'approvals', ...page(() => import('~/pages/approvals/ApprovalsPage'), 'ApprovalsPage') },
              { path: 'approvals/:id', ...page(() => import('~/pages/approvals/ApprovalPage'), 'ApprovalPage') },
              { path: 'workflows', ...page(() => import('~/pages/workflows/WorkflowsPage'), 'WorkflowsPage') },
              { path: 'workflows/:id', ...page(() => import('~/pages/workflows/WorkflowPage'), 'WorkflowPage') },
              { path: 'runs', ...page(() => import('~/pages/runs/RunsPage'), 'RunsPage') },
              { path: 'runs/:id', ...page(() => import('~/pages/runs/RunPage'), 'RunPage') },
              { path: 'admin', element: <Navigate to="/admin/people" replace /> },
              { path: 'admin/people', ...page(() => import('~/pages/admin/PeoplePage'), 'PeoplePage') },
              { path: 'admin/tokens', ...page(() => import('~/pages/admin/TokensPage'), 'TokensPage') },
              { path: 'admin/audit', ...page(() => import('~/pages/admin/AuditPage'), 'AuditPage') },
              { path: 'admin/health', ...page(() => import('~/pages/admin/HealthPage'), 'HealthPage') },
              { path: 'account', ...page(() => import('~/pages/account/AccountPage'), 'AccountPage') },
              { path: '*', element: <NotFound /> },
            ],
          },
        ],
      },
    ],
  },
]
