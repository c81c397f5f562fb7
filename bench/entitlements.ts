import {
  getAccountEntitlements,
  getMyEntitlements,
  getOrganizationEntitlements,
  listMemberEntitlements,
} from '../src/roles/entitlements/schema'
import { callBy } from './call'
import { type Environment, openEnvironment, type SeededServer } from './environment'
import { closedLoop, median, type Work } from './loop'
import { adminsPerOrganization, idsOf, type Size, seed, services } from './seed'

const sizes = { small: { organizations: 10, members: 10 }, big: { organizations: 1000, members: 1000 } }
const rounds = Number(process.env.ROUNDS ?? 5)
const load = { connections: 2, seconds: 1 }
const past = new Date(Date.now() - 200 * 24 * 3600_000).toISOString()

/** A seeded site, with its IDs by number. */
interface Place extends Size {
  environment: Environment
  server: SeededServer
  accounts: string[]
  ids: string[]
}

interface Question {
  name: string
  ask(place: Place): Omit<Work, 'check'>
}

const upTo = (count: number) => 1 + Math.floor(Math.random() * count)
const anAccount = ({ organizations, members }: Size) => upTo(organizations * members)
const inOrganization = (organization: number, { members }: Size, first: number) =>
  (organization - 1) * members + upTo(first)

/** Each request has a different caller or subject, so cached answers would not help. */
const questionsAt = (at: string | undefined): Question[] => {
  const when = at ? ', past' : ''
  const page = (limit: number): Question => ({
    name: `listMemberEntitlements, limit ${limit}${when}`,
    ask(place) {
      const organization = upTo(place.organizations)
      const input = { organizationId: place.ids[organization]!, limit, at }
      return callBy(inOrganization(organization, place, adminsPerOrganization), listMemberEntitlements, input)
    },
  })
  return [
    {
      name: `getMyEntitlements${when}`,
      ask: (place) => callBy(anAccount(place), getMyEntitlements, { at }),
    },
    {
      name: `getAccountEntitlements${when}`,
      ask: (place) => callBy(0, getAccountEntitlements, { accountId: place.accounts[anAccount(place)]!, at }),
    },
    {
      name: `getOrganizationEntitlements${when}`,
      ask(place) {
        const organization = upTo(place.organizations)
        const input = { organizationId: place.ids[organization]!, at }
        return callBy(inOrganization(organization, place, place.members), getOrganizationEntitlements, input)
      },
    },
    // Both sizes have five members; of a page of fifty, the small organizations fill only ten.
    page(5),
    page(50),
  ]
}

/** Throws unless the answer contains every service, and a list of members is not empty. */
function checkAnswer(body: string): void {
  const { entitlements, items } = JSON.parse(body) as { entitlements: unknown[]; items?: unknown[] }
  if (entitlements.length !== services || items?.length === 0)
    throw new Error(`not ${services} services: ${body.slice(0, 500)}`)
}

/** Measurements of one question at one site. */
class Series {
  readonly medians: number[] = []
  answers = 0
  bytes = 0
  serverSeconds = 0
  databaseSeconds = 0

  async round({ ask }: Question, place: Place): Promise<void> {
    const { environment, server } = place
    const before = environment.cpu(server)
    const took = await closedLoop(server.url, load, () => ({
      ...ask(place),
      check: (body) => {
        this.bytes += body.length
        checkAnswer(body)
      },
    }))
    const after = environment.cpu(server)
    this.serverSeconds += after.server - before.server
    this.databaseSeconds += after.database - before.database
    this.answers += took.length
    this.medians.push(median(took))
  }

  get median(): number {
    return median(this.medians)
  }

  get shown(): string {
    const spread = `${Math.min(...this.medians).toFixed(1)}–${Math.max(...this.medians).toFixed(1)}`
    return `${this.median.toFixed(1)} (${spread})`
  }

  /** CPU milliseconds per answer, of the server and of the database. */
  get cpu(): string {
    const perAnswer = (seconds: number) => ((seconds * 1000) / this.answers).toFixed(1)
    return `${perAnswer(this.serverSeconds)} + ${perAnswer(this.databaseSeconds)}`
  }

  get kilobytes(): string {
    return (this.bytes / this.answers / 1000).toFixed(0)
  }
}

export async function run(): Promise<void> {
  const environment = await openEnvironment()
  try {
    const small = await openPlace('small')
    const big = await openPlace('big')
    const measured = [...questionsAt(undefined), ...questionsAt(past)].map((question) => ({
      question,
      small: new Series(),
      big: new Series(),
    }))
    // One warm-up round for connections, query plans and compiled code; it does not count.
    for (const { question } of measured) for (const place of [small, big]) await new Series().round(question, place)
    for (let round = 0; round < rounds; round++)
      for (const { question, ...series } of measured) {
        await series.small.round(question, small)
        await series.big.round(question, big)
      }
    print(measured)
    for (const { server, organizations, members } of [small, big])
      console.log(`guildhall check, ${organizations} × ${members}: ${await server.check()}`)
  } finally {
    await environment.close()
  }

  async function openPlace(name: 'small' | 'big'): Promise<Place> {
    const began = performance.now()
    const server = await environment.open(name, (client) => seed(client, sizes[name]))
    const { rows } = await server.client.query(
      `select (select count(*) from accounts) as accounts, (select count(*) from memberships) as memberships,
        (select count(*) from role_assignments) as assignments, (select count(*) from events) as events,
        pg_size_pretty(pg_database_size(current_database())) as size`,
    )
    console.log(`${name}:`, JSON.stringify(rows[0]), `seeded in ${((performance.now() - began) / 1000).toFixed(0)} s`)
    const [accounts, ids] = [await idsOf(server.client, 'accounts'), await idsOf(server.client, 'organizations')]
    return { ...sizes[name], environment, server, accounts, ids }
  }
}

function print(measured: { question: Question; small: Series; big: Series }[]): void {
  const rows = measured.map(({ question, small, big }) => {
    const ratio = (big.median / small.median).toFixed(2)
    return [question.name, small.shown, big.shown, ratio, small.cpu, big.cpu, small.kilobytes, big.kilobytes]
  })
  console.log(`\nMedians of ${rounds} rounds (least–greatest) in ms; CPU time in ms, server + database; kB.\n`)
  console.log(`| | small | big | big/small | CPU small | CPU big | kB small | kB big |\n|${'---|'.repeat(8)}`)
  for (const row of rows) console.log(`| ${row.join(' | ')} |`)
  console.log('')
}
