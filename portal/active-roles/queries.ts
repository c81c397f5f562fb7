import { getAccountEntitlements, getMyEntitlements, listMemberEntitlements } from '../../src/entitlements/schema'
import type { AnswerOf, InputOf } from '../../src/http/endpoint'
import { endpointPages, endpointQuery } from '../endpoint-hooks'

export type MemberEntitlements = AnswerOf<typeof listMemberEntitlements>['items'][number]

export const myEntitlementsQuery = (input: InputOf<typeof getMyEntitlements>) => endpointQuery(getMyEntitlements, input)
export const accountEntitlementsQuery = (input: InputOf<typeof getAccountEntitlements>) =>
  endpointQuery(getAccountEntitlements, input)
export const memberEntitlementsQuery = (input: InputOf<typeof listMemberEntitlements>) =>
  endpointPages<MemberEntitlements>(listMemberEntitlements, input)
