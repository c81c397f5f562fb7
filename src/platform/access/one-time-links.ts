import { createHash, randomBytes } from 'node:crypto'
import { type Sql, sql } from '../db/sql'

/** The purpose of a one-time link. */
export type LinkPurpose = 'confirm-address' | 'reset-password' | 'mailed-invitation'

/** How long links are valid, in minutes: mailed links for one or two hours, links handed over in person for a day. */
export const validFor = { confirmation: 120, reset: 60, handedOver: 24 * 60 }

/**
 * Creates a one-time link: the token for the recipient, and the digest that the database stores. The token is stored
 * nowhere.
 */
export function newLink(purpose: LinkPurpose): { token: string; identifier: string } {
  const token = randomBytes(24).toString('base64url')
  return { token, identifier: identifierOf(purpose, token) }
}

export type OneTimeLink = ReturnType<typeof newLink>

/** The digest covers the purpose, so a link that confirms an address cannot set a password. */
export function identifierOf(purpose: LinkPurpose, token: string): string {
  return createHash('sha256').update(`${purpose}:${token}`).digest('base64url')
}

/**
 * The common table expression `linked`: stores a link for the account `id` of each row of `change`. `email` is the
 * address that the link is mailed to; it is empty if the operator `madeBy` hands the link over.
 */
export const linking = (identifier: string, email: Sql, minutes: number, change: Sql, madeBy?: string): Sql => sql`
  linked as (
    insert into verifications (id, identifier, value, account_id, made_by, expires_at)
    select gen_random_uuid(), ${identifier}, ${email}, id, ${madeBy ?? null}::uuid, now() + make_interval(mins => ${minutes}::int) from ${change}
    returning id, expires_at
  )`

/** Mail details of the link in `linked`: its expiry, by the database's clock, and its id. */
export const linkDetails: Sql = sql`(select jsonb_build_object('expiresAt', expires_at, 'linkId', id) from linked)`

/**
 * The common table expression `holder`: the account of a link, locked if it is not disabled, and whether its address
 * was proved.
 */
export const lockingHolder = (identifier: string): Sql => sql`
  holder as materialized (
    select id, address_proved_at is not null as proved from accounts
    where id = (select account_id from verifications where identifier = ${identifier}) and disabled_at is null
    for no key update
  )`

/**
 * The common table expression `link`: claims a valid link of the account in `locked`, another common table expression.
 * Of several concurrent uses, one gets it. Accounts are locked before links.
 */
export const claiming = (identifier: string, locked: Sql): Sql => sql`
  link as (
    delete from verifications
    where identifier = ${identifier} and expires_at > now() and account_id = (select id from ${locked})
    returning account_id, value as email
  )`
