import { Problem } from '../../platform/errors'
import type { NewConnectionFacts } from './store'

/** The service that is to be connected. A retired one keeps its connections and gets no new ones. */
export function mustBeConnectable({ service }: NewConnectionFacts): NonNullable<NewConnectionFacts['service']> {
  if (!service) throw new Problem('service_not_found')
  if (service.retired) throw new Problem('service_retired')
  return service
}

/** What was loaded of the connection that a request names. Nothing, or false, if there is none. */
export function mustBeConnection<Found>(found: Found): NonNullable<Found> {
  if (!found) throw new Problem('connection_not_found')
  return found
}

interface WhereItIs {
  boundTo: string
  enabled: boolean
}

/** A copy of the database leaves services alone until an operator switches a connection on there. */
export function mustBeHere({ boundTo }: Pick<WhereItIs, 'boundTo'>, baseUrl: string): void {
  if (boundTo !== baseUrl) throw new Problem('connection_elsewhere')
}

export function mustBeOn(connection: WhereItIs, baseUrl: string): void {
  mustBeHere(connection, baseUrl)
  if (!connection.enabled) throw new Problem('connection_off')
}
