import { t } from '../messages/t'
import { isolated } from './isolated'
import { type Reading, readText } from './texts'

/** Mail programs and pages turn text like this into links. */
const hasLink = (name: string, link: RegExp): boolean => link.test(name.normalize('NFKC'))

/** A first or a last name. It may be empty; `isNamed` checks that not both are. */
export function readPersonName(typed: string): Reading {
  const name = readText(typed, 'line', 0, 80)
  return 'value' in name && hasLink(name.value, /:\/\/|\bwww\./i)
    ? { problem: t('A name cannot be a URL. Remove “://” or “www.”.') }
    : name
}

/** An organization may be named www.example.org. */
export function readOrganizationName(typed: string): Reading {
  const name = readText(typed, 'line', 1, 200)
  return 'value' in name && hasLink(name.value, /:\/\//)
    ? { problem: t('A name cannot be a URL. Remove “://”.') }
    : name
}

interface PersonNames {
  firstName: string
  lastName: string
}

/** Some people have one name. It is their first name or their last name, and nothing replaces the other. */
export const isNamed = ({ firstName, lastName }: PersonNames): boolean => firstName !== '' || lastName !== ''

/** A person's display name: both names, or the only one. */
export const fullName = ({ firstName, lastName }: PersonNames): string => `${firstName} ${lastName}`.trim()

/** The display name within a sentence. */
export const personName = (person: PersonNames): string => isolated(fullName(person))
