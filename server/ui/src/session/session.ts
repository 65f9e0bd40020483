import { answer, ApiProblem, asProblem, door, type Me } from '~/api'
import type { SessionLink } from '~/api/client'

/** Who is signed in, as far as this tab knows. */
export type SessionState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'away' }
  | { readonly kind: 'out' }
  | { readonly kind: 'in'; readonly me: Me; readonly ended: boolean }

type Telling = { kind: 'out' } | { kind: 'in'; username: string }

/**
 * The session of this tab.
 *
 * When it ends under the person's hands, calls wait in {@link renew} until the same person has signed in again; the
 * page stays as it is meanwhile. Tabs tell each other of signing in and out.
 */
export class Session implements SessionLink {
  private current: SessionState = { kind: 'loading' }
  private readonly listeners = new Set<() => void>()
  private readonly tabs = new BroadcastChannel('segue.session')
  private waiting: { promise: Promise<void>; go: () => void; giveUp: (problem: ApiProblem) => void } | undefined

  constructor() {
    this.tabs.onmessage = (event: MessageEvent<Telling>) => void this.hear(event.data)
  }

  /** Asks the server who is signed in. Never rejects. */
  async load(): Promise<void> {
    try {
      this.become({ kind: 'in', me: await answer(door.GET('/me')), ended: false })
    } catch (thrown) {
      this.become({ kind: asProblem(thrown).kind === 'signed-out' ? 'out' : 'away' })
    }
  }

  /** Signs in; rejects with the server's refusal. Ends the wait of calls whose session had ended. */
  async signIn(username: string, password: string): Promise<void> {
    const me = await answer(door.POST('/sessions', { body: { username, password } }))
    this.become({ kind: 'in', me, ended: false })
    this.tell({ kind: 'in', username: me.username })
    this.waiting?.go()
    this.waiting = undefined
  }

  /** Signs out. The tab is signed out even if the server can't be reached. */
  async signOut(): Promise<void> {
    try {
      await door.DELETE('/sessions/current')
    } catch (thrown) {
      if (asProblem(thrown).kind !== 'signed-out') {
        throw asProblem(thrown)
      }
    } finally {
      this.leave()
      this.tell({ kind: 'out' })
    }
  }

  /** Forgets who was signed in, for somebody else to sign in. */
  leave(): void {
    this.waiting?.giveUp(new ApiProblem({ status: 401 }))
    this.waiting = undefined
    this.become({ kind: 'out' })
  }

  /** Reads the own account again, such as after a change of password. */
  async refresh(): Promise<void> {
    const me = await answer(door.GET('/me'))
    this.become({ kind: 'in', me, ended: false })
  }

  csrfToken(): string | undefined {
    return this.current.kind === 'in' ? this.current.me.csrfToken : undefined
  }

  async renew(problem: ApiProblem): Promise<void> {
    if (this.current.kind !== 'in') {
      throw problem
    }
    const name = this.current.me.username
    if (!this.current.ended && (await this.foundAgain(name))) {
      return
    }
    if (this.current.kind !== 'in') {
      throw problem
    }
    this.become({ ...this.current, ended: true })
    this.waiting ??= deferred()
    return this.waiting.promise
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly state = (): SessionState => this.current

  /** Another tab may have signed the same person in again, which only changes the token. */
  private async foundAgain(username: string): Promise<boolean> {
    try {
      const me = await answer(door.GET('/me'))
      if (me.username === username) {
        this.become({ kind: 'in', me, ended: false })
        this.waiting?.go()
        this.waiting = undefined
        return true
      }
    } catch {
      // Not signed in, or nobody answers: the dialog tells.
    }
    return false
  }

  private async hear(telling: Telling): Promise<void> {
    if (this.current.kind === 'in' && telling.kind === 'in' && telling.username === this.current.me.username) {
      await this.foundAgain(telling.username)
    } else if (this.current.kind === 'in') {
      this.become({ ...this.current, ended: true })
    } else if (telling.kind === 'in') {
      await this.load()
    }
  }

  private tell(telling: Telling): void {
    this.tabs.postMessage(telling)
  }

  private become(next: SessionState): void {
    this.current = next
    this.listeners.forEach((listener) => listener())
  }
}

function deferred() {
  let go: () => void = () => undefined
  let giveUp: (problem: ApiProblem) => void = () => undefined
  const promise = new Promise<void>((resolve, reject) => {
    go = resolve
    giveUp = reject
  })
  return { promise, go, giveUp }
}
