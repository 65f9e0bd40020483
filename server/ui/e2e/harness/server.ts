import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { components } from '../../src/api/schema'
import { until } from './until'

type Role = components['schemas']['Role']
type Approval = components['schemas']['Approval']
type Run = components['schemas']['Run']

/** Somebody to sign in as. */
export interface Person {
  username: string
  password: string
}

/** The server under test, by its API with an administrator's rights: to prepare, and to check what happened. */
export const server = {
  get url(): string {
    return inject('running').url
  },

  async call<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        Authorization: this.token(),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) {
      throw new Error(`${method} ${path} was refused with ${response.status}: ${text}`)
    }
    return (text === '' ? undefined : JSON.parse(text)) as T
  },

  get<T>(path: string): Promise<T> {
    return this.call('GET', path)
  },

  post<T>(path: string, body: unknown): Promise<T> {
    return this.call('POST', path, body)
  },

  /** Makes an account that has already chosen its own password. */
  async person(username: string, roles: Role[], groups: string[] = []): Promise<Person> {
    const first = 'set by an administrator'
    const password = `only ${username} knows this`
    const displayName = username.charAt(0).toUpperCase() + username.slice(1)
    await this.post('/users', { username, displayName, password: first, roles, groups })
    const signedIn = await fetch(`${this.url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username, password: first }),
    })
    const { csrfToken } = (await signedIn.json()) as { csrfToken: string }
    await fetch(`${this.url}/api/v1/me/password`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-CSRF-Token': csrfToken,
        Cookie: signedIn.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; '),
      },
      body: JSON.stringify({ current: first, new: password }),
    })
    return { username, password }
  },

  /** Deploys a single diagram. */
  async deploy(diagram: string): Promise<void> {
    const response = await fetch(`${this.url}/api/v1/workflows`, {
      method: 'POST',
      headers: { Authorization: this.token(), 'Content-Type': 'application/xml' },
      body: diagram,
    })
    if (!response.ok) {
      throw new Error(`The diagram was refused with ${response.status}: ${await response.text()}`)
    }
  },

  token(): string {
    return `Bearer ${readFileSync(join(inject('running').home, 'cli-token'), 'utf8').trim()}`
  },

  /** The first administrator. */
  admin(): Person {
    return { username: 'admin', password: readFileSync(join(inject('running').home, 'admin-password'), 'utf8').trim() }
  },

  /** Starts the sample's workflow and waits for its approval. Each test takes one of its own. */
  async sampleApproval(variables: object = {}): Promise<Approval> {
    const { id } = await this.startSample(variables)
    return this.openApproval(id)
  },

  /** Waits for an open approval, of a run if given. */
  openApproval(run?: string): Promise<Approval> {
    const of = run === undefined ? '' : `&run=${run}`
    return until('an approval is open', 240_000, async () => {
      const { items } = await this.get<{ items: Approval[] }>(`/approvals?view=all&state=open${of}`)
      return items[0]
    })
  },

  /** Starts the sample's workflow. */
  async startSample(variables: object = {}): Promise<Run> {
    await until('the sample is installed', 120_000, async () => {
      const { items } = await this.get<{ items: Run[] }>('/runs?workflow=daily-optimization')
      return items[0]
    })
    return this.post('/runs', {
      workflow: 'daily-optimization',
      site: 'pizza-place',
      mode: 'live',
      variables: { posConnection: 'pizza-place-till', salesKnownFrom: 'SALE', brandName: 'Pizza Place', ...variables },
    })
  },

  /** Waits until a run is in a state. */
  runIs(run: string, state: Run['state']): Promise<Run> {
    return until(`run ${run} is ${state}`, 240_000, async () => {
      const found = await this.get<Run>(`/runs/${run}`)
      return found.state === state ? found : undefined
    })
  },
}
