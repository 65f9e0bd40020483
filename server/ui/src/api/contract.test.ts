import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const ui = join(import.meta.dirname, '../..')

it('has the types of the contract as it is now (else: npm run contract)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'segue-contract-'))
  const made = join(folder, 'schema.d.ts')
  try {
    await promisify(execFile)(process.execPath, [
      join(ui, 'node_modules/openapi-typescript/bin/cli.js'),
      join(ui, '../src/main/resources/openapi/segue.yaml'),
      '--empty-objects-unknown',
      '-o',
      made,
    ])
    expect(await readFile(join(ui, 'src/api/schema.d.ts'), 'utf8')).toBe(await readFile(made, 'utf8'))
  } finally {
    await rm(folder, { recursive: true })
  }
})

it('locks dependencies without the address of a registry', async () => {
  const lock = JSON.parse(await readFile(join(ui, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { resolved?: string; integrity?: string }>
  }
  const entries = Object.entries(lock.packages).filter(([path]) => path !== '')
  expect(entries.length).toBeGreaterThan(100)
  expect(entries.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([])
  expect(entries.filter(([, entry]) => entry.integrity === undefined).map(([path]) => path)).toEqual([])
})
