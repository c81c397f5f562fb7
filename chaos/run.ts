// npm run chaos -- [name] [--long]: what may befall a running site, on databases of its own. Prints what it counted.
import { away } from './away'
import { killing, postgresItself, theServer } from './killing'
import { type ChaosSite, type Kind, kinds, openChaosSite } from './site'

const long = process.argv.includes('--long')

/** Runs on a site of its own, and ends with `guildhall check`. */
async function on(kind: Kind, what: string, happen: (site: ChaosSite) => Promise<string>): Promise<void> {
  const site = await openChaosSite(kind)
  try {
    const began = Date.now()
    const counted = await happen(site)
    await site.server.stop()
    const broken = await site.check()
    const checked = broken.length === 0 ? 'every invariant holds' : `BROKEN: ${broken.join('; ')}`
    console.log(`${what}, ${kind}: ${counted}; ${checked} (${Math.round((Date.now() - began) / 1000)} s)`)
    if (broken.length > 0) process.exitCode = 1
  } finally {
    await site.close()
  }
}

const counted = ({ rounds, acknowledged, lost }: Awaited<ReturnType<typeof killing>>) => {
  if (lost > 0) process.exitCode = 1
  return `${rounds} times, ${acknowledged} writes acknowledged, ${lost} lost`
}

const happenings: Record<string, () => Promise<void>> = {
  async killing() {
    for (const kind of kinds)
      await on(kind, 'the server killed', async (site) =>
        counted(await killing(site, long ? 500 : 50, theServer(site))),
      )
    await on('postgres', 'PostgreSQL killed', async (site) =>
      counted(await killing(site, long ? 100 : 20, postgresItself(site))),
    )
  },
  away: () =>
    on('postgres', 'PostgreSQL away', async (site) => {
      const seen = await away(site, long ? 30 : 10)
      return `for ${seen.seconds} s: ${seen.before} writes before, ${seen.meanwhile} refusals of 503 meanwhile, the slowest after ${seen.slowest} ms, other answers: ${seen.others}, first write ${seen.backAfter} ms after it was back, ${seen.lost} lost`
    }),
}

const name = process.argv.slice(2).find((argument) => !argument.startsWith('--'))
if (name && !happenings[name]) {
  console.error(`What shall happen? npm run chaos -- ${Object.keys(happenings).join(' | ')} [--long]`)
  process.exitCode = 1
} else for (const happen of name ? [happenings[name]!] : Object.values(happenings)) await happen()
