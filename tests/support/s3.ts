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
  endpoint = inject('ceph').endpoint,
): Promise<string | number> {
  const signer = new AwsV4Signer({
    ...{ method, url: endpoint + path, service: 's3', region: 'us-east-1' },
    ...{ accessKeyId: accessKey, secretAccessKey: secretKey },
  })
  const { url, headers } = await signer.sign()
  const response = await fetch(url, { method, headers })
  const [, code] = (await response.text()).match(/<Code>(\w+)<\/Code>/) ?? []
  return code ?? response.status
}

export type S3 = ReturnType<typeof s3Gateway>

/** The administration of the real gateway, past Guildhall. */
export function realGateway(keys: GatewayKeys = inject('ceph')): S3 {
  const { endpoint } = inject('ceph')
  const outbound = createOutbound({ allowed: [new URL(endpoint).hostname] })
  return s3Gateway({ endpoint, keys, request: guarded(outbound, AbortSignal.timeout(600_000)) })
}

export const succeeding = async <Value>(result: Promise<GatewayResult<Value>>): Promise<Value> => {
  const settled = await result
  if (!settled.ok) throw new Error(`the gateway: ${JSON.stringify(settled)}`)
  return settled.value
}
