import { z } from 'zod'
import { countryCodes } from './countries'
import { longestPaste, pastedToken } from './pasted'

/**
 * Characters nobody types into a name: controls, half a surrogate pair, and the marks that reorder, hide or show
 * nothing (bidirectional overrides, zero-width characters, fillers), with which one name can be made to look like
 * another.
 */
export const invisible: RegExp = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u
/** They choose between two pictures of one character, as in ❤️, and come with many emoji. */
const variationSelectors = /[\ufe0e\ufe0f]/g
const clean = (text: string) => text.replace(variationSelectors, '').normalize('NFC').trim()
const message = 'Contains a control or invisible character.'

/** One line of text: trimmed, composed (NFC), with no control or invisible characters. Lengths in characters. */
export const line = (min: number, max: number) =>
  z
    .string()
    .max(max * 4, `At most ${max} characters.`)
    .transform(clean)
    .pipe(
      z
        .string()
        .min(min, min === 1 ? 'Cannot be empty.' : `At least ${min} characters.`)
        .max(max, `At most ${max} characters.`)
        .refine((text) => !invisible.test(text), message),
    )

/** Text of several lines. */
export const paragraph = (min: number, max: number) =>
  z
    .string()
    .max(max * 4, `At most ${max} characters.`)
    .transform((text) => clean(text.replaceAll('\r\n', '\n')))
    .pipe(
      z
        .string()
        .min(min, min === 1 ? 'Cannot be empty.' : `At least ${min} characters.`)
        .max(max, `At most ${max} characters.`)
        .refine((text) => !invisible.test(text.replace(/[\n\t]/g, '')), message),
    )

export const id = z.uuid('Not an id.').toLowerCase()

/** Two letters, ISO 3166-1 alpha-2. */
export const country = z
  .string()
  .refine((code) => countryCodes.includes(code), 'Choose a country (two letters, ISO 3166-1).')

export const email = z
  .string()
  .max(254, 'At most 254 characters.')
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email('Not an e-mail address.'))

/** A domain of addresses, with or without the @. */
export const domain = z
  .string()
  .max(253, 'At most 253 characters.')
  .transform((text) => text.trim().toLowerCase().replace(/^@/, ''))
  .pipe(
    z
      .string()
      .regex(
        /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
        'Not a domain, like example.org.',
      ),
  )

/** The token of a one-time link, or the whole link. */
export const linkToken = z
  .string()
  .max(longestPaste, 'Too long for a link.')
  .transform(pastedToken)
  .pipe(z.string().min(1, 'Cannot be empty.').max(200, 'Too long for a link.'))

/** A reason that the people concerned will read. */
export const reason = paragraph(1, 1000)

/** A moment, ISO 8601. */
export const moment = z.iso.datetime({ offset: true })

/** A person as others see him. The address is there only for those who may see it. */
export const person = z.object({ id, firstName: z.string(), lastName: z.string(), email: z.string().nullable() })

/**
 * What every list takes: a search text, how many, and where the last page ended.
 * Pages are found by key, not by counting, so the last page costs what the first does.
 */
export const paging = {
  q: line(0, 100).optional().describe('Search text.'),
  limit: z.coerce
    .number('Not a number.')
    .int('Not a whole number.')
    .min(1, 'At least 1.')
    .max(100, 'At most 100.')
    .default(50)
    .describe('How many rows at most, 1 to 100.'),
  cursor: z.string().max(4000).optional().describe('The `next` of the page before.'),
}

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().describe('Pass as `cursor` for the next page; null at the end.'),
  })

/** Where a page ended: the sort key and the id of its last row. Opaque to callers. */
export type Cursor = [key: string, id: string]
export const done = z.object({ done: z.literal(true) })
