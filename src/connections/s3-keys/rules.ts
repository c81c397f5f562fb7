import { Problem } from '../../platform/errors'
import { mustBeAhead } from '../../roles/role-assignments/rules'

/** What decides about a new key. */
export interface S3ServiceFacts {
  service: {
    id: string
    usable: boolean
    /** Null if the service gives no keys. */
    most: number | null
    usableKeys: number
    endpoint: string | null
  } | null
  /** Whether the caller's organization, if any, is accepted. */
  accepted: boolean
  now: string
}

export function decideS3Key({ service, now }: S3ServiceFacts, expiresAt: string | null) {
  if (!service) throw new Problem('service_not_found')
  if (!service.usable || service.most === null) throw new Problem('service_not_usable')
  if (service.endpoint === null) throw new Problem('s3_gateway_missing')
  if (service.usableKeys >= service.most) throw new Problem('too_many_s3_keys')
  mustBeAhead(expiresAt ?? undefined, now)
  return { ...service, endpoint: service.endpoint }
}
