/** Where to go after signing in: a path of this app, whatever the link said. */
export function safeNext(next: string | null): string {
  if (next === null || !next.startsWith('/')) {
    return '/'
  }
  const url = new URL(next, 'http://segue.invalid')
  const inside = url.host === 'segue.invalid' && url.pathname !== '/sign-in'
  return inside ? url.pathname + url.search + url.hash : '/'
}
