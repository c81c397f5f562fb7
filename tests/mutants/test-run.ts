// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.

import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { Mutant } from './mutant'

/** Red: an assertion failed. Anything else that ends a test, as a build that fails, shows nothing. */
export type Verdict = 'red' | 'green' | 'broken' | 'not run' | 'not built'

/** What a reporter tells of the tests that were chosen. */
interface Report {
  ran: number
  failures: string[]
}

const longest = 15 * 60_000
/** Some mutants show in one round or history of many: more of them than `npm test` plays. */
const luck = { ROUNDS: '40', HISTORIES: '25' }
const report = 'mutation-report.json'

/** Runs the one test, once: stories would run on both databases. */
export async function runTest(
  folder: string,
  [file, title]: Mutant['test'],
): Promise<{ verdict: Verdict; output: string }> {
  const path = join(folder, report)
  rmSync(path, { force: true })
  const inBrowser = file.startsWith('e2e/')
  const { status, output } = await run(folder, inBrowser ? playwright(file, title) : vitest(file, title), {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    EXPECT_TIMEOUT: '15000',
    ...luck,
  })
  if (!existsSync(path)) return { verdict: 'not run', output }
  const results = JSON.parse(readFileSync(path, 'utf8'))
  const { ran, failures } = inBrowser ? ofPlaywright(results) : ofVitest(results)
  const all = `${output}\n${failures.join('\n')}`
  return { verdict: verdictOf(ran, failures, status), output: all }
}

function verdictOf(ran: number, failures: string[], status: number | null): Verdict {
  if (ran === 0) return 'not run'
  if (failures.some(isAssertion)) return 'red'
  return status === 0 ? 'green' : 'broken'
}

/**
 * As Vitest, fast-check, Node and Playwright write it; in Playwright’s, what the test says comes before. A browser’s test
 * that waits in vain for what it is to click or fill has noticed it as well.
 */
const isAssertion = (message: string) =>
  /\bAssertionError\b|^(Error: )?expected .* to |Property failed after|promise (resolved|rejected) .* instead of|^(Error: )?expect(\.\w+)*\(|^TimeoutError: locator\./m.test(
    stripVTControlCharacters(message),
  )

/** Which of Vitest’s projects a file belongs to; all others are units. */
const projects: [RegExp, string][] = [
  [/\.service\.test\.ts$/, 'services'],
  [/\.race\.test\.ts$/, 'races'],
  [/^tests\/(tidy|prose)\.test\.ts$/, 'tidy'],
  [/^src\/(.*\/)?routes\.test\.ts$|\.story\.test\.ts$/, 'postgres'],
]

function vitest(file: string, title: string): string[] {
  const [, project] = projects.find(([files]) => files.test(file)) ?? ['', 'unit']
  const reporters = ['--reporter=json', `--outputFile.json=${report}`, '--reporter=dot']
  return ['node_modules/vitest/vitest.mjs', 'run', '--project', project, file, '-t', title, ...reporters]
}

function playwright(file: string, title: string): string[] {
  const options = ['--project', 'postgres', '--workers', '1', '--retries', '0', '--reporter', 'json,line']
  return ['node_modules/@playwright/test/cli.js', 'test', file, '-g', title, ...options]
}

interface VitestReport {
  testResults: { message: string; assertionResults: { status: string; failureMessages: string[] | null }[] }[]
}

function ofVitest({ testResults }: VitestReport): Report {
  const ran = testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === 'passed' || status === 'failed'),
  )
  // What fails after all tests is the file's own failure.
  const failures = [
    ...ran.flatMap(({ failureMessages }) => failureMessages ?? []),
    ...testResults.map(({ message }) => message),
  ]
  return { ran: ran.length, failures: failures.filter(Boolean) }
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[]
  specs?: { tests: { results: { status: string; errors: { message?: string }[] }[] }[] }[]
}

function ofPlaywright({ suites = [], specs = [] }: PlaywrightSuite): Report {
  const results = specs.flatMap(({ tests }) => tests.flatMap(({ results }) => results))
  const below = suites.map(ofPlaywright)
  return {
    ran: results.filter(({ status }) => status !== 'skipped').length + below.reduce((sum, { ran }) => sum + ran, 0),
    failures: [
      ...results.flatMap(({ errors }) => errors.map(({ message = '' }) => message)),
      ...below.flatMap(({ failures }) => failures),
    ],
  }
}

/** Ends everything that it started where it takes too long. */
function run(
  cwd: string,
  args: string[],
  more: Record<string, string>,
): Promise<{ status: number | null; output: string }> {
  const child = spawn(process.execPath, args, {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...more },
  })
  const end = () => process.kill(-child.pid!, 'SIGKILL')
  const timer = setTimeout(end, longest)
  process.once('exit', end)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      output += part
    })
  return new Promise((resolve) =>
    child.once('close', (status) => {
      clearTimeout(timer)
      process.off('exit', end)
      resolve({ status, output })
    }),
  )
}
