import { createHash, randomBytes } from 'node:crypto'
import { type Sql, sql } from '../db/sql'

/** What a one-time link is good for. */
export type LinkPurpose = 'confirm-address' | 'reset-password' | 'mailed-invitation'

/** How long links are valid, in minutes: mailed ones for an hour or two, those that are handed over for a day. */
export const validFor = { confirmation: 120, reset: 60, handedOver: 24 * 60 }

/** A new one-time link: the token that travels, and what the database knows it by. The token is stored nowhere. */
export function newLink(purpose: LinkPurpose): { token: string; identifier: string } {
  const token = randomBytes(24).toString('base64url')
  return { token, identifier: identifierOf(purpose, token) }
}

/** The purpose is part of it, so that a link that confirms an address sets no password. */
export function identifierOf(purpose: LinkPurpose, token: string): string {
  return createHash('sha256').update(`${purpose}:${token}`).digest('base64url')
}

/** The common table expression `linked`: keeps a link for the account `id` of each row of `change`. `email` is the address that it is mailed to, or empty where the operator `madeBy` hands it over. */
export const linking = (identifier: string, email: Sql, minutes: number, change: Sql, madeBy?: string): Sql => sql`
  linked as (
    insert into verifications (id, identifier, value, account_id, made_by, expires_at)
    select gen_random_uuid(), ${identifier}, ${email}, id, ${madeBy ?? null}::uuid, now() + make_interval(mins => ${minutes}::int) from ${change}
    returning id, expires_at
  )`

/** What a mail with the link in `linked` is filled with: until when that is good, by the same clock, and which it is. */
export const linkDetails: Sql = sql`(select jsonb_build_object('expiresAt', expires_at, 'linkId', id) from linked)`

/** The common table expression `holder`: the account that a link is of, locked while it is not disabled, and whether its address was proved. */
export const lockingHolder = (identifier: string): Sql => sql`
  holder as materialized (
    select id, address_proved_at is not null as proved from accounts
    where id = (select account_id from verifications where identifier = ${identifier}) and disabled_at is null
    for no key update
  )`

/**
 * The common table expression `link`: claims a link of the account in `locked`, a common table expression, while it is
 * good. Of many who use it at once, one gets it. Accounts are locked before links.
 */
export const claiming = (identifier: string, locked: Sql): Sql => sql`
  link as (
    delete from verifications
    where identifier = ${identifier} and expires_at > now() and account_id = (select id from ${locked})
    returning account_id, value as email
  )`
