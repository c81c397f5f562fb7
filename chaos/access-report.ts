import { quantile } from '../bench/loop'
import { access, longRun, paceOf, shortRun } from './access'
import { accessFigures } from './access-figures'
import type { Kind } from './site'

interface Report {
  text: string
  wrong: boolean
}

const counts = (of: Record<string, number>) =>
  Object.entries(of)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')

export async function accessReport(kind: Kind, long: boolean): Promise<Report> {
  const run = long ? longRun(kind) : shortRun(kind)
  const began = Date.now()
  const pace = paceOf(run.faster)
  console.log(
    `access, ${kind}: all times of the ledger are divided by ${run.faster}: retries after ${pace.schedule.map((seconds) => seconds.toFixed(2)).join(', ')} s, everything compared every ${pace.resync} s, pauses of ${pace.pause} s; claims end after ${pace.claim} s`,
  )
  const seen = await access(kind, run)
  const problems = [...seen.failures, ...seen.wrongMessages, ...seen.wrong, ...seen.unlikeEvents, ...seen.broken]
  const all = Object.values(seen.made).reduce((sum, one) => sum + one, 0)
  return {
    wrong: problems.length > 0 || seen.unproved > 0 || seen.settled === undefined,
    text: [
      `access, ${kind}: ${all} changes (${counts(seen.made)}), ${seen.kills} kills, ${seen.unanswered} requests without an answer`,
      `  the service: ${counts(seen.hub)}; away for ${run.away} s`,
      `  ${seen.pairs} pairs compared, ${seen.wrong.length} wrong, ${seen.unlikeEvents.length} unlike the events; ${seen.ends} ends of access, ${seen.unproved} given up; all agreed ${seen.settled?.toFixed(1)} s after the last change (${Math.round((Date.now() - began) / 1000)} s)`,
      `  ${problems.length === 0 ? 'every invariant holds' : `BROKEN: ${problems.join('; ')}`}`,
    ].join('\n'),
  }
}

const slowest = { rows: 120, median: 100, most: 1000 }

export async function figuresReport(long: boolean): Promise<Report> {
  const { rows, seconds, calls } = long ? await accessFigures(10_000, 100, 60) : await accessFigures(500, 20, 2)
  const say = (waits: number[]) =>
    `median ${quantile(waits, 0.5).toFixed(0)} ms, slowest ${waits.at(-1)!.toFixed(0)} ms of ${waits.length}`
  const late = (waits: number[]) => quantile(waits, 0.5) > slowest.median || waits.at(-1)! > slowest.most
  return {
    wrong: seconds > slowest.rows || late(calls.quiet) || late(calls.idling),
    text: `access, figures: ${rows} due rows by one server in ${seconds.toFixed(1)} s; first call after a change: ${say(calls.quiet)}; while a transaction idles in another database: ${say(calls.idling)}`,
  }
}
