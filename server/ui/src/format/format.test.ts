import { describe, expect, it } from 'vitest'
import { Format, localeFor } from './format'

const british = new Format('en-GB')
const german = new Format('de-DE')
/** Intl sets thin and unbreakable spaces. */
const plain = (text: string) => text.replace(/\s/g, ' ')

describe('formats', () => {
  it('tell a moment in the zone of its site', () => {
    expect(british.dateTime('2026-11-21T03:15:00Z', 'America/New_York')).toBe('20 Nov 2026, 22:15')
    expect(british.dateTime('2026-11-21T03:15:00Z', 'Europe/Berlin')).toBe('21 Nov 2026, 04:15')
    expect(german.dateTime('2026-11-21T03:15:00Z', 'Europe/Berlin')).toBe('21.11.2026, 04:15')
    expect(british.day('2026-11-21')).toBe('21 Nov 2026')
  })

  it('tell how far off a moment is', () => {
    const now = new Date('2026-11-21T12:00:00Z')
    expect(british.relative('2026-11-21T11:57:10Z', now)).toBe('2 minutes ago')
    expect(british.relative('2026-11-22T13:00:00Z', now)).toBe('tomorrow')
    expect(german.relative('2026-11-21T11:59:40Z', now)).toBe('vor 20 Sekunden')
    expect(british.relative('2026-11-21T12:00:02Z', now)).toBe('now')
  })

  it('tell spans in their two largest units', () => {
    expect(plain(british.duration(412))).toBe('412 ms')
    expect(plain(british.duration(14_475))).toBe('14 secs')
    expect(plain(british.duration(3_725_000))).toBe('1 hr 2 mins')
    expect(plain(german.duration(90_000))).toBe('1 Min. 30 Sek.')
  })

  it('keep every cent of an amount, in its currency', () => {
    expect(plain(german.money('1234567890123456.78', 'EUR'))).toBe('1.234.567.890.123.456,78 €')
    expect(british.money(12.5, 'GBP', { signed: true })).toBe('+£12.50')
    expect(plain(german.money(1200, 'JPY'))).toBe('1.200 ¥')
  })

  it("follow the browser's variant of the language", () => {
    expect(localeFor('en', ['de-AT', 'en-US'])).toBe('en-US')
    expect(localeFor('de', ['en-US', 'de-CH'])).toBe('de-CH')
    expect(localeFor('de', ['fr-FR'])).toBe('de-DE')
  })
})
