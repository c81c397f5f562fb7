import type { AnswerOf, InputOf } from '../../src/platform/http/endpoint'
import { heldBy } from '../../src/roles/entitlements/held-by'
import {
  type Entitlement,
  getAccountEntitlements,
  getMyEntitlements,
  listMemberEntitlements,
} from '../../src/roles/entitlements/schema'
import { endpointPages, endpointQuery } from '../endpoint-hooks'

type Page = AnswerOf<typeof listMemberEntitlements>
export type MemberEntitlements = Page['items'][number] & { entitlements: Entitlement[] }

export const myEntitlementsQuery = (input: InputOf<typeof getMyEntitlements>) => endpointQuery(getMyEntitlements, input)
export const accountEntitlementsQuery = (input: InputOf<typeof getAccountEntitlements>) =>
  endpointQuery(getAccountEntitlements, input)
/** A page lists the entitlements that members share once; here each member gets their own. */
export const memberEntitlementsQuery = (input: InputOf<typeof listMemberEntitlements>) =>
  endpointPages<Page['items'][number], MemberEntitlements, Page>(
    listMemberEntitlements,
    input,
    ({ items, entitlements }) => items.map((member) => ({ ...member, entitlements: heldBy(member, entitlements) })),
  )
