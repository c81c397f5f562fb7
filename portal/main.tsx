import './take-secret'
import './zod-without-eval'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './ui/base.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { queryClient } from './query-client'
import { router } from './router'
import { cssVariables, theme } from './ui/theme'

createRoot(document.getElementById('root')!).render(
  <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
    <QueryClientProvider client={queryClient}>
      {/* Under the windows, whose buttons they would cover. */}
      <Notifications position="bottom-right" autoClose={6000} containerWidth={380} limit={4} zIndex={150} />
      <RouterProvider router={router} />
    </QueryClientProvider>
  </MantineProvider>,
)
