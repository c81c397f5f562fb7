import type { InputOf } from '../../src/platform/http/endpoint'
import { heldBy } from '../../src/roles/entitlements/held-by'
import {
  type Entitlement,
  getAccountEntitlements,
  getMyEntitlements,
  listMemberEntitlements,
} from '../../src/roles/entitlements/schema'
import { endpointPages, endpointQuery, type RowOf } from '../endpoint-hooks'

export type MemberEntitlements = RowOf<typeof listMemberEntitlements> & { entitlements: Entitlement[] }

export const myEntitlementsQuery = (input: InputOf<typeof getMyEntitlements>) => endpointQuery(getMyEntitlements, input)
export const accountEntitlementsQuery = (input: InputOf<typeof getAccountEntitlements>) =>
  endpointQuery(getAccountEntitlements, input)
/** A page lists the entitlements that members share once; here each member gets their own. */
export const memberEntitlementsQuery = (input: InputOf<typeof listMemberEntitlements>) =>
  endpointPages(listMemberEntitlements, input, ({ items, entitlements }): MemberEntitlements[] =>
    items.map((member) => ({ ...member, entitlements: heldBy(member, entitlements) })),
  )
