import { countryCodes } from '../http/countries'

/** What the provider says of somebody, as far as we take it. Nothing in it is taken for granted. */
type Claims = Record<string, unknown>

/** ISO 3166’s “unknown”: the provider did not say, and the account’s holder can. */
export const unknownCountry = 'ZZ'

const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** A name that can be kept: nothing invisible, and no longer than ours may be. */
function clean(claim: unknown): string {
  if (typeof claim !== 'string') return ''
  return [...claim.normalize('NFC').replace(invisible, '').trim()].slice(0, 80).join('').trim()
}

/** First and last name, where the provider tells both. */
export function namesIn(claims: Claims): { firstName: string; lastName: string } | undefined {
  const [firstName, lastName] = [clean(claims.given_name), clean(claims.family_name)]
  return firstName && lastName ? { firstName, lastName } : undefined
}

/** Something to call a new account by, whatever the provider tells. */
export function namesFor(claims: Claims): { firstName: string; lastName: string } {
  const names = namesIn(claims)
  if (names) return names
  const [first, ...rest] = clean(claims.name).split(' ')
  const address = typeof claims.email === 'string' ? claims.email.split('@')[0] : ''
  return {
    firstName: clean(claims.given_name) || first || clean(claims.preferred_username) || clean(address) || '–',
    lastName: clean(claims.family_name) || clean(rest.join(' ')) || '–',
  }
}

export function countryIn(claims: Claims): string {
  const address = claims.address as { country?: unknown } | undefined
  const said = [claims.country, address?.country].find((code) => countryCodes.includes(code as string))
  return (said as string | undefined) ?? unknownCountry
}
