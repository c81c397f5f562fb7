import { readFileSync } from 'node:fs'
import type { CephAddress } from '../tests/support/ceph'
import { type DemoPerson, type DemoPortal, newPerson } from './portal'

/** The same for all three people of the demonstration. */
export const password = 'three words or more'

export interface World {
  operator: DemoPerson
  admin: DemoPerson
  member: DemoPerson
}

/** Where the services of the demonstration are. */
export interface Services {
  hubUrl: string
  hubToken: string
  gateway: CephAddress
}

/** Makes three people, the catalogue of CopPhil, and an organization that holds roles on JupyterHub. */
export async function makeWorld({ url, setupToken }: DemoPortal, { hubUrl }: Pick<Services, 'hubUrl'>): Promise<World> {
  const operator = await newPerson(url, 'Olga', 'Santos', password)
  await operator.send('POST', '/api/setup', { token: setupToken })
  await operator.send('POST', '/api/catalogue', catalogue(hubUrl))
  const admin = await newPerson(url, 'Ana', 'Cruz', password)
  const member = await newPerson(url, 'Ben', 'Reyes', password)
  const organization = { name: 'Reef Institute', country: 'PH', description: 'Counting corals from orbit.' }
  const { id } = (await admin.send('POST', '/api/organizations', organization)) as { id: string }
  const { stateVersion } = (await operator.get(`/api/organizations/${id}`)) as { stateVersion: number }
  await operator.send('POST', `/api/organizations/${id}/accept`, { stateVersion })
  for (const key of ['jupyter', 'jupyter-low']) await grant(operator, id, key)
  const { code } = (await admin.send('POST', `/api/organizations/${id}/invitations`)) as { code: string }
  await member.send('POST', '/api/invitations/accept', { code })
  return { operator, admin, member }
}

interface CatalogueService {
  key: string
}

function catalogue(hubUrl: string): object {
  const { services } = JSON.parse(readFileSync('examples/copphil-catalogue.json', 'utf8'))
  const more: Record<string, object> = { jupyter: { url: hubUrl }, eodata: { s3Keys: 3 } }
  return { services: services.map((service: CatalogueService) => ({ ...service, ...more[service.key] })) }
}

interface Role {
  id: string
  key: string
  version: number
}

async function grant(operator: DemoPerson, organizationId: string, key: string): Promise<void> {
  const { services } = (await operator.get('/api/services')) as { services: { roles: Role[] }[] }
  const role = services.flatMap(({ roles }) => roles).find((one) => one.key === key)!
  const { detailsVersion } = (await operator.get(`/api/organizations/${organizationId}`)) as { detailsVersion: number }
  await operator.send('POST', `/api/organizations/${organizationId}/role-assignments`, {
    ...{ roleId: role.id, roleVersion: role.version, detailsVersion, held: null, reason: 'For the demonstration.' },
  })
}

/** Registers the hub as an application. Returns what its configuration needs. */
export const registerHub = async (operator: DemoPerson, hubUrl: string) =>
  (await operator.send('POST', '/api/openid-clients', {
    ...{ name: 'JupyterHub', service: 'jupyter', scopes: ['profile', 'email', 'access'] },
    redirectUris: [`${hubUrl}/hub/oauth_callback`],
  })) as { id: string; secret: string }

/** Connects the hub and the gateway, and switches both connections on. */
export async function connect(operator: DemoPerson, { hubUrl, hubToken, gateway }: Services): Promise<void> {
  const hub = (await operator.send('POST', '/api/connections/systems', {
    ...{ service: 'jupyter', name: 'Hub', secret: hubToken },
    settings: { kind: 'jupyterhub', url: hubUrl },
  })) as { id: string }
  const store = (await operator.send('POST', '/api/connections/s3', {
    ...{ service: 'eodata', name: 'Gateway', url: gateway.endpoint },
    ...{ accessKey: gateway.accessKey, secretKey: gateway.secretKey },
  })) as { id: string }
  for (const { id } of [hub, store]) await operator.send('PUT', `/api/connections/${id}/enabled`, { enabled: true })
}
