import './reader-locale'
import './take-secret'
import './ui/mantine.css'
import './ui/base.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { loadPatiently, watchNetwork } from './connection'
import { queryClient, settled } from './query-client'
import { router } from './router'
import { OfflineBar } from './shell/offline-bar'
import { holdWhilePressed } from './ui/hold-while-pressed'
import { keepFocus } from './ui/keep-focus'
import { printInLight } from './ui/print'
import { cssVariables, theme } from './ui/theme'

/** Nobody reads a toast before there is a page, so they come after it; what is said meanwhile waits for them. */
const Toasts = lazy(async () => {
  await new Promise((resolve) => router.subscribe('onRendered', resolve))
  await settled()
  const loaded = await loadPatiently(async () => {
    const [{ Toasts }] = await Promise.all([import('./ui/toasts'), import('./ui/mantine-behind.css')])
    return Toasts
  })
  // Without them the page works, too.
  return { default: loaded ?? (() => null) }
})

watchNetwork()
printInLight()
keepFocus()
holdWhilePressed()

createRoot(document.getElementById('root')!).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    defaultColorScheme="auto"
    // All of them are written by the program: as a file, those that are as usual would be a second to wait for.
    deduplicateCssVariables={false}
  >
    <QueryClientProvider client={queryClient}>
      <Suspense>
        <Toasts />
      </Suspense>
      <RouterProvider router={router} />
      <OfflineBar />
    </QueryClientProvider>
  </MantineProvider>,
)
