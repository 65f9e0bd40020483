import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { notices } from './build/notices.ts'
import { precompress } from './build/precompress.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The server that the dev server stands in front of. */
const server = process.env['SEGUE_URL'] ?? 'http://127.0.0.1:8585'

export default defineConfig({
  root: here('.'),
  plugins: [react(), notices(here('.')), precompress()],
  resolve: { alias: { '~': here('src') } },
  build: {
    outDir: process.env['SEGUE_UI_OUT'] ?? here('../target/classes/ui'),
    emptyOutDir: true,
    // Inlined assets would need `data:` in more places of the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: {
    port: 5173,
    proxy: {
      // The origin is left as it is: the session cookie is SameSite=Strict and has no domain.
      '/api': { target: server },
    },
  },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
    testTimeout: 60_000,
  },
})
