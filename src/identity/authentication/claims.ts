import { countryCodes } from '../../platform/countries'
import { readClaimedAddress } from '../../platform/input/addresses'
import { isNamed, readPersonName } from '../../platform/input/names'
import { inOneLine } from '../../platform/input/texts'

/** The claims about a person, as far as we use them. All of them are untrusted input. */
type Claims = Record<string, unknown>

/** ISO 3166’s “unknown”: the provider sent no country, and the account’s holder can set it. */
export const unknownCountry = 'ZZ'

interface Names {
  firstName: string
  lastName: string
}

/** A name that can be stored: no hidden characters, within our length limit, and no link. */
function clean(claim: unknown): string {
  if (typeof claim !== 'string') return ''
  const name = readPersonName([...inOneLine(claim)].slice(0, 80).join(''))
  return 'value' in name ? name.value : ''
}

/**
 * First and last name as the provider sends them; a person with one name there has one here. Undefined if it sends
 * none.
 */
export function namesIn(claims: Claims): Names | undefined {
  const names = { firstName: clean(claims.given_name), lastName: clean(claims.family_name) }
  return isNamed(names) ? names : undefined
}

/** A name for a new account, whatever the provider sends. */
export function namesFor(claims: Claims): Names {
  const names = namesIn(claims)
  if (names) return names
  const [first = '', ...rest] = clean(claims.name).split(' ')
  const address = typeof claims.email === 'string' ? claims.email.split('@')[0] : ''
  const named = first || clean(claims.preferred_username) || clean(address) || 'Unnamed'
  return { firstName: named, lastName: rest.join(' ') }
}

/** An address that no account has: typed addresses and those from the provider have a domain with a dot. */
const noAddress = 'none@invalid'

/**
 * The address that the provider sends, and whether it vouches for it. One that cannot be parsed as it stands counts as
 * not verified and is not passed on: it could be mistaken for another person's. A known subject needs no address.
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
