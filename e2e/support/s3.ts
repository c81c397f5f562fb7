import { readFileSync } from 'node:fs'
import { sql } from '../../src/platform/db/sql'
import { post, type Site } from './site'

/** The sample catalogue, where EO data gives S3 keys and its quota roles limit what is stored. */
export function importWithS3Keys(site: Site) {
  const catalogue = JSON.parse(readFileSync('examples/copphil-catalogue.json', 'utf8'))
  const [eodata] = catalogue.services
  eodata.s3Keys = 2
  for (const role of eodata.roles)
    role.limits?.push({ name: 'Storage', value: 100, unit: 'GB' }, { name: 'Objects', value: 1000, unit: '' })
  return post(site.operator.api, '/api/catalogue', catalogue)
}

/** A gateway of EO data that this site may not reach, switched on. */
export async function connectGateway(site: Site): Promise<string> {
  const { id } = await post(site.operator.api, '/api/connections/s3', {
    service: 'eodata',
    name: 'Ceph',
    url: 'https://169.254.1.1:7480',
    accessKey: 'ADMIN',
    secretKey: 'secret',
  })
  const switched = await site.operator.api.put(`/api/connections/${id}/enabled`, { data: { enabled: true } })
  if (!switched.ok()) throw new Error(await switched.text())
  return id
}

/** As if every service had taken everything that it is to know. */
export const reachGateway = (site: Site) =>
  site.alter(sql`
    with told as (
      update propagations set applied = desired, applied_at = now(), uncertain = false, error = null, attempts = 0, next_attempt_at = null,
        proved_at = case when desired is null then now() end
    )
    update connections set problem = null, failing_since = null, failures = 0, paused_until = null`)
