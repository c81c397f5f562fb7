import { t } from '../messages/t'
import { atMost, lengthOf, type Reading, readText } from './texts'
import { unwrapped } from './unwrapped'

/** The address of a directory: ldaps:// or ldap://, a host and perhaps a port. What follows in LDAP URLs is no part of it. */
export function readLdapAddress(typed: string, max: number): Reading {
  const read = readText(unwrapped(typed), 'line', 0, max * 4)
  if ('problem' in read) return read
  const [, scheme, authority] = /^(ldaps?):\/\/([^/?#@\\\s]+)\/?$/i.exec(read.value) ?? []
  // Only for schemes of the web are hosts brought into their usual form.
  const web = `https://${authority}`
  if (!scheme || !URL.canParse(web)) return { problem: t('Enter a valid LDAP URL (ldaps://…).') }
  const port = /:\d+$/.exec(authority!)?.[0] ?? ''
  const address = `${scheme.toLowerCase()}://${new URL(web).hostname}${port}`
  return lengthOf(address) > max ? { problem: atMost(max) } : { value: address }
}
