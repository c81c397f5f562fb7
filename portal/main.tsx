import './ui/mantine.css'
import '@mantine/notifications/styles.css'
import './ui/base.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './query-client'
import { router } from './router'
import { cssVariables, theme } from './ui/theme'

/** Nobody reads a toast before the page, so they come after it; what is said meanwhile waits for them. */
const Toasts = lazy(() => import('./ui/toasts').then(({ Toasts }) => ({ default: Toasts })))

createRoot(document.getElementById('root')!).render(
  <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
    <QueryClientProvider client={queryClient}>
      <Suspense>
        <Toasts />
      </Suspense>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>,
)
