// npm run test:services: installs the dependencies if they are missing, then runs the tests that need real services.
// tests/support/services-setup.ts provides and starts these.
import { spawnSync } from 'node:child_process'
import { ensureDependencies, ensureNode, project } from '../ensure.mjs'

ensureNode()
ensureDependencies()
const args = ['vitest', 'run', '--project', 'services', ...process.argv.slice(2)]
const { status } = spawnSync('npx', args, { cwd: project, stdio: ['ignore', 'inherit', 'inherit'] })
process.exit(status ?? 1)
