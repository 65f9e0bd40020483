// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest'
import { isShortcut } from './shortcuts'

describe('single keys', () => {
  beforeEach(() => {
    document.body.innerHTML = `
      <a href="/approvals/1" id="row">Row</a><button id="button">Button</button>
      <input id="check" type="checkbox"><input id="text"><textarea id="area"></textarea>
      <select id="choice"></select><div contenteditable="true"><b id="rich">Rich</b></div>
      <div role="combobox"><span id="combo"></span></div>`
  })

  const press = (id: string, more: KeyboardEventInit = {}) => {
    let fires: boolean | undefined
    const listener = (event: KeyboardEvent) => (fires = isShortcut(event))
    document.addEventListener('keydown', listener)
    document.getElementById(id)?.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true, ...more }))
    document.removeEventListener('keydown', listener)
    return fires
  }

  it('fire on the page, its rows, buttons and checkboxes', () => {
    expect(['row', 'button', 'check'].map((id) => press(id))).toEqual([true, true, true])
  })

  it('never fire while somebody types or chooses', () => {
    expect(['text', 'area', 'choice', 'rich', 'combo'].map((id) => press(id))).toEqual([false, false, false, false, false])
  })

  it('leave commands of the browser and input methods alone', () => {
    expect(press('row', { ctrlKey: true })).toBe(false)
    expect(press('row', { metaKey: true })).toBe(false)
    expect(press('row', { altKey: true })).toBe(false)
    expect(press('row', { isComposing: true })).toBe(false)
    expect(press('row', { repeat: true })).toBe(false)
    expect(press('row', { shiftKey: true, key: '?' })).toBe(true)
  })

  it('wait behind an open dialog', () => {
    document.body.insertAdjacentHTML('beforeend', '<div role="dialog"><button id="inside"></button></div>')
    expect(press('row')).toBe(false)
    expect(press('inside')).toBe(false)
  })
})
