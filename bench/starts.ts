import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from '../tests/support/server'
import { type DatabaseSetting, type Environment, settingsOn } from './environment'
import { median } from './loop'
import { judged, quick } from './measure'
import { cpuOfTree, residentMemory } from './process'

const starts = quick ? 1 : 5
const rest = 10_000
/** Interval between health checks, in ms. */
const every = 5

interface Case {
  label: string
  /** Seconds from process start to the first answer, and MiB at rest. */
  goals: { seconds: number; memory: number }
  database(): DatabaseSetting
  took: number[]
  /** CPU seconds until then, including the process that creates the database. Other load affects these less. */
  cpu: number[]
  memory: number
}

/** Measures the built program's time to its first answer, and its memory when idle. */
export async function measureStarts(environment: Environment, existing: string): Promise<void> {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: ['ignore', 'inherit', 'inherit'] })
  const { url } = await environment.database('starts')
  const directories: string[] = []
  const empty = () => {
    directories.push(mkdtempSync(join(tmpdir(), 'guildhall-start-')))
    return { DATA_DIR: directories.at(-1)! }
  }
  const embedded = 300
  const cases: Case[] = [
    { label: 'embedded, empty directory', goals: { seconds: 4, memory: embedded }, database: empty },
    {
      label: 'embedded, existing database',
      goals: { seconds: 1.2, memory: embedded },
      database: () => ({ DATA_DIR: existing }),
    },
    {
      label: 'PostgreSQL, migrated database',
      goals: { seconds: 0.6, memory: 110 },
      database: () => ({ DATABASE_URL: url }),
    },
  ].map((one) => ({ ...one, took: [], cpu: [], memory: 0 }))
  try {
    // An unmeasured start, which migrates the database.
    await (await startServer(program, settingsOn({ DATABASE_URL: url }))).stop()
    for (let number = 1; number <= starts; number++) for (const one of cases) await start(one, number === starts)
  } finally {
    for (const directory of directories) rmSync(directory, { recursive: true, force: true })
  }
  report(cases)
}

const program = ['bin/guildhall.mjs', 'serve']

async function start(one: Case, last: boolean): Promise<void> {
  const began = performance.now()
  const server = await startServer(program, settingsOn(one.database()), every)
  one.took.push((performance.now() - began) / 1000)
  one.cpu.push(cpuOfTree(server.pid))
  if (last) {
    await new Promise((resolve) => setTimeout(resolve, rest))
    one.memory = residentMemory(server.pid)
  }
  await server.stop()
}

function report(cases: Case[]): void {
  console.log(
    `\nStart to first answer in seconds, median (least–greatest) of ${starts}; MiB at rest ${rest / 1000} s later.\n`,
  )
  console.log(`| | start | goal | CPU time | MiB | goal |\n|${'---|'.repeat(6)}`)
  for (const { label, goals, took, cpu, memory } of cases) {
    const spread = `(${Math.min(...took).toFixed(2)}–${Math.max(...took).toFixed(2)})`
    const cells = [
      label,
      `${judged(median(took), goals.seconds)} ${spread}`,
      `≤ ${goals.seconds}`,
      median(cpu).toFixed(2),
      judged(memory, goals.memory, 0),
      `≤ ${goals.memory}`,
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
}
