/** Without letters that are taken for others. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'

const made = new Map<string, string>()

/** A first password of 20 letters (100 bits). The same intent gets the same, so that trying again can't make another. */
export function newPassword(intent: string): string {
  let password = made.get(intent)
  if (password === undefined) {
    const bytes = crypto.getRandomValues(new Uint8Array(20))
    password = Array.from(bytes, (byte, index) => (index > 0 && index % 5 === 0 ? '-' : '') + LETTERS.charAt(byte % 32)).join('')
    made.set(intent, password)
  }
  return password
}
