import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import type { PendingRequest } from '../../src/roles/role-requests/schema'
import { type Person, post, type Site } from './site'

/** Like `guildhall catalogue import`; idempotent. */
export const importCatalogue = (site: Site) =>
  post(site.operator.api, '/api/catalogue', JSON.parse(readFileSync('examples/copphil-catalogue.json', 'utf8')))

/** A table row by its text; `table` selects one of several tables. */
export const row = (page: Page, text: string | RegExp, table?: string) =>
  (table ? page.getByRole('table', { name: table, exact: true }) : page).getByRole('row').filter({ hasText: text })

/** Requests roles as an admin, through the API. */
export async function request(
  admin: Person,
  organizationId: string,
  service: string,
  access: string | null,
  quota: string,
  description = 'Mapping the reefs of Tubbataha, every week.',
) {
  const { services } = await (await admin.api.get('/api/services')).json()
  const { id, roles } = services.find(({ key }: { key: string }) => key === service)
  const roleId = (wanted: string | null) => roles.find(({ key }: { key: string }) => key === wanted)?.id ?? null
  await post(admin.api, `/api/organizations/${organizationId}/role-requests`, {
    serviceId: id,
    accessRoleId: roleId(access),
    quotaRoleId: roleId(quota),
    description,
  })
}

/** Accepts everything that an organization has requested, through the API. */
export async function accept(site: Site, organizationId: string): Promise<void> {
  const { items } = await (await site.operator.api.get('/api/role-requests?limit=100')).json()
  const decisions = items
    .filter(({ organization }: { organization: { id: string } }) => organization.id === organizationId)
    .flatMap(({ id, organization, parts, held }: PendingRequest) =>
      parts
        .filter(({ state }) => state === 'pending')
        .map(({ kind, role }) => ({
          requestId: id,
          kind,
          detailsVersion: organization.detailsVersion,
          roleVersion: role.version,
          held: held.find((one) => one.kind === kind)?.assignmentId ?? null,
          accept: true,
        })),
    )
  await post(site.operator.api, '/api/role-requests/decide', { decisions })
}
