import { longestTermsAddress, type SitePolicy } from '../../../src/identity/site/schema'
import { domainsIn, readDomain } from '../../../src/platform/input/addresses'
import type { Reading } from '../../../src/platform/input/texts'
import { readWebAddress } from '../../../src/platform/input/web-addresses'
import { formatMessage } from '../../../src/platform/messages/format-message'
import { formatList } from '../../../src/platform/messages/intl'
import { fill, message, t } from '../../../src/platform/messages/t'
import { type NumberValue, noWholeNumber } from '../../ui/read-number'

export const units = { minutes: 1, hours: 60, days: 24 * 60 }
export type Unit = keyof typeof units

/** A length of time as typed. */
export interface Length {
  value: NumberValue
  unit: Unit
}

/** The values of the form. */
export type PolicyValues = Pick<SitePolicy, 'secondFactor' | 'registration' | 'identityChanges'> & {
  idle: Length
  whole: Length
  /** One per line. */
  domains: string
  termsVersion: string
  termsAddress: string
}

/** In the largest unit that makes it a whole number: 720 minutes are 12 hours. */
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

/** The stored form, or the typed text where it cannot be read. */
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
    // The field is hidden for other choices, so wrong domains in it are dropped, not refused.
    registrationDomains: domainsIn(values.domains)
      .filter((one) => values.registration === 'domain' || !isProblem(readDomain(one)))
      .map((one) => asRead(readDomain(one), one)),
    terms: terms.version || terms.address ? terms : null,
    identityChanges: values.identityChanges,
  }
}

/**
 * What is checked before the dialog opens: lengths are whole numbers, domains and addresses can be read, and terms have both
 * a version and an address, or neither.
 */
export function problemsOf(values: PolicyValues): Partial<Record<keyof PolicyValues, string>> {
  const { idle, whole, registration, domains } = values
  const [version, address] = [values.termsVersion.trim(), values.termsAddress.trim()]
  const listed = domainsIn(domains).map(readDomain)
  const unread = listed.length > 0 ? listed.find(isProblem) : { problem: t('Enter at least one domain.') }
  const read = readWebAddress(address, longestTermsAddress)
  return {
    ...(typeof idle.value === 'number' ? {} : { idle: noWholeNumber }),
    ...(typeof whole.value === 'number' ? {} : { whole: noWholeNumber }),
    ...(registration === 'domain' && unread ? { domains: unread.problem } : {}),
    ...(address && !version ? { termsVersion: t('Enter the version of these terms.') } : {}),
    ...(version && !address ? { termsAddress: t('Enter the URL of the terms.') } : {}),
    ...(address && isProblem(read) ? { termsAddress: read.problem } : {}),
  }
}

/** The form field that shows the errors of a part of the policy. */
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
  off: message('off'),
  optional: message('optional'),
  operators: message('required for operators'),
  admins: message('required for admins and operators'),
  all: message('required for everyone'),
  open: message('anyone'),
  invitation: message('people with an invitation code'),
  domain: message('e-mail addresses at certain domains'),
  tell: message('takes effect immediately'),
  accept: message('needs acceptance'),
}

export function lengthInWords({ value, unit }: Length): string {
  const count = Number(value)
  if (unit === 'days') return formatMessage('{count, plural, one {# day} other {# days}}', { count })
  if (unit === 'hours') return formatMessage('{count, plural, one {# hour} other {# hours}}', { count })
  return formatMessage('{count, plural, one {# minute} other {# minutes}}', { count })
}

/** What changes in the policy, one line per setting. */
export function changesBetween(before: SitePolicy, after: SitePolicy): string[] {
  const parts: [string, (policy: SitePolicy) => string][] = [
    [t('Two-factor authentication'), ({ secondFactor }) => fill(words[secondFactor])],
    [t('Sign out after inactivity'), ({ sessionIdleMinutes }) => lengthInWords(lengthOf(sessionIdleMinutes))],
    [t('Maximum session length'), ({ sessionHours }) => lengthInWords(lengthOf(sessionHours * units.hours))],
    [t('Who can register'), ({ registration }) => fill(words[registration])],
    [t('Domains'), ({ registrationDomains }) => formatList(registrationDomains) || t('none')],
    [t('New name or tax ID of an organization'), ({ identityChanges }) => fill(words[identityChanges])],
    [t('Terms'), ({ terms }) => (terms ? t('version {version}, {address}', terms) : t('none'))],
  ]
  return parts
    .filter(([, say]) => say(before) !== say(after))
    .map(([setting, say]) => t('{setting}: {from} → {to}', { setting, from: say(before), to: say(after) }))
}
