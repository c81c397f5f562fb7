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

/** Toasts load after the first page. Earlier ones wait until then. */
const Toasts = lazy(async () => {
  await new Promise((resolve) => router.subscribe('onRendered', resolve))
  await settled()
  const loaded = await loadPatiently(async () => {
    const [{ Toasts }] = await Promise.all([import('./ui/toasts'), import('./ui/mantine-behind.css')])
    return Toasts
  })
  // The page works without them.
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
    // The variables are written at run time. As a file, the default ones would be another request.
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
