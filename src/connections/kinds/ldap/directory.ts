import type { Change, Client } from 'ldapts'
import type { OpenLdap } from '../../outbound/ldap-connection'
import { OutboundTrouble } from '../../outbound/outbound-trouble'
import { type Outcome, Refused, type UsedConnection } from '../connector'

/** Result codes of LDAP (RFC 4511, appendix A) that mean something here. */
export const results = {
  success: 0,
  strongerAuthRequired: 8,
  confidentialityRequired: 13,
  noSuchAttribute: 16,
  undefinedType: 17,
  constraintViolation: 19,
  valueExists: 20,
  invalidSyntax: 21,
  noSuchObject: 32,
  inappropriateAuthentication: 48,
  invalidCredentials: 49,
  insufficientAccess: 50,
  unwillingToPerform: 53,
  objectClassViolation: 65,
  entryExists: 68,
} as const

export type Attributes = Record<string, string[]>
export type Modification = [operation: 'add' | 'delete' | 'replace', attribute: string, values: string[]]

export interface Directory {
  /** The values of these attributes, none of those that are absent; null if there is no such entry. */
  read(dn: string, attributes: string[]): Promise<Attributes | null>
  /** Whether an entry has this value. Nothing else of it is read: a group can be long. */
  has(dn: string, attribute: string, value: string): Promise<boolean>
  /** Whether an entry below has this value. */
  isTaken(below: string, attribute: string, value: string): Promise<boolean>
  /** Attributes without values are left out. False if the entry exists. `right` is what operators are told is missing. */
  add(dn: string, attributes: Attributes, right: string): Promise<boolean>
  /** All in one. The result, if it is one of those that are expected. */
  modify(dn: string, changes: Modification[], right: string, expected?: number[]): Promise<number>
}

/**
 * One connection and one bind for one chain of calls. The library would connect again by itself, as nobody; it gets one
 * connection only, so what is sent after that is lost fails.
 */
export async function withDirectory<Result>(
  open: OpenLdap,
  { settings, secrets }: UsedConnection,
  signal: AbortSignal,
  work: (directory: Directory) => Promise<Result>,
): Promise<Result> {
  const { Client, Attribute, Change, EqualityFilter } = await import('ldapts')
  const [password] = secrets()
  const opened = await open(settings.url!, signal).catch((error) => {
    throw error instanceof OutboundTrouble ? new Refused({ code: error.code }) : error
  })
  const unused = [opened]
  const client: Client = new Client({
    url: 'ldap://opened',
    createConnection: () => {
      const given = unused.pop()
      if (!given) throw new Error('the connection is used up')
      return given
    },
  })
  const changeOf = ([operation, type, values]: Modification): Change =>
    new Change({ operation, modification: new Attribute({ type, values }) })
  const call = caller(signal)
  try {
    // An empty password would be accepted as that of nobody.
    if (!password) throw new Refused(refusalOf(results.invalidCredentials, ''))
    await call(() => client.bind(settings.bindDn!, password), '')
    return await work({
      async read(dn, attributes) {
        let found: Attributes | null = null
        await call(
          async () => {
            const { searchEntries } = await client.search(dn, { scope: 'base', attributes })
            if (searchEntries[0]) found = valuesOf(searchEntries[0], attributes)
          },
          `read ${dn}`,
          [results.noSuchObject],
        )
        return found
      },
      has: (dn, attribute, value) => matches(dn, 'base', new EqualityFilter({ attribute, value })),
      isTaken: (below, attribute, value) => matches(below, 'sub', new EqualityFilter({ attribute, value })),
      async add(dn, attributes, right) {
        const given = Object.fromEntries(Object.entries(attributes).filter(([, values]) => values.length > 0))
        return (await call(() => client.add(dn, given), right, [results.entryExists])) === results.success
      },
      modify: (dn, changes, right, expected = []) =>
        call(() => client.modify(dn, changes.map(changeOf)), right, expected),
    })
  } finally {
    opened.destroy()
  }

  async function matches(dn: string, scope: 'base' | 'sub', filter: InstanceType<typeof EqualityFilter>) {
    let found = false
    await call(
      async () => {
        found = (await client.search(dn, { scope, filter, attributes: ['1.1'] })).searchEntries.length > 0
      },
      `read ${dn}`,
      [results.noSuchObject],
    )
    return found
  }
}

/** Values as text, whether there are many, one or none. */
function valuesOf(entry: Record<string, unknown>, attributes: string[]): Attributes {
  const given = new Map(Object.entries(entry).map(([name, value]) => [name.toLowerCase(), [value].flat().map(String)]))
  return Object.fromEntries(attributes.map((name) => [name, given.get(name.toLowerCase()) ?? []]))
}

/** Ends the chain with a code of ours, unless the result is expected. */
const caller =
  (signal: AbortSignal) =>
  async (work: () => Promise<unknown>, right: string, expected: number[] = []): Promise<number> => {
    try {
      await work()
      return results.success
    } catch (error) {
      if (signal.aborted) throw new Refused({ code: 'timed_out' })
      const code = resultOf(error)
      if (code === undefined) throw new Refused({ code: 'closed' })
      if (expected.includes(code)) return code
      throw new Refused(refusalOf(code, right))
    }
  }

/** Errors of the connection have no result code, or the name of an error of the system. */
function resultOf(error: unknown): number | undefined {
  const { code } = error as { code?: unknown }
  return typeof code === 'number' ? code : undefined
}

const refusingUs: number[] = [
  results.strongerAuthRequired,
  results.confidentialityRequired,
  results.inappropriateAuthentication,
  results.invalidCredentials,
]

function refusalOf(code: number, right: string): Outcome {
  const request = { result: code }
  if (refusingUs.includes(code)) return { code: 'refused_by_service', broken: true, request }
  if (code === results.insufficientAccess) return { code: 'right_missing', broken: true, request, answer: right }
  return { code: 'ldap_error', request, answer: `result ${code}: ${right}` }
}
