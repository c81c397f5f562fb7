// npm run test:services: installs what is missing, then runs the tests that need real services: first the connectors, then
// journeys in a browser. tests/support/services-setup.ts provides the services.
import { spawnSync } from 'node:child_process'
import { ensureBuild, project, testEnvironment } from '../ensure.mjs'

const env = testEnvironment()
const only = process.argv.slice(2)
run('vitest', 'run', '--project', 'services', ...only)
// Arguments choose among the first.
if (only.length === 0) {
  ensureBuild()
  run('playwright', 'test', '--project=services')
}

function run(...args) {
  const { status } = spawnSync('npx', args, { cwd: project, stdio: ['ignore', 'inherit', 'inherit'], env })
  if (status !== 0) process.exit(status ?? 1)
}
