import { listServices, type RoleKind, type Service } from '../../src/roles/services/schema'
import { endpointQuery } from '../endpoint-hooks'

export const servicesQuery = () => endpointQuery(listServices, {})

export const kindLabels: Record<RoleKind, string> = { access: 'Access role', quota: 'Quota role' }

/** What an organization can ask for. Operators are told of more. */
export const offered = (services: Service[]): Service[] =>
  services
    .filter(({ retired }) => !retired)
    .map((service) => ({
      ...service,
      roles: service.roles.filter(({ retired, requestable }) => requestable && !retired),
    }))
