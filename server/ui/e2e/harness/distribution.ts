import { spawn } from 'node:child_process'
import { existsSync, openSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from './until'

/** The distribution under test; built by `./segue` or `mvn package`. */
const dist = process.env['SEGUE_DIST'] ?? join(import.meta.dirname, '../../../../deploy/target/segue')

/** What tests are told of the server that runs for them. */
export interface Running {
  home: string
  url: string
}

declare module 'vitest' {
  interface ProvidedContext {
    running: Running
    chromium: string
    /** Why the tests can't run; empty if they can. */
    missing: string
  }
}

/** Why there is nothing to test; undefined if there is. */
export function notBuilt(): string | undefined {
  return existsSync(join(dist, 'bin/segue')) ? undefined : `There is no distribution at ${dist}. Build it with ./segue --version.`
}

/** Starts Segue with a home folder of its own, with the sample, and waits until its first approval is there. */
export async function install(): Promise<Running> {
  const home = await mkdtemp(join(tmpdir(), 'segue-e2e-'))
  const running = { home, url: `http://127.0.0.1:${await freePort()}` }
  await start(running)
  return running
}

/** Starts the server and waits until it answers. */
export async function start({ home, url }: Running): Promise<void> {
  const log = openSync(join(home, 'e2e.log'), 'a')
  const child = spawn(join(dist, 'bin/segue'), ['up', '--port', new URL(url).port], {
    env: { ...plainEnv(), SEGUE_HOME: home },
    detached: true,
    stdio: ['ignore', log, log],
  })
  child.unref()
  await writeFile(join(home, 'e2e.pid'), String(child.pid))
  await until('Segue is ready', 240_000, async () => {
    if (child.exitCode !== null) {
      throw new Error(`Segue ended while it started:\n${readFileSync(join(home, 'e2e.log'), 'utf8').slice(-3_000)}`)
    }
    const ready = await fetch(`${url}/health/ready`).catch(() => undefined)
    return ready?.ok === true || undefined
  })
}

/** Our own variables begin like the server's settings, of which it refuses those it doesn't know. */
function plainEnv(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SEGUE_')))
}

/** Kills the server as a power cut would. */
export async function kill(running: Running): Promise<void> {
  await end(running, 'SIGKILL')
}

/** Stops everything and removes the home folder. */
export async function uninstall(running: Running): Promise<void> {
  await end(running, 'SIGTERM')
  stopDatabase(running.home)
  await rm(running.home, { recursive: true, force: true })
}

async function end({ home }: Running, signal: NodeJS.Signals): Promise<void> {
  const pid = Number(readFileSync(join(home, 'e2e.pid'), 'utf8'))
  send(-pid, signal)
  await until('Segue has ended', 90_000, () => (send(pid, 0) ? undefined : true))
}

/** After a kill, the embedded database goes on for the next start; nobody will come for it here. */
function stopDatabase(home: string): void {
  const file = join(home, 'postgres/data/postmaster.pid')
  if (existsSync(file)) {
    send(Number(readFileSync(file, 'utf8').split('\n')[0]), 'SIGINT')
  }
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal)
    return true
  } catch {
    return false
  }
}

/** A port that is free now. The server keeps it over restarts, so that a browser finds it again. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
