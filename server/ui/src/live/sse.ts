/** One event of a `text/event-stream`. */
export interface StreamEvent {
  id: string | undefined
  name: string
  data: string
}

/** Takes a stream apart as the HTML standard says. Lines may come in any pieces. */
export class EventParser {
  private rest = ''
  private id: string | undefined
  private name = ''
  private data: string[] = []
  /** How long to wait before connecting again, once the server has said so. */
  retryMillis: number | undefined

  /** Takes the next piece; returns the events that it completes. Comments yield none. */
  push(piece: string): StreamEvent[] {
    const text = this.rest + piece
    // A CR at the end may be the first half of a CRLF.
    const lines = text.split(/\r\n|\n|\r(?!$)/)
    this.rest = lines.pop() ?? ''
    return lines.flatMap((line) => this.line(line))
  }

  private line(line: string): StreamEvent[] {
    if (line === '') {
      return this.dispatch()
    }
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    switch (field) {
      case 'id':
        this.id = value
        break
      case 'event':
        this.name = value
        break
      case 'data':
        this.data.push(value)
        break
      case 'retry':
        this.retryMillis = /^\d+$/.test(value) ? Number(value) : this.retryMillis
        break
      default:
      // A comment, or a field of a newer server.
    }
    return []
  }

  private dispatch(): StreamEvent[] {
    const event = { id: this.id, name: this.name || 'message', data: this.data.join('\n') }
    const complete = this.data.length > 0 || this.name !== ''
    this.name = ''
    this.data = []
    return complete ? [event] : []
  }
}
