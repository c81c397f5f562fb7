import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { declarations } from './scripts/declarations.mjs'

export default defineConfig({
  root: 'portal',
  plugins: [declarations(), react()],
  build: {
    outDir: '../dist/portal',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    rolldownOptions: {
      // How long each plugin takes says nothing to people who start the server.
      checks: { bundlerTimings: false },
      output: {
        codeSplitting: {
          groups: [
            // Stays what it is when only the portal changes, so browsers keep it.
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\/|rolldown\/runtime/, priority: 2 },
            // What every screen needs, as one file: each further one would be a further request.
            { name: 'main', tags: ['$initial'], priority: 1 },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
})
