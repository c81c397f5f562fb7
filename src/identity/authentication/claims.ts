import { countryCodes } from '../../platform/countries'
import { readClaimedAddress } from '../../platform/input/addresses'
import { isNamed, readPersonName } from '../../platform/input/names'
import { inOneLine } from '../../platform/input/texts'

/** What the provider says of somebody, as far as we take it. Nothing in it is taken for granted. */
type Claims = Record<string, unknown>

/** ISO 3166’s “unknown”: the provider did not say, and the account’s holder can. */
export const unknownCountry = 'ZZ'

interface Names {
  firstName: string
  lastName: string
}

/** A name that can be kept: nothing hidden, no longer than ours may be, and no link. */
function clean(claim: unknown): string {
  if (typeof claim !== 'string') return ''
  const name = readPersonName([...inOneLine(claim)].slice(0, 80).join(''))
  return 'value' in name ? name.value : ''
}

/** First and last name as the provider tells them; who has one name there has one here. Nothing, where it tells none. */
export function namesIn(claims: Claims): Names | undefined {
  const names = { firstName: clean(claims.given_name), lastName: clean(claims.family_name) }
  return isNamed(names) ? names : undefined
}

/** Something to call a new account by, whatever the provider tells. */
export function namesFor(claims: Claims): Names {
  const told = namesIn(claims)
  if (told) return told
  const [first = '', ...rest] = clean(claims.name).split(' ')
  const address = typeof claims.email === 'string' ? claims.email.split('@')[0] : ''
  const named = first || clean(claims.preferred_username) || clean(address) || 'Unnamed'
  return { firstName: named, lastName: rest.join(' ') }
}

/** Nobody has it: what is typed, or told by the provider, has a domain with a dot. */
const noAddress = 'none@invalid'

/**
 * The address that the provider tells, and whether it vouches for it. One that cannot be read as it stands counts as not
 * verified, and is not passed on: it could be taken for somebody else's. Who is known by the subject needs none.
 */
export function addressIn(claims: Claims): { email: string; emailVerified: boolean } {
  const email = readClaimedAddress(claims.email)
  const verified = claims.email_verified === true || claims.email_verified === 'true'
  return { email: email ?? noAddress, emailVerified: email !== undefined && verified }
}

export function countryIn(claims: Claims): string {
  const address = claims.address as { country?: unknown } | undefined
  const said = [claims.country, address?.country].find((code) => countryCodes.includes(code as string))
  return (said as string | undefined) ?? unknownCountry
}
