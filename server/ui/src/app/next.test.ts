import { expect, it } from 'vitest'
import { safeNext } from './next'

it('goes on to pages of this app alone', () => {
  expect(safeNext('/runs?state=incident#top')).toBe('/runs?state=incident#top')
  expect(safeNext(null)).toBe('/')
  expect(safeNext('https://evil.example')).toBe('/')
  expect(safeNext('//evil.example/runs')).toBe('/')
  expect(safeNext('/\\evil.example')).toBe('/')
  expect(safeNext('javascript:alert(1)')).toBe('/')
  expect(safeNext('/sign-in?next=/sign-in')).toBe('/')
})
