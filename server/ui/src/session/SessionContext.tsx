import { createContext, use, useSyncExternalStore, type ReactNode } from 'react'
import type { Me, Role } from '~/api'
import type { Session, SessionState } from './session'

const SessionContext = createContext<Session | null>(null)

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>
}

/** The tab's session, to sign in and out. */
export function useSession(): Session {
  const session = use(SessionContext)
  if (session === null) {
    throw new Error('No SessionProvider around this component.')
  }
  return session
}

export function useSessionState(): SessionState {
  const session = useSession()
  return useSyncExternalStore(session.subscribe, session.state)
}

/** Who is signed in. Only inside the shell, which shows nothing to anybody else. */
export function useMe(): Me {
  const state = useSessionState()
  if (state.kind !== 'in') {
    throw new Error('Nobody is signed in.')
  }
  return state.me
}

/** Whether the person has a role. The server decides in the end; this only spares people dead ends. */
export function useMay(role: Role): boolean {
  return useMe().roles.includes(role)
}

/** Shows its children to people with a role. */
export function IfMay({ role, children, otherwise = null }: { role: Role; children: ReactNode; otherwise?: ReactNode }) {
  return useMay(role) ? children : otherwise
}
