import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Plugin } from 'vite'

interface Locked {
  version?: string
  license?: string
  dev?: boolean
  optional?: boolean
}

/** Writes `third-party.txt`: what the pages carry, with the licences that ask to be passed on. Made from the lock. */
export function notices(root: string): Plugin {
  return {
    name: 'segue-notices',
    apply: 'build',
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'third-party.txt', source: await noticesOf(root) })
    },
  }
}

async function noticesOf(root: string): Promise<string> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
  const carried = Object.entries(lock.packages)
    .filter(([path, { dev, optional }]) => path !== '' && !dev && !optional)
    .sort(([one], [other]) => one.localeCompare(other))
  const parts = await Promise.all(
    carried.map(async ([path, { version = '', license = '' }]) => {
      const name = path.replace(/^.*node_modules\//, '')
      return `${'='.repeat(78)}\n${name} ${version} (${license})\n\n${await licenceOf(join(root, path))}\n`
    }),
  )
  return `The pages of Segue carry these libraries:\n\n${parts.join('\n')}`
}

async function licenceOf(folder: string): Promise<string> {
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).sort()
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  return texts.map((text) => text.trim()).join('\n\n')
}
