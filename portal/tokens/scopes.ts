import { organizationScopes, type Scope, scopes } from '../../src/platform/access/scopes'
import { formatList } from '../../src/platform/messages/intl'
import { t } from '../../src/platform/messages/t'

export type ApiPart = Scope extends `${string}:${infer Part}` ? Part : never

interface PartTexts {
  label: string
  hint: string
  /** Of a token of an organization, which cannot write there although others can. */
  readHint?: string
}

/** The parts of the API in the order of the menu. Without a sentence about writing, tokens can only read there. */
export const apiParts: Record<ApiPart, PartTexts> = {
  organizations: {
    label: t('Organization'),
    hint: t('Its details. Write can edit, leave or dissolve the organization.'),
  },
  invitations: {
    label: t('Invitations'),
    hint: t('Write can create and revoke invitations, and approve people.'),
  },
  memberships: {
    label: t('Users & privileges'),
    hint: t('The members. Write can remove them and change admin privileges.'),
  },
  entitlements: { label: t('Active roles'), hint: t('The services that people can use, and with which roles.') },
  'role-requests': {
    label: t('Role requests'),
    hint: t('Write can request roles and withdraw requests.'),
  },
  'role-assignments': { label: t('Roles of organizations'), hint: t('The roles that an organization holds.') },
  services: { label: t('Services'), hint: t('The services of this site and their roles.') },
  's3-keys': {
    label: t('S3 keys'),
    hint: t('The S3 keys without their secrets. Write can delete them.'),
    readHint: t('How many S3 keys each member has, without the keys.'),
  },
  events: { label: t('Activity'), hint: t('What happened, who did it, and when.') },
  notifications: {
    label: t('Notifications'),
    hint: t('Write can mark them as read, and change your e-mail preferences.'),
  },
  accounts: {
    label: t('Accounts'),
    hint: t('All accounts of this site. Write can enable them and confirm addresses.'),
  },
}
const order = Object.keys(apiParts) as ApiPart[]

/** Scopes with no endpoint behind them, and those with endpoints for operators only. */
const unused: Scope[] = ['write:entitlements', 'write:events']
const operatorsOnly: Scope[] = ['read:accounts', 'write:accounts', 'write:services', 'write:role-assignments']

/** Organizations have no S3 keys of their own. */
const personsOnly: Scope[] = ['write:s3-keys']

/** The scopes that are of use to a token of this kind. */
export function offeredScopes(kind: { ofOrganization: boolean; operator: boolean }): Scope[] {
  const ofPeople = kind.ofOrganization ? [...unused, ...personsOnly] : unused
  const useless = kind.operator && !kind.ofOrganization ? ofPeople : [...ofPeople, ...operatorsOnly]
  return (kind.ofOrganization ? organizationScopes : scopes).filter((scope) => !useless.includes(scope))
}

export const apiPartsOf = (access: 'read' | 'write', given: readonly string[]): ApiPart[] =>
  order.filter((part) => given.includes(`${access}:${part}`))

/** “Read: Invitations and Services”, “Write: Invitations”. */
export function scopeLines(given: readonly string[]): string[] {
  const labels = (access: 'read' | 'write') => apiPartsOf(access, given).map((part) => apiParts[part].label)
  const [read, write] = [labels('read'), labels('write')]
  return [
    ...(read.length > 0 ? [t('Read: {parts}', { parts: formatList(read) })] : []),
    ...(write.length > 0 ? [t('Write: {parts}', { parts: formatList(write) })] : []),
  ]
}
