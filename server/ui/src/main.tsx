import '@fontsource-variable/figtree/index.css'
import '@mantine/core/styles.css'
import './theme/tokens.css'

import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, RouterProvider } from 'react-router'
import { createCache, linkSession } from './api'
import { Look } from './app/Look'
import { routes } from './app/routes'
import { startTexts } from './i18n'
import { Session, SessionProvider } from './session'

const root = document.getElementById('root')
if (root === null) {
  throw new Error('index.html has no element with the id root.')
}
const session = new Session()
linkSession(session)
void session.load()
await startTexts()

createRoot(root).render(
  <StrictMode>
    <Look>
      <QueryClientProvider client={createCache()}>
        <SessionProvider session={session}>
          <RouterProvider router={createBrowserRouter(routes)} />
        </SessionProvider>
      </QueryClientProvider>
    </Look>
  </StrictMode>,
)
