import { z } from 'zod'
import { countryCodes } from '../countries'
import { readAddress, readDomain } from '../input/addresses'
import { readLdapAddress } from '../input/ldap-addresses'
import { readMoment } from '../input/moments'
import { isNamed, readOrganizationName, readPersonName } from '../input/names'
import { longestPaste, pastedToken } from '../input/pasted'
import { atMost, inOneLine, type Reading, readText } from '../input/texts'
import { readOptionalWebAddress, readRedirectAddress, readRequestAddress, readWebAddress } from '../input/web-addresses'
import { says } from '../messages/says'

/** A text as parsed by `read`: passes on its value or reports its problem. */
const field = (longest: number, read: (typed: string) => Reading) =>
  z
    .string()
    .max(longest * 4, { error: () => atMost(longest) })
    .transform((typed, context) => {
      const reading = read(typed)
      if ('value' in reading) return reading.value
      context.addIssue({ code: 'custom', message: reading.problem })
      return z.NEVER
    })

/** One line of text: trimmed, composed (NFC), without control or invisible characters. Lengths in code points. */
export const line = (min: number, max: number) => field(max, (typed) => readText(typed, 'line', min, max))

/** Text of several lines. */
export const paragraph = (min: number, max: number) => field(max, (typed) => readText(typed, 'paragraph', min, max))

const personName = field(80, readPersonName).default('')
export const personNames = { firstName: personName, lastName: personName }

/** For an input that has `personNames`. It is checked even if other fields are invalid. */
export const oneNameIsEnough = [
  isNamed,
  {
    path: ['firstName'],
    ...says('Enter a first name, a last name, or both.'),
    when: ({ value }: { value: unknown }) => z.object(personNames).safeParse(value).success,
  },
] satisfies Parameters<z.ZodType<{ firstName: string; lastName: string }>['refine']>

export const organizationName = field(200, readOrganizationName)

export const id = z.uuid(says('Not a valid ID.')).toLowerCase()

/** Two letters, ISO 3166-1 alpha-2, and Kosovo’s. */
export const country = z
  .string()
  .refine((code) => countryCodes.includes(code), says('Choose a country (two letters, ISO 3166-1).'))

export const email = field(254, readAddress)

/** A domain of addresses, with or without the @. */
export const domain = field(253, readDomain)

export const webAddress = (max: number) => field(max, (typed) => readWebAddress(typed, max))
export const redirectAddress = (max: number) => field(max, (typed) => readRedirectAddress(typed, max))
export const requestAddress = (max: number) => field(max, (typed) => readRequestAddress(typed, max))
/** The address of a directory (LDAP). */
export const ldapAddress = (max: number) => field(max, (typed) => readLdapAddress(typed, max))
export const optionalWebAddress = (max: number) => field(max, (typed) => readOptionalWebAddress(typed, max))

/** The token of a one-time link, or the whole link. */
export const linkToken = z
  .string()
  .max(longestPaste, says('Too long for a link.'))
  .transform(pastedToken)
  .pipe(z.string().min(1, says('Cannot be empty.')).max(200, says('Too long for a link.')))

/** A reason that the people concerned will read. */
export const reason = paragraph(1, 1000)

/** A time in an answer, ISO 8601. */
export const moment = z.iso.datetime({ offset: true })

/** A time in an input; see `readMoment`. */
export const givenMoment = field(25, readMoment).meta({ format: 'date-time' })

/** A person as others see them. The address is included only for callers who may see it. */
export const person = z.object({ id, firstName: z.string(), lastName: z.string(), email: z.string().nullable() })

/** A search text, as typed or pasted: hidden characters that came along do not matter. */
const searched = (typed: string) => readText(inOneLine(typed), 'line', 0, 500)

/**
 * The input of every list: a search text, a limit, and where the last page ended. Lists use keyset pagination, so the
 * last page costs as much as the first.
 */
export const paging = {
  q: field(500, searched).optional().describe('Words that must all match. Ignores accents and case.'),
  limit: z.coerce
    .number(says('Must be a number.'))
    .int(says('Must be a whole number.'))
    .min(1, says('At least 1.'))
    .max(100, says('At most 100.'))
    .default(50)
    .describe('The maximum number of rows, 1 to 100.'),
  cursor: z.string().max(4000).optional().describe('The `next` of the previous page.'),
}

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().describe('Pass as `cursor` to get the next page; null on the last page.'),
  })

/** A version for optimistic concurrency: a count of changes, as the caller saw it. */
export const seenVersion = z
  .int(says('Must be a whole number.'))
  .min(0, says('Must not be negative.'))
  .max(2_000_000_000, says('Not a valid version.'))
