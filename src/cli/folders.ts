import { fileURLToPath } from 'node:url'

// Two levels up from src/cli, one from the bundle in dist: both are the project's folder.
const bundled = !import.meta.url.includes('/src/cli/')
const project = new URL(bundled ? '../' : '../../', import.meta.url)

export const migrationsFolder = fileURLToPath(new URL('migrations', project))
export const portalFolder = fileURLToPath(new URL('dist/portal', project))
