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
/** What members hold comes once for a page; here each has it as his own. */
export const memberEntitlementsQuery = (input: InputOf<typeof listMemberEntitlements>) =>
  endpointPages<Page['items'][number], MemberEntitlements, Page>(
    listMemberEntitlements,
    input,
    ({ items, entitlements }) => items.map((member) => ({ ...member, entitlements: heldBy(member, entitlements) })),
  )
