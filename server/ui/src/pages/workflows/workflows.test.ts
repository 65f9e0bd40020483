import { describe, expect, it } from 'vitest'
import { byWeight, countFindings, faultyElements } from './findings'
import { fieldsOf, readKept, valuesFor, withoutEmpty } from './startValues'

const FORM = {
  components: [
    { type: 'text', text: 'Sales' },
    { type: 'textfield', key: 'posConnection' },
    { type: 'textarea', key: 'announceTo' },
    { type: 'taglist', key: 'days' },
    { type: 'group', components: [{ type: 'textfield', key: 'brand.name' }] },
    { type: 'dynamiclist', path: 'lines', components: [{ type: 'number', key: 'amount' }] },
  ],
}

describe('the values of a start form', () => {
  it('are those of a run that the form asks for', () => {
    expect(
      valuesFor(FORM, {
        posConnection: 'till',
        announceTo: ['a@example.org', 'b@example.org'],
        days: ['mon', 'tue'],
        brand: { name: 'Pizza' },
        forecast: { days: 7 },
        lines: null,
      }),
    ).toEqual({
      posConnection: 'till',
      announceTo: 'a@example.org, b@example.org',
      days: ['mon', 'tue'],
      brand: { name: 'Pizza' },
    })
    expect([...fieldsOf(FORM).keys()]).toContain('lines')
  })

  it('leave out what was left empty', () => {
    expect(withoutEmpty({ a: '', b: null, c: 0, d: false, e: 'x' })).toEqual({ c: 0, d: false, e: 'x' })
  })

  it('come back from what was kept, unless that is broken', () => {
    expect(readKept('{"a":1}')).toEqual({ a: 1 })
    expect(readKept('{"a":')).toBeUndefined()
    expect(readKept('[1]')).toBeUndefined()
  })
})

describe('findings', () => {
  const findings = [
    { severity: 'info', message: 'note', element: 'a' },
    { severity: 'error', message: 'wrong', element: 'b' },
    { severity: 'warning', message: 'odd' },
    { severity: 'error', message: 'wrong, too', element: 'b' },
  ] as const

  it('come worst first', () => {
    expect(byWeight(findings).map(({ message }) => message)).toEqual(['wrong', 'wrong, too', 'odd', 'note'])
    expect(countFindings(findings)).toEqual({ error: 2, warning: 1, info: 1 })
  })

  it('mark the elements that something is wrong with', () => {
    expect(faultyElements(findings)).toEqual(['b'])
  })
})
