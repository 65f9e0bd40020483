import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'

const PLACES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** A browser to drive, or why there is none. */
export type Found = { path: string } | { missing: string }

/** Finds Chromium; on a Debian where we are root, it is installed if need be. */
export function findChromium(): Found {
  const path = installed()
  if (path !== undefined) {
    return { path }
  }
  const refusal = install()
  const fresh = installed()
  return fresh === undefined
    ? { missing: `There is no Chromium (${refusal ?? 'installed, yet not found'}). Install it, or set CHROMIUM to its path.` }
    : { path: fresh }
}

function installed(): string | undefined {
  return PLACES.find((place) => {
    try {
      accessSync(place ?? '', constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Returns why it could not be installed; undefined once it is. */
function install(): string | undefined {
  if (process.getuid?.() !== 0) {
    return 'only root may install it'
  }
  try {
    console.info('Installing Chromium for the browser tests…')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    execFileSync('apt-get', ['update', '-q'], { stdio: 'ignore', env, timeout: 180_000 })
    execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], {
      stdio: 'ignore',
      env,
      timeout: 600_000,
    })
    return undefined
  } catch (thrown) {
    return `apt-get install chromium failed: ${String(thrown)}`
  }
}
