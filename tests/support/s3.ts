import { AwsV4Signer } from 'aws4fetch'
import { inject } from 'vitest'
import type { GatewayResult } from '../../src/connections/kinds/s3/answers'
import { guarded } from '../../src/connections/kinds/s3/connector'
import { type GatewayKeys, s3Gateway } from '../../src/connections/kinds/s3/gateway'
import { createOutbound } from '../../src/connections/outbound/outbound'

/** What S3 answers to this key: the name of the error, or the status. */
export async function askS3(
  method: string,
  path: string,
  { accessKey, secretKey }: GatewayKeys,
): Promise<string | number> {
  const signer = new AwsV4Signer({
    ...{ method, url: inject('ceph').endpoint + path, service: 's3', region: 'us-east-1' },
    ...{ accessKeyId: accessKey, secretAccessKey: secretKey },
  })
  const { url, headers } = await signer.sign()
  const response = await fetch(url, { method, headers })
  const [, code] = (await response.text()).match(/<Code>(\w+)<\/Code>/) ?? []
  return code ?? response.status
}

/**
 * How S3 refuses a key that was removed or whose user is suspended. It denies access rather than not knowing the key while it
 * still finds it in its cache, but no longer with its user.
 */
export const isRefusal = (answer: string | number): boolean =>
  answer === 'InvalidAccessKeyId' || answer === 'UserSuspended' || answer === 'AccessDenied'

/** The administration of a gateway at the address of the real one, or at another on the same host. */
export function gatewayWith(
  keys: GatewayKeys,
  endpoint: string = inject('ceph').endpoint,
  signal: AbortSignal = AbortSignal.timeout(600_000),
): ReturnType<typeof s3Gateway> {
  const outbound = createOutbound({ allowed: [new URL(endpoint).hostname] })
  return s3Gateway({ endpoint, keys, request: guarded(outbound, signal) })
}

/** The administration of the real gateway, past Guildhall. */
export const realGateway = (): ReturnType<typeof s3Gateway> => gatewayWith(inject('ceph'))

export const succeeding = async <Value>(result: Promise<GatewayResult<Value>>): Promise<Value> => {
  const settled = await result
  if (!settled.ok) throw new Error(`the gateway: ${JSON.stringify(settled)}`)
  return settled.value
}
