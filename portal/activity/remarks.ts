import type { EventItem } from '../../src/messaging/events/schema'
import { isolated } from '../../src/platform/input/isolated'
import { formatMessage } from '../../src/platform/messages/format-message'
import { formatList, formatNumber } from '../../src/platform/messages/intl'
import { fill, message, t } from '../../src/platform/messages/t'
import type { CatalogueChange, NamedRole } from '../../src/roles/services/schema'
import { scopeLines } from '../tokens/scopes'

/** “Reader (access role on Maps)”, “Small (quota role on Maps)”. */
export function rolesIn({ parts, ...details }: EventItem['details']): string[] {
  const named = (Array.isArray(parts) ? parts : [details]) as Partial<NamedRole>[]
  return named.flatMap(({ kind, service, role }) => {
    if (!service || !role) return []
    const names = { role: isolated(role.name), service: isolated(service.name) }
    return kind === 'access'
      ? t('{role} (access role on {service})', names)
      : t('{role} (quota role on {service})', names)
  })
}

/** Other details of the event, as text. */
export function remarksOf(event: EventItem): string[] {
  const {
    note,
    reason,
    limit,
    changes,
    requests,
    changed,
    tokenId,
    keyId,
    connectionId,
    service,
    name,
    scopes,
    removed,
  } = event.details
  const roles = Array.isArray(requests) ? requests.flatMap(rolesIn) : []
  return [
    connectionId ? t('Connection: {name} ({service})', { name: isolated(String(name)), service: String(service) }) : '',
    keyId ? keyInWords(event, { name: isolated(String(name)), service: String(service) }) : '',
    event.token ? t('With the token {name}', { name: isolated(event.token.name) }) : '',
    tokenId ? t('Token: {name}', { name: isolated(String(name)) }) : '',
    ...(Array.isArray(scopes) ? scopeLines(scopes) : []),
    removed ? t('Was removed from the organization before') : '',
    note ? t('Note: {note}', { note: isolated(String(note)) }) : '',
    typeof limit === 'number' ? t('Member limit: {limit}', { limit: formatNumber(limit) }) : '',
    roles.length > 0 ? t('Requested roles: {roles}', { roles: formatList(roles) }) : '',
    ...Object.entries((changed ?? {}) as Record<string, { from: string; to: string }>).map(([field, { from, to }]) =>
      t('{field}: {from} → {to}', {
        field: fill(fieldWords[field] ?? field),
        from: isolated(from) || t('none'),
        to: isolated(to) || t('none'),
      }),
    ),
    reason ? t('Reason: {reason}', { reason: isolated(String(reason)) }) : '',
    ...(Array.isArray(changes) ? inShort(changes) : []),
  ].filter(Boolean)
}

const keyInWords = ({ kind }: EventItem, names: { name: string; service: string }) =>
  kind.startsWith('s3_') ? t('S3 key: {name} ({service})', names) : t('Service key: {name} ({service})', names)

const fieldWords: Record<string, string> = {
  name: message('Name'),
  country: message('Country'),
  description: message('Description'),
  address: message('Address'),
  city: message('City'),
  postalCode: message('Postal code'),
  website: message('Website'),
  taxId: message('Tax ID'),
}

const most = 5

/** The first of many changes, and how many more there are. */
function inShort(changes: CatalogueChange[]): string[] {
  const first = changes.slice(0, most).map(changeInWords)
  const count = changes.length - most
  return count > 0 ? [...first, moreChanges(count)] : first
}

export const moreChanges = (count: number): string =>
  formatMessage('{count, plural, one {# more change} other {# more changes}}', { count })

const changeWords: Record<CatalogueChange['what'], string> = {
  service_added: message('Service {service} added'),
  service_changed: message('Service {service} changed'),
  service_retired: message('Service {service} retired'),
  role_added: message('Role {role} of {service} added'),
  role_changed: message('Role {role} of {service} changed'),
  role_retired: message('Role {role} of {service} retired'),
}

/** “Role eodata-low of eodata changed: limits” */
export function changeInWords({ what, service, role, fields }: CatalogueChange): string {
  const change = fill(changeWords[what], { service, role: role ?? '' })
  return fields.length > 0 ? `${change}: ${fields.join(', ')}` : change
}
