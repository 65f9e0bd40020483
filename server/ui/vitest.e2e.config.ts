import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The built distribution in a real browser. `SCREENSHOTS=true` takes the pictures of docs/screenshots instead. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: [process.env['SCREENSHOTS'] === 'true' ? 'e2e/screenshots.ts' : 'e2e/*.e2e.ts'],
    globalSetup: 'e2e/harness/setup.ts',
    // One server and two processors: files take turns.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 20_000, interval: 100 } },
  },
})
