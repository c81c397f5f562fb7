// npm test: whatever is missing is installed, then everything runs: checks, unit, HTTP on both databases, races, browser.
import { spawnSync } from 'node:child_process'
import {
  chromium,
  ensureBuild,
  ensureDebianPackages,
  ensureDependencies,
  ensureNode,
  haproxy,
  postgresPrograms,
  project,
} from './ensure.mjs'

ensureNode()
ensureDependencies()
ensureDebianPackages()
ensureBuild()

const steps = [
  ['checks', 'npm', ['run', '--silent', 'check']],
  ['unit, HTTP on both databases, races', 'npx', ['vitest', 'run']],
  ['browser', 'npx', ['playwright', 'test']],
]
const env = { ...process.env, PG_BIN: postgresPrograms(), CHROMIUM: chromium(), HAPROXY: haproxy() }
for (const [name, command, args] of steps) {
  console.log(`\n=== ${name}`)
  const started = Date.now()
  const { status } = spawnSync(command, args, { cwd: project, stdio: ['ignore', 'inherit', 'inherit'], env })
  console.log(`=== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - started) / 1000)} s`)
  // The first failure ends it, so that it stands at the end of what was printed.
  if (status !== 0) process.exit(1)
}
