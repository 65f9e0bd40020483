import { describe, expect, it } from 'vitest'
import { fieldNames, ownValues, readValues } from './formValues'

const form = {
  components: [
    { type: 'text', text: '## Hello' },
    { type: 'textarea', key: 'note' },
    { type: 'group', components: [{ type: 'number', key: 'guests' }, { type: 'textfield', key: 'address.street' }] },
  ],
}

describe('the values of a form', () => {
  it('are those of its fields, however deep they lie', () => {
    expect(fieldNames(form)).toEqual(['note', 'guests', 'address'])
    expect(fieldNames({ components: [{ type: 'text' }] })).toEqual([])
    expect(fieldNames(undefined)).toEqual([])
  })

  it('leave out what the form only shows', () => {
    expect(ownValues(form, { note: 'a', forecast: { method: 'b' } })).toEqual({ note: 'a' })
  })

  it('survive a reload', () => {
    expect(readValues('{"note":"a"}')).toEqual({ note: 'a' })
    expect(readValues('')).toEqual({})
    expect(readValues('[1]')).toEqual({})
    expect(readValues('{')).toEqual({})
  })
})
