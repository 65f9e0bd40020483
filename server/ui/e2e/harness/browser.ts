import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'
import { server, type Person } from './server'

/** Why browser tests can't run here; empty if they can. For `describe.skipIf`. */
export const missing = inject('missing')

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** How a person looks at Segue. */
export interface View {
  phone?: boolean
  dark?: boolean
  german?: boolean
  /** Narrower or wider than the usual 1280 pixels. */
  width?: number
  height?: number
}

/** Where pictures of failed tests go. */
const pictures = join(import.meta.dirname, '../../../target/ui-e2e')

let browser: Browser | undefined

/** Opens one browser for the tests of a file and closes it after them. What a failed test left open is pictured. */
export function useBrowser(): void {
  afterEach(async ({ task }) => {
    const pages = browser?.contexts().flatMap((context) => context.pages()) ?? []
    for (const [index, page] of pages.entries()) {
      if (task.result?.state === 'fail') {
        await page.screenshot({ path: join(pictures, `${task.name.replace(/\W+/g, '-')}-${index}.png`) })
      }
      await page.context().close()
    }
  })
  beforeAll(async () => {
    if (missing === '') {
      browser = await chromium.launch({ executablePath: inject('chromium'), headless: true, args: FLAGS })
    }
  })
  afterAll(async () => {
    await browser?.close()
  })
}

/** Opens a page in a profile of its own; nobody is signed in. */
export async function visit(path: string, view: View = {}): Promise<Page> {
  const page = await newTab(view)
  await page.goto(path)
  return page
}

async function newTab({ phone, dark, german, width, height }: View): Promise<Page> {
  if (browser === undefined) {
    throw new Error('Call useBrowser() in the file.')
  }
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width: width ?? (phone ? 360 : 1280), height: height ?? (phone ? 740 : 860) },
    hasTouch: phone,
    colorScheme: dark ? 'dark' : 'light',
    locale: german ? 'de-DE' : 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(60_000)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => message.text().includes('Content Security Policy') && faults.push(message.text()))
  page.on('close', () => expect(faults, 'faults in the browser').toEqual([]))
  return page
}

/** Opens a page as somebody who is signed in. */
export async function open(person: Person, path: string, view: View = {}): Promise<Page> {
  const page = await newTab(view)
  const answer = await page.context().request.post('/api/v1/sessions', {
    data: { username: person.username, password: person.password },
  })
  expect(answer.status(), `${person.username} signs in`).toBe(201)
  await page.goto(path)
  await page.getByRole('main').waitFor()
  return page
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Checks the page against WCAG 2.2 AA. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await settled(page)
  // Evaluated, since the content security policy forbids inline scripts.
  await page.evaluate(axe)
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  )
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' | ').slice(0, 400)}`)
  expect(found, `accessibility of ${what}`).toEqual([])
}

/** Checks that nothing has to be scrolled sideways. */
export async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(over, `${what} is wider than the window`).toBeLessThanOrEqual(0)
}

/** Waits until nothing loads any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"], [data-drawn="false"]') === null)
}
