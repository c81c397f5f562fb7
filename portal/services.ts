import { t } from '../src/platform/messages/t'
import { listServices, type RoleKind, type Service } from '../src/roles/services/schema'
import { endpointQuery } from './endpoint-hooks'

export const servicesQuery = () => endpointQuery(listServices, {})

export const kindLabels: Record<RoleKind, string> = { access: t('Access role'), quota: t('Quota role') }
export const kindHeadings: Record<RoleKind, string> = { access: t('Access roles'), quota: t('Quota roles') }

/** The services and roles that organizations can request. Operators get more from the server. */
export const offered = (services: Service[]): Service[] =>
  services
    .filter(({ retired }) => !retired)
    .map((service) => ({
      ...service,
      roles: service.roles.filter(({ retired, requestable }) => requestable && !retired),
    }))
