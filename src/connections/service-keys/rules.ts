import { Problem } from '../../platform/errors'
import { mostServiceKeys } from './schema'
import type { KeyFacts } from './store'

export function mustExist({ service }: KeyFacts): NonNullable<KeyFacts['service']> {
  if (!service) throw new Problem('service_not_found')
  return service
}

export function decideServiceKey(facts: KeyFacts): NonNullable<KeyFacts['service']> {
  const service = mustExist(facts)
  if (service.retired) throw new Problem('service_retired')
  if (service.usable >= mostServiceKeys) throw new Problem('too_many_service_keys')
  return service
}
