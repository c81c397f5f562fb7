// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.

import type { Mutants } from './mutant'

const addresses = 'src/platform/input/addresses.ts'
const texts = 'src/platform/input/texts.ts'
const invisibleCharacters = 'src/platform/input/invisible-characters.ts'
const moments = 'src/platform/input/moments.ts'
const names = 'src/platform/input/names.ts'
const webAddresses = 'src/platform/input/web-addresses.ts'
const claims = 'src/identity/authentication/claims.ts'
const addressEncoding = 'src/identity/authentication/address-encoding-adapter.ts'
const provider = 'src/identity/upstream-provider/routes.test.ts'
const typed = 'src/platform/input/typed.story.test.ts'
const texting = 'src/platform/input/texts.test.ts'
const addressing = 'src/platform/input/addresses.test.ts'

export const inputMutants: Mutants = {
  'the provider’s address is taken as it comes': {
    edits: [[claims, 'readClaimedAddress(claims.email)', '(claims.email as string | undefined)']],
    test: [provider, 'does not take an address with a Kelvin sign'],
  },
  'the provider’s address is read as a typed one': {
    edits: [
      [claims, 'import { readClaimedAddress }', 'import { readAddress }'],
      [claims, 'readClaimedAddress(claims.email)', '(readAddress(`${claims.email}`) as { value?: string }).value'],
    ],
    test: [provider, 'does not take an address with a line break at its end'],
  },
  'in the provider’s address, a character stands for another': {
    edits: [[addresses, " || claim !== claim.normalize('NFKC')", '']],
    test: [addressing, 'a provider’s claim .* is no address'],
  },
  'who is known by the subject needs an address': {
    edits: [[claims, "'none@invalid'", "''"]],
    test: [provider, 'knows a subject again whose address has become nonsense'],
  },
  'a domain is stored as it was typed': {
    edits: [[addresses, 'asciiDomain.test(hostname) && hostname.length <= 253 ? hostname', 'hostname ? text']],
    test: [provider, 'of an address at a domain with other letters'],
  },
  'what surrounds an address is part of it': {
    edits: [[addresses, 'const text = bare(typed)', 'const text = typed.trim()']],
    test: [typed, 'signs in as mailto:'],
  },
  'an address may pose as another': {
    edits: [[addresses, 'others.some((other) => toAddress(other) !== toAddress(address)) ? text : address', 'address']],
    test: [addressing, 'is no address'],
  },
  'an address that came out of a link keeps its percent signs': {
    edits: [[addresses, ': decoded(encoded)', ": encoded.replace(/%40/, '@')"]],
    test: [addressing, 'is read as'],
  },
  'what names an address in a link is a part of it': {
    edits: [[addresses, ".replace(/^[?&]?[\\w.-]+=/, '')", '']],
    test: [addressing, 'is read as'],
  },
  'an address that is given twice may be another the second time': {
    edits: [[addresses, "[named.name, named.again ?? '']", '[named.name]']],
    test: [addressing, 'is no address'],
  },
  'of a row with two addresses the first one counts': {
    edits: [[addresses, 'addresses.size === 1 ?', 'addresses.size > 0 ?']],
    test: [addressing, 'is no address'],
  },
  'hyphens that break no line are no hyphens': {
    edits: [[addresses, '\\u2010(?=', '\\u2012(?=']],
    test: [addressing, 'the domain .* is read as'],
  },
  'a pasted list of domains keeps its bullets': {
    edits: [[addresses, "    .replace(listMarks, ' ')\n", '']],
    test: ['portal/operator/policy/form.test.ts', 'a list that was pasted loses its bullets'],
  },
  'a link in which an address stands is one': {
    edits: [[addresses, 'noMailbox.test(text) ? undefined : toAddress(text)', 'toAddress(text)']],
    test: [addressing, 'is no address'],
  },
  'allowing one address allows its whole domain': {
    edits: [[addresses, ".replace(/^@/, '')", ".replace(/^.*@/, '')"]],
    test: [addressing, 'is no domain, and the problem says what to write'],
  },
  'a website ends with the comma behind it': {
    edits: [['src/platform/input/unwrapped.ts', ".replace(after, '')", '']],
    test: ['src/platform/input/web-addresses.test.ts', 'is read as'],
  },
  'an address with special characters signs no one in': {
    edits: [[addressEncoding, 'isAccepted(address) ? address :', 'address ? address :']],
    test: [typed, 'registered as a&b@example.org signs in'],
  },
  'the disguise of an address gets around the limit of tries': {
    edits: [[addressEncoding, ' && !address.endsWith(encodedEnding)', '']],
    test: [typed, 'that disguises itself as another one signs no one in'],
  },
  'scripts lose their joiners': {
    edits: [[texts, 'return needed', "return ''"]],
    test: [typed, 'keeps what its script needs'],
  },
  'joiners are let through between any letters': {
    edits: [[texts, '`(?<=${letter})\\\\u200d`', "'\\\\u200d'"]],
    test: [texting, 'is refused with the position'],
  },
  'tags carry invisible text': {
    edits: [[texts, '{3,6}', '+']],
    test: [texting, 'is refused with the position'],
  },
  'the place of a character is counted in halves': {
    edits: [[texts, 'lengthOf(before) + 1', 'before.length + 1']],
    test: [texting, 'is refused with the position'],
  },
  'lengths are counted in halves of characters': {
    edits: [[texts, '=> [...text].length', '=> text.length']],
    test: [typed, 'is as long in the database as it is here'],
  },
  'soft hyphens stay': {
    edits: [[texts, "if (idle !== undefined) return ''", 'if (idle !== undefined) return idle']],
    test: [typed, 'and loses soft hyphens'],
  },
  'what copying carries along is refused': {
    edits: [[texts, 'carried.has(at)', 'carried.has(-1)']],
    test: [typed, 'that was copied from a screen, a mail or a phone is what it was'],
  },
  'word joiners of our own mails are refused': {
    edits: [[texts, '[\\\\u00ad\\\\u2060]', '\\\\u00ad']],
    test: [typed, 'that was copied from a screen, a mail or a phone is what it was'],
  },
  'an override goes with what closes it': {
    edits: [
      [invisibleCharacters, 'if (!isOverride && !inWord)', 'if (!inWord)'],
      [invisibleCharacters, 'const isOverride = /[\\u202d\\u202e]/.test(text[from]!)\n', ''],
    ],
    test: [texting, 'is refused with the position'],
  },
  'direction marks go beside any letter': {
    edits: [[invisibleCharacters, 'if (before || right) yield* marks', 'yield* marks']],
    test: [texting, 'is refused with the position'],
  },
  'line breaks of word processors are lost': {
    edits: [[texts, "return kind === 'line' ? ' ' : ", "return ' ' || "]],
    test: [typed, 'keeps what its script needs, and its line breaks'],
  },
  'hidden characters in a search are an error': {
    edits: [['src/platform/http/fields.ts', 'readText(inOneLine(typed),', 'readText(typed,']],
    test: ['src/platform/http/input.story.test.ts', 'are passed over by every search'],
  },
  'hidden characters make another name': {
    edits: [['src/membership/organizations/rules.ts', ".replace(hidden, '')", '']],
    test: ['src/membership/organizations/rules.test.ts', 'the key by which names are compared'],
  },
  'a person may have no name': {
    edits: [[names, "firstName !== '' || lastName !== ''", "firstName !== lastName || lastName === ''"]],
    test: [typed, 'keeps one when the other is taken away'],
  },
  'a person needs two names': {
    edits: [[names, "firstName !== '' || lastName !== ''", "firstName !== '' && lastName !== ''"]],
    test: [typed, 'registers, and is called by it everywhere'],
  },
  'a missing name leaves its space': {
    edits: [['src/platform/access/people.ts', 'sql`trim(${account}', 'sql`(${account}']],
    test: [typed, 'registers, and is called by it everywhere'],
  },
  'who has one name at the provider gets another': {
    edits: [[claims, 'isNamed(names) ? names', 'names.firstName && names.lastName ? names']],
    test: [provider, 'gives a new account some name and country'],
  },
  'names are links in the subject of a mail': {
    edits: [
      [
        'src/messaging/mails/templates.ts',
        "subject: t('{inviter} invites you to {organization}', names)",
        "subject: t('{inviter} invites you to {organization}', { inviter, organization })",
      ],
    ],
    test: ['src/messaging/mails/templates.test.ts', 'is no link in a subject'],
  },
  'an address with an ideographic full stop is a link in a mail': {
    edits: [['src/messaging/mails/letter.ts', '[.:/。．｡․：／]', '[.:/]']],
    test: ['src/messaging/mails/templates.test.ts', 'is no link in a subject'],
  },
  'names of people are links': {
    edits: [[names, '|\\bwww\\.', '']],
    test: ['src/platform/input/names.test.ts', 'a person’s name cannot be'],
  },
  'names of organizations are links': {
    edits: [[names, 'hasLink(name.value, /:\\/\\//)', 'false']],
    test: ['src/platform/input/names.test.ts', 'no organization is called'],
  },
  'short and long names of organizations are refused': {
    edits: [[names, "'line', 1, 200", "'line', 3, 120"]],
    test: [typed, 'is as long in the database as it is here'],
  },
  'Kosovo is not in the list of countries': {
    edits: [['src/platform/countries.ts', ' XK ', ' ']],
    test: [typed, 'that is a website may leave its beginning out'],
  },
  'a web address needs its scheme': {
    edits: [[webAddresses, "scheme ?? 'https://'", "scheme ?? ''"]],
    test: [typed, 'that is a website may leave its beginning out'],
  },
  'a website may be named like another': {
    edits: [[webAddresses, 'hostOf(word.value) === hostOf(target.value)', 'target']],
    test: ['src/platform/input/web-addresses.test.ts', 'is none'],
  },
  'a link with words for it is no website': {
    edits: [[webAddresses, "if (!target || 'problem' in target)", 'if (target)']],
    test: ['src/platform/input/web-addresses.test.ts', 'is read as'],
  },
  'a hyphen that breaks no line leads to another website': {
    edits: [[webAddresses, ', withHyphens)', ", '$&')"]],
    test: ['src/platform/input/web-addresses.test.ts', 'is read as'],
  },
  'a web address carries a password': {
    edits: [[webAddresses, "authority?.includes('@')", 'false']],
    test: ['src/platform/input/web-addresses.test.ts', 'is none'],
  },
  'moments are passed on as they come': {
    edits: [[moments, 'return moment\n    ? { value: moment }', 'return typed\n    ? { value: typed }']],
    test: [typed, 'is refused as wrong input where it cannot be read'],
  },
  'moments in a cursor are passed on as they come': {
    edits: [['src/platform/db/page.ts', 'readMoment(afterKey) :', '{ value: afterKey } :']],
    test: [typed, 'in a cursor is no other than in a query'],
  },
  'a value that the database cannot read is our fault': {
    edits: [['src/platform/db/database-problems.ts', "startsWith('22')", "startsWith('2x')"]],
    test: ['src/platform/db/database-problems.test.ts', 'a value that the database cannot read'],
  },
}
