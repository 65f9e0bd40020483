import type { TestProject } from 'vitest/node'
import { findChromium } from './chromium'
import { install, notBuilt, uninstall } from './distribution'

/** Starts one server for all files; where that can't be, the tests are skipped and say why. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chromium = findChromium()
  const missing = 'missing' in chromium ? chromium.missing : notBuilt()
  project.provide('missing', missing ?? '')
  project.provide('chromium', 'path' in chromium ? chromium.path : '')
  if (missing !== undefined) {
    console.warn(`The browser tests are skipped. ${missing}`)
    project.provide('running', { home: '', url: '' })
    return () => Promise.resolve()
  }
  const running = await install()
  project.provide('running', running)
  return () => uninstall(running)
}
