import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { forgetDrafts } from '~/components'
import { useSession } from '~/session'

/** Signs out and forgets everything that was read and typed. */
export function useSignOut(): () => Promise<void> {
  const session = useSession()
  const cache = useQueryClient()
  const navigate = useNavigate()
  return async () => {
    await session.signOut()
    cache.clear()
    forgetDrafts()
    await navigate('/sign-in', { replace: true, state: { signedOut: true } })
  }
}
