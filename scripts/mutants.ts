// npm run test:mutants: applies one mutant at a time to a copy of the tree, runs the test that should detect it, and
// fails if that test passes. A guard whose removal no test detects is not protected. `--help` lists the options.
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Command, InvalidArgumentError } from 'commander'
import { mutants } from '../tests/mutants/all'
import type { Mutant } from '../tests/mutants/mutant'
import { runTest, type Verdict } from '../tests/mutants/test-run'
import { type Copy, takeCopies } from '../tests/mutants/tree-copy'
import { ensureBuild, ensureDependencies } from './ensure.mjs'

interface Options {
  results: string
  workers: number
  sound?: boolean
}

const count = (text: string) => {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Expected a positive whole number.')
  return Number(text)
}

const command = new Command('npm run test:mutants --')
  .argument('[which...]', 'parts of mutant names, or a share such as 1/3')
  .option('--results <file>', 'file of results; mutants already detected there are skipped', 'mutation-results.txt')
  // One more than the number of cores, because tests often detect a mutant by running into a timeout.
  .option('--workers <number>', 'number of parallel workers', count, availableParallelism() + 1)
  .option('--sound', 'apply no mutant: the tests must pass')
  .parse()
const options = command.opts<Options>()

const isShare = (part: string) => /^\d+\/\d+$/.test(part)
const shares = command.args.filter(isShare).map((share) => share.split('/').map(Number) as [number, number])
const parts = command.args.filter((part) => !isShare(part))
const chosen = Object.keys(mutants).filter(
  (name, index) =>
    (parts.length === 0 || parts.some((part) => name.includes(part))) &&
    shares.every(([number, all]) => index % all === number - 1),
)

/** Identifies a mutant by name and content, so that a changed one runs again. */
const markOf = (name: string) =>
  createHash('sha256')
    .update(JSON.stringify([name, mutants[name], Boolean(options.sound)]))
    .digest('hex')
    .slice(0, 12)
const expected: Verdict = options.sound ? 'green' : 'red'
const kept = existsSync(options.results) ? readFileSync(options.results, 'utf8').split('\n') : []
const done = new Set(
  kept.flatMap((line) => (line.startsWith(`${expected} `) ? [line.split(' ').filter(Boolean)[1]!] : [])),
)
const left = chosen.filter((name) => !done.has(markOf(name)))
console.log(`${chosen.length} mutants, ${chosen.length - left.length} of them already done.`)

/** Race tests need the machine to themselves, so they run after the others, one by one. */
const isRace = (name: string) => mutants[name]!.test[0].endsWith('.race.test.ts')
const others = left.filter((name) => !isRace(name))
const races = left.filter(isRace)

let good = chosen.length - left.length
const failed: string[] = []
if (left.length > 0) {
  ensureDependencies()
  ensureBuild()
  const { copies, remove } = takeCopies(Math.min(options.workers, Math.max(others.length, 1)))
  try {
    await Promise.all(copies.map((copy) => work(copy, others)))
    await work(copies[0]!, races)
  } finally {
    remove()
  }
}

async function work(copy: Copy, names: string[]): Promise<void> {
  for (let name = names.shift(); name !== undefined; name = names.shift()) {
    const started = Date.now()
    const { verdict, output } = await tryOut(copy, mutants[name]!)
    const seconds = Math.round((Date.now() - started) / 1000)
    const line = `${verdict.padEnd(9)} ${markOf(name)} ${name} (${seconds} s)`
    console.log(line)
    appendFileSync(options.results, `${line}\n`)
    if (verdict === expected) good++
    else failed.push(line)
    if (verdict !== expected || process.env.VERBOSE) console.log(output.slice(-4000))
  }
}

async function tryOut(copy: Copy, mutant: Mutant) {
  try {
    if (!options.sound) {
      const complaint = await copy.apply(mutant)
      if (complaint) return { verdict: 'not built' as const, output: complaint }
    }
    return await runTest(copy.folder, mutant.test)
  } finally {
    copy.restore()
  }
}

if (failed.length > 0) console.log(`\n${failed.join('\n')}`)
console.log(
  `\n${good} of ${chosen.length} mutants ${options.sound ? 'have a test that passes without them' : 'were detected'}.`,
)
process.exitCode = good < chosen.length ? 1 : 0
