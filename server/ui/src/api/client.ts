import createClient, { type Middleware } from 'openapi-fetch'
import { ApiProblem, problemOf } from './problem'
import type { paths } from './schema'

/** What the client needs to know of the session. */
export interface SessionLink {
  /** What writing calls must repeat; undefined while nobody is signed in. */
  csrfToken(): string | undefined
  /**
   * Waits until the same person is signed in again.
   *
   * Rejects with the problem if they give up; the call then fails with it.
   */
  renew(problem: ApiProblem): Promise<void>
}

let session: SessionLink | undefined

/** Tells the client whose session it speaks in. Called once, at the start. */
export function linkSession(link: SessionLink): void {
  session = link
}

/**
 * Sends a request in the session.
 *
 * Where the session has ended, it waits for the person to sign in again and then repeats the call, so that nothing
 * typed is lost. Rejects with an {@link ApiProblem} where no server answers; a refusal is a response.
 */
export async function sessionFetch(request: Request): Promise<Response> {
  const repeat = request.clone()
  const response = await send(request)
  if (session === undefined || (response.status !== 401 && response.status !== 403)) {
    return response
  }
  const problem = await problemOf(response.clone())
  if (problem.kind !== 'signed-out' && problem.kind !== 'csrf') {
    return response
  }
  await session.renew(problem)
  return send(repeat)
}

/** Sends a request that has nothing to do with a session that may have ended: signing in, and asking who is. */
export async function send(request: Request): Promise<Response> {
  const token = session?.csrfToken()
  if (token !== undefined && request.method !== 'GET') {
    request.headers.set('X-CSRF-Token', token)
  }
  try {
    return await fetch(request)
  } catch (thrown) {
    if (request.signal.aborted) {
      throw thrown
    }
    throw ApiProblem.away()
  }
}

const refuse: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) {
      throw await problemOf(response)
    }
  },
}

/** Where the API lies; absolute, since Node's fetch (in tests) takes nothing else. */
const baseUrl = new URL('/api/v1', globalThis.location?.href ?? 'http://localhost').href

/** The API. Every call rejects with an {@link ApiProblem} unless it succeeded. */
export const api = createClient<paths>({ baseUrl, fetch: sessionFetch })
api.use(refuse)

/** The API for the calls that make and read the session itself. */
export const door = createClient<paths>({ baseUrl, fetch: send })
door.use(refuse)

/** What a call answered with. */
export async function answer<T>(call: Promise<{ data?: T }>): Promise<NonNullable<T>> {
  return (await call).data as NonNullable<T>
}
