// npm test: installs what is missing, then runs everything: checks, unit, HTTP on both databases, races, browser.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { ensureBuild, project, testEnvironment } from './ensure.mjs'

const env = testEnvironment()
// The checks and the build run concurrently, because neither keeps two cores busy.
const checked = step('checks', 'npm', ['run', '--silent', 'check'])
ensureBuild()
await checked
await step('unit, HTTP on both databases, races', 'npx', ['vitest', 'run', '--project=!services'])
await step('browser', 'npx', ['playwright', 'test', '--project=postgres', '--project=embedded'])

/** The first failure ends the run, so that it is the last output. */
async function step(name, command, args) {
  console.log(`\n=== ${name}`)
  const started = Date.now()
  const child = spawn(command, args, { cwd: project, stdio: ['ignore', 'inherit', 'inherit'], env })
  const [status] = await once(child, 'exit')
  console.log(`=== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - started) / 1000)} s`)
  if (status !== 0) process.exit(1)
}
