import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { message } from '../../../src/platform/messages/t'

export interface SystemField {
  /** As the API names it. */
  key: string
  label: string
  description?: string
  /** What stands there at first. */
  initial?: string
  type?: 'url'
  /** The values that can be chosen, with their labels. */
  choices?: Record<string, string>
  /** An empty field is not sent. */
  optional?: boolean
}

export interface SystemForm {
  fields: SystemField[]
  secret: { label: string; description: string }
}

/** What an operator enters to connect a system, by kind. */
export const systemForms: Partial<Record<ConnectionItem['kind'], SystemForm>> = {
  jupyterhub: {
    fields: [
      { key: 'url', label: message('URL'), description: message('The address of the hub.'), type: 'url' },
      {
        key: 'group',
        label: message('Group'),
        description: message('The group to which the configuration of the hub gives the right to use it.'),
        initial: 'guildhall',
      },
    ],
    secret: {
      label: message('API token'),
      description: message('Of a service of the hub with the scopes admin:users, groups, servers and tokens.'),
    },
  },
  ldap: {
    fields: [
      { key: 'url', label: message('URL'), description: message('Such as ldaps://ldap.example.org.') },
      { key: 'bindDn', label: message('Bind DN'), description: message('The entry as which this site binds.') },
      {
        key: 'peopleDn',
        label: message('DN for people'),
        description: message('This site writes an entry for each person below it.'),
      },
      {
        key: 'groupDn',
        label: message('DN of the group'),
        description: message('A groupOfNames. Its members may use the service.'),
      },
      {
        key: 'holderDn',
        label: message('DN of the permanent member'),
        description: message('It keeps the group from being empty. Leave this empty to have an entry made for it.'),
        optional: true,
      },
      {
        key: 'uidNumberFrom',
        label: message('First uidNumber'),
        description: message('Leave this and the next three fields empty to make no POSIX accounts.'),
        optional: true,
      },
      { key: 'uidNumberTo', label: message('Last uidNumber'), optional: true },
      {
        key: 'counterDn',
        label: message('DN of the counter'),
        description: message('An entry whose uidNumber is the next number to give.'),
        optional: true,
      },
      { key: 'gidNumber', label: message('gidNumber'), optional: true },
      { key: 'homePrefix', label: message('Folder of home directories'), initial: '/home', optional: true },
      { key: 'loginShell', label: message('Login shell'), initial: '/bin/bash', optional: true },
    ],
    secret: { label: message('Password'), description: message('With which this site binds.') },
  },
  scim: {
    fields: [
      {
        key: 'url',
        label: message('URL'),
        description: message('The base address of SCIM, such as https://app.example.org/scim/v2.'),
        type: 'url',
      },
      {
        key: 'group',
        label: message('Group'),
        description: message(
          'The name of the group whose members may use the service. It is created if it is missing.',
        ),
        initial: 'guildhall',
      },
    ],
    secret: { label: message('Bearer token'), description: message('That may read and write users and groups.') },
  },
  keycloak: {
    fields: [
      {
        key: 'url',
        label: message('URL'),
        description: message('The address of the server, without /realms.'),
        type: 'url',
      },
      { key: 'realm', label: message('Realm') },
      {
        key: 'clientId',
        label: message('Client ID'),
        description: message('Of a client with a service account that has the role manage-users.'),
        initial: 'guildhall',
      },
      {
        key: 'group',
        label: message('Group'),
        description: message('Its child groups are named by the keys of the access roles. It can’t be changed later.'),
        initial: 'guildhall',
      },
      {
        key: 'provider',
        label: message('Identity provider'),
        description: message(
          'The alias of this site in the realm. Empty if people don’t sign in there with this site.',
        ),
        optional: true,
      },
    ],
    secret: { label: message('Client secret'), description: message('Of that client.') },
  },
  keystone: {
    fields: [
      {
        key: 'url',
        label: message('URL'),
        description: message('The address of the Identity API, with /v3.'),
        type: 'url',
      },
      { key: 'username', label: message('User name'), initial: 'guildhall' },
      { key: 'userDomain', label: message('Domain of that user'), initial: 'Default' },
      {
        key: 'domain',
        label: message('Domain'),
        description: message('Its users, groups and projects are written.'),
      },
      {
        key: 'rights',
        label: message('Scope'),
        description: message(
          'Where that user has its role. An administrator of a domain can’t delete credentials: users are deleted instead.',
        ),
        initial: 'system',
        choices: { system: message('System'), domain: message('Domain') },
      },
      {
        key: 'memberRole',
        label: message('Role'),
        description: message('The Keystone role of everyone.'),
        initial: 'member',
      },
      {
        key: 'service',
        label: message('Service with limits'),
        description: message('Its type, such as compute. Empty to write no limits.'),
        optional: true,
      },
      { key: 'region', label: message('Region of the limits'), optional: true },
      {
        key: 'limits',
        label: message('Limits'),
        description: message('The keys of numbers of the quota roles that are registered limits, separated by commas.'),
        optional: true,
      },
    ],
    secret: { label: message('Password'), description: message('Of that user.') },
  },
}
