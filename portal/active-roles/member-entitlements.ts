import type { InputOf } from '../../src/platform/http/endpoint'
import { heldBy } from '../../src/roles/entitlements/held-by'
import { type Entitlement, listMemberEntitlements } from '../../src/roles/entitlements/schema'
import { endpointPages, type RowOf } from '../endpoint-hooks'

export type MemberEntitlements = RowOf<typeof listMemberEntitlements> & { entitlements: Entitlement[] }

/** A page lists the entitlements that members share once; here each member gets their own. */
export const memberEntitlementsQuery = (input: InputOf<typeof listMemberEntitlements>) =>
  endpointPages(listMemberEntitlements, input, ({ items, entitlements }): MemberEntitlements[] =>
    items.map((member) => ({ ...member, entitlements: heldBy(member, entitlements) })),
  )
