import { longestTermsAddress, type SitePolicy } from '../../../src/identity/site/schema'
import { domainsIn, readDomain } from '../../../src/platform/input/addresses'
import type { Reading } from '../../../src/platform/input/texts'
import { readWebAddress } from '../../../src/platform/input/web-addresses'
import { type NumberValue, noWholeNumber } from '../../ui/read-number'

export const units = { minutes: 1, hours: 60, days: 24 * 60 }
export type Unit = keyof typeof units

/** A length of time as it is typed. */
export interface Length {
  value: NumberValue
  unit: Unit
}

/** The policy while it is typed. */
export type PolicyValues = {
  secondFactor: SitePolicy['secondFactor']
  idle: Length
  whole: Length
  registration: SitePolicy['registration']
  /** One in a line. */
  domains: string
  termsVersion: string
  termsAddress: string
  identityChanges: SitePolicy['identityChanges']
}

/** In the largest unit in which it is a whole number: 720 minutes are 12 hours. */
function lengthOf(minutes: number): Length {
  const unit = minutes % units.days === 0 ? 'days' : minutes % units.hours === 0 ? 'hours' : 'minutes'
  return { value: minutes / units[unit], unit }
}

const minutesOf = ({ value, unit }: Length) => Number(value) * units[unit]

export const policyValuesOf = (policy: SitePolicy): PolicyValues => ({
  secondFactor: policy.secondFactor,
  idle: lengthOf(policy.sessionIdleMinutes),
  whole: lengthOf(policy.sessionHours * units.hours),
  registration: policy.registration,
  domains: policy.registrationDomains.join('\n'),
  termsVersion: policy.terms?.version ?? '',
  termsAddress: policy.terms?.address ?? '',
  identityChanges: policy.identityChanges,
})

const isProblem = (read: Reading) => 'problem' in read

/** As it is stored; what cannot be read, as it was typed. */
const asRead = (read: Reading, typed: string) => (isProblem(read) ? typed : read.value)

export function policyOf(values: PolicyValues): SitePolicy {
  const typed = values.termsAddress.trim()
  const address = typed && asRead(readWebAddress(typed, longestTermsAddress), typed)
  const terms = { version: values.termsVersion.trim(), address }
  return {
    secondFactor: values.secondFactor,
    sessionIdleMinutes: minutesOf(values.idle),
    sessionHours: minutesOf(values.whole) / units.hours,
    registration: values.registration,
    // Where they are not asked for, nobody sees what is wrong with one.
    registrationDomains: domainsIn(values.domains)
      .filter((one) => values.registration === 'domain' || !isProblem(readDomain(one)))
      .map((one) => asRead(readDomain(one), one)),
    terms: terms.version || terms.address ? terms : null,
    identityChanges: values.identityChanges,
  }
}

/**
 * What is said before anything is confirmed: lengths are whole numbers, domains and addresses can be read, and terms have
 * a version and an address, or neither.
 */
export function problemsOf(values: PolicyValues): Partial<Record<keyof PolicyValues, string>> {
  const { idle, whole, registration, domains } = values
  const [version, address] = [values.termsVersion.trim(), values.termsAddress.trim()]
  const unread = registration === 'domain' ? domainsIn(domains).map(readDomain).find(isProblem) : undefined
  const read = readWebAddress(address, longestTermsAddress)
  return {
    ...(typeof idle.value === 'number' ? {} : { idle: noWholeNumber }),
    ...(typeof whole.value === 'number' ? {} : { whole: noWholeNumber }),
    ...(unread ? { domains: unread.problem } : {}),
    ...(address && !version ? { termsVersion: 'Enter the version of these terms.' } : {}),
    ...(version && !address ? { termsAddress: 'Enter the address where these terms can be read.' } : {}),
    ...(address && isProblem(read) ? { termsAddress: read.problem } : {}),
  }
}

/** Where the form shows what is wrong with a part of the policy. */
export function fieldOf(path: string): keyof PolicyValues | undefined {
  const fields: [RegExp, keyof PolicyValues][] = [
    [/^secondFactor/, 'secondFactor'],
    [/^sessionIdleMinutes/, 'idle'],
    [/^sessionHours/, 'whole'],
    [/^registrationDomains/, 'domains'],
    [/^registration/, 'registration'],
    [/^terms\.address/, 'termsAddress'],
    [/^terms/, 'termsVersion'],
    [/^identityChanges/, 'identityChanges'],
  ]
  return fields.find(([pattern]) => pattern.test(path))?.[1]
}

const words = {
  off: 'off',
  optional: 'whoever wants one',
  operators: 'operators need one',
  admins: 'admins and operators need one',
  all: 'everybody needs one',
  open: 'everybody',
  invitation: 'whoever has an invitation code',
  domain: 'addresses of certain domains',
  tell: 'operators are told',
  accept: 'an operator has to accept it',
}

export const lengthInWords = ({ value, unit }: Length) => `${value} ${Number(value) === 1 ? unit.slice(0, -1) : unit}`

/** What a change of the policy changes, a sentence each. */
export function changesBetween(before: SitePolicy, after: SitePolicy): string[] {
  const parts: [string, (policy: SitePolicy) => string][] = [
    ['Second factor', ({ secondFactor }) => words[secondFactor]],
    ['Signed out when unused for', ({ sessionIdleMinutes }) => lengthInWords(lengthOf(sessionIdleMinutes))],
    ['Signed out at the latest after', ({ sessionHours }) => lengthInWords(lengthOf(sessionHours * units.hours))],
    ['Who can register', ({ registration }) => words[registration]],
    ['Domains', ({ registrationDomains }) => registrationDomains.join(', ') || 'none'],
    ['A new name or tax id of an organization', ({ identityChanges }) => words[identityChanges]],
    ['Terms', ({ terms }) => (terms ? [`version ${terms.version}`, terms.address].filter(Boolean).join(', ') : 'none')],
  ]
  return parts
    .filter(([, say]) => say(before) !== say(after))
    .map(([what, say]) => `${what}: ${say(after)} (before: ${say(before)})`)
}
