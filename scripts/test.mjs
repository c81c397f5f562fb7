// npm test: whatever is missing is installed, then everything runs: checks, unit, HTTP on both databases, races, browser.
import { spawn } from 'node:child_process'
import {
  chromium,
  ensureBuild,
  ensureDebianPackages,
  ensureDependencies,
  ensureNode,
  postgresPrograms,
  project,
} from './ensure.mjs'

ensureNode()
ensureDependencies()
ensureDebianPackages()
ensureBuild()

const env = { ...process.env, PG_BIN: postgresPrograms(), CHROMIUM: chromium() }

/** Starts a step. What it prints is kept until it is its turn to be shown; then it is shown as it comes. */
function start(name, command, args) {
  const started = Date.now()
  const child = spawn(command, args, { cwd: project, stdio: ['ignore', 'pipe', 'pipe'], env })
  let kept = []
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part) => (kept ? kept.push(part) : process.stdout.write(part)))
  const ended = new Promise((resolve) => child.on('close', (status) => resolve(status === 0)))
  return {
    name,
    async show() {
      console.log(`\n=== ${name}`)
      for (const part of kept) process.stdout.write(part)
      kept = undefined
      const passed = await ended
      console.log(`=== ${name}: ${passed ? 'passed' : 'FAILED'} after ${Math.round((Date.now() - started) / 1000)} s`)
      return passed
    },
  }
}

const failed = []
const see = async (step) => {
  if (!(await step.show())) failed.push(step.name)
}
await see(start('checks', 'npm', ['run', '--silent', 'check']))
// Each of the two waits a good deal of its time, for commits, for mails, for what moves on a page: together they are done sooner.
const both = [
  start('unit, HTTP on both databases, races', 'npx', ['vitest', 'run']),
  start('browser', 'npx', ['playwright', 'test']),
]
for (const step of both) await see(step)
console.log(`\n${3 - failed.length} passed, ${failed.length} failed`)
process.exitCode = failed.length > 0 ? 1 : 0
