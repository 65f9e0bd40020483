import { asProblem, problemOf, sessionFetch } from '~/api'
import { readHint, type Hint } from './hint'
import { EventParser, type StreamEvent } from './sse'

export type FeedState = 'connecting' | 'online' | 'reconnecting' | 'offline'

interface Listener {
  onState(state: FeedState): void
  onHint(hint: Hint): void
  /** Events may have been missed: everything that is shown has to be read again. */
  onReset(): void
}

/** The server sends something at least every 15 s; after twice that and a bit the connection is dead. */
const SILENCE_MILLIS = 35_000
const FIRST_WAIT_MILLIS = 1_000
const LONGEST_WAIT_MILLIS = 10_000
/** A hidden tab gives its connection back: browsers allow six per server, over all tabs. */
const HIDDEN_MILLIS = 60_000

/**
 * The live feed of this tab.
 *
 * Reads the stream by `fetch` instead of `EventSource`, which hides heartbeats, refusals and the last event's id: so a
 * connection that died silently is noticed, an ended session asks to sign in, and every reconnect resumes.
 */
export class Feed {
  private state: FeedState = 'connecting'
  private lastId: string | undefined
  private waitMillis = FIRST_WAIT_MILLIS
  private connection: AbortController | undefined
  private timer: ReturnType<typeof setTimeout> | undefined
  private running = false
  private connectedBefore = false

  constructor(private readonly listener: Listener) {}

  start(): void {
    this.running = true
    window.addEventListener('online', this.now)
    window.addEventListener('offline', this.lost)
    document.addEventListener('visibilitychange', this.visibility)
    void this.connect()
  }

  stop(): void {
    this.running = false
    window.removeEventListener('online', this.now)
    window.removeEventListener('offline', this.lost)
    document.removeEventListener('visibilitychange', this.visibility)
    clearTimeout(this.timer)
    this.connection?.abort()
  }

  /** Connects at once instead of waiting. */
  readonly now = (): void => {
    if (this.state !== 'online') {
      this.waitMillis = FIRST_WAIT_MILLIS
      void this.connect()
    }
  }

  private readonly lost = (): void => {
    if (!navigator.onLine && this.state !== 'online') {
      this.become('offline')
    }
  }

  private readonly visibility = (): void => {
    clearTimeout(this.timer)
    if (!document.hidden) {
      this.now()
    } else if (this.state === 'online') {
      this.timer = setTimeout(() => {
        this.state = 'connecting'
        this.connection?.abort()
      }, HIDDEN_MILLIS)
    }
  }

  private async connect(): Promise<void> {
    clearTimeout(this.timer)
    this.connection?.abort()
    const connection = new AbortController()
    this.connection = connection
    try {
      await this.read(connection)
    } catch (thrown) {
      if (connection.signal.aborted && connection.signal.reason !== SILENT) {
        return
      }
      if (asProblem(thrown).kind === 'signed-out') {
        return
      }
    }
    if (this.running && this.connection === connection) {
      this.retry()
    }
  }

  private async read(connection: AbortController): Promise<void> {
    const headers: Record<string, string> = { Accept: 'text/event-stream' }
    if (this.lastId !== undefined) {
      headers['Last-Event-ID'] = this.lastId
    }
    const response = await sessionFetch(new Request('/api/v1/events', { headers, signal: connection.signal }))
    if (!response.ok || response.body === null) {
      throw await problemOf(response)
    }
    const healed = this.state === 'reconnecting' || this.state === 'offline'
    const unknown = this.connectedBefore && this.lastId === undefined
    this.connectedBefore = true
    this.become('online')
    this.waitMillis = FIRST_WAIT_MILLIS
    // What failed while the server was away has to be read again even if no event was missed.
    if (healed || unknown) {
      this.listener.onReset()
    }
    await this.follow(response.body, connection)
  }

  private async follow(body: ReadableStream<Uint8Array>, connection: AbortController): Promise<void> {
    const parser = new EventParser()
    const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader()
    for (;;) {
      const watch = setTimeout(() => connection.abort(SILENT), SILENCE_MILLIS)
      const { done, value } = await reader.read().finally(() => clearTimeout(watch))
      if (done) {
        return
      }
      parser.push(value).forEach((event) => this.take(event))
    }
  }

  private take(event: StreamEvent): void {
    this.lastId = event.id ?? this.lastId
    if (event.name === 'reset') {
      this.listener.onReset()
      return
    }
    const hint = readHint(event.data)
    if (hint !== undefined) {
      this.listener.onHint(hint)
    }
  }

  private retry(): void {
    this.become(navigator.onLine ? 'reconnecting' : 'offline')
    // Jitter keeps many tabs from coming back in one moment after a restart.
    const wait = this.waitMillis * (0.7 + 0.6 * Math.random())
    this.waitMillis = Math.min(this.waitMillis * 1.7, LONGEST_WAIT_MILLIS)
    this.timer = setTimeout(() => void this.connect(), wait)
  }

  private become(state: FeedState): void {
    if (state !== this.state) {
      this.state = state
      this.listener.onState(state)
    }
  }
}

const SILENT = new Error('The live feed fell silent.')
