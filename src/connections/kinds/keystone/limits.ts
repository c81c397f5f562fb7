import { type Desired, Refused, type UsedConnection } from '../connector'
import type { Keystone } from './signing-in'

const unlimited = -1
const most = 2_147_483_647

/** What a project may use of a service, by the numbers of the quota role that the connection limits. */
export async function limitsFor(
  { api }: Keystone,
  { settings: { service: type, region, limits: keys } }: UsedConnection,
  project: string,
  { quota }: Desired,
) {
  const wanted = (keys ?? '').split(/[\s,]+/).flatMap((key) => quota.limits.find((limit) => limit.key === key) ?? [])
  if (!type || wanted.length === 0) return { differ: false, apply: async () => {} }
  const [service] = await api.servicesOf(type)
  if (!service) throw new Refused({ code: 'limit_unregistered', answer: type })
  const [registered, present] = await Promise.all([api.registeredLimits(service.id), api.limitsOf(service.id, project)])
  const names = registered.flatMap((one) => ((one.region_id ?? undefined) === region ? one.resource_name : []))
  const changes = wanted.flatMap(({ key, value }) => {
    if (!names.includes(key)) throw new Refused({ code: 'limit_unregistered', answer: key })
    const number = value === null ? unlimited : Math.min(Math.floor(value), most)
    const found = present.find((one) => one.resource_name === key)
    return found?.resource_limit === number ? [] : { key, number, id: found?.id }
  })
  return {
    differ: changes.length > 0,
    async apply() {
      for (const { key, number, id } of changes) {
        const limit = { service_id: service.id, project_id: project, resource_name: key, resource_limit: number }
        if (id) await api.changeLimit(id, number)
        else await api.createLimit(region ? { ...limit, region_id: region } : limit)
      }
    },
  }
}
