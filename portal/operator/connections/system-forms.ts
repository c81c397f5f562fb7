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
}
