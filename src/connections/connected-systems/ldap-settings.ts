import { z } from 'zod'
import { ldapAddress, line } from '../../platform/http/fields'
import { says } from '../../platform/messages/says'
import { t } from '../../platform/messages/t'

/** A distinguished name. The directory itself says whether there is such an entry. */
const dn = line(3, 500).refine(
  (text) => /^[a-z][a-z0-9-]*\s*=.+/i.test(text),
  says('Enter a DN, such as ou=people,dc=example,dc=org.'),
)

/** Zero is root. */
const number = line(1, 10).refine(
  (text) => /^[1-9]\d*$/.test(text) && Number(text) <= 2_147_483_647,
  says('Enter a whole number from 1 to 2147483647.'),
)

const optional = <Field extends z.ZodType>(field: Field) => field.nullable().default(null)

const path = line(2, 255).refine((text) => /^(\/[^/:\s]+)+$/.test(text), says('Enter a path, such as /home.'))

/** They make POSIX accounts together. */
const numbered = ['uidNumberFrom', 'uidNumberTo', 'counterDn', 'gidNumber'] as const

export const ldapSettings = z
  .strictObject({
    kind: z.literal('ldap'),
    url: ldapAddress(500).describe('The directory. `ldap://` only to addresses in OUTBOUND_ALLOW.'),
    bindDn: dn.describe('As whom this site binds.'),
    peopleDn: dn.describe('Below it each person has an entry.'),
    groupDn: dn.describe('A `groupOfNames` of those who may use the service.'),
    holderDn: optional(dn).describe('The permanent member of the group. Null for an entry that this site makes.'),
    uidNumberFrom: optional(number).describe('The first `uidNumber` of POSIX accounts. Null to make none.'),
    uidNumberTo: optional(number).describe('The last one.'),
    counterDn: optional(dn).describe('The entry whose `uidNumber` is the next one.'),
    gidNumber: optional(number).describe('The `gidNumber` of POSIX accounts.'),
    homePrefix: optional(path).describe('What home directories begin with; by default `/home`.'),
    loginShell: optional(path).describe('The first login shell; by default `/bin/bash`.'),
  })
  .superRefine((settings, context) => {
    const missing = numbered.filter((key) => settings[key] === null)
    if (missing.length < numbered.length)
      for (const key of missing)
        context.addIssue({ code: 'custom', path: [key], message: t('POSIX accounts need this.') })
    if (Number(settings.uidNumberFrom) > Number(settings.uidNumberTo ?? Number.POSITIVE_INFINITY))
      context.addIssue({ code: 'custom', path: ['uidNumberTo'], message: t('Must not be less than the first number.') })
  })
