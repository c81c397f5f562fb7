import { loadFacts } from '../../platform/access/actor'
import type { Credential } from '../../platform/access/credential'
import type { Database } from '../../platform/db/database'
import { many, one, type Sql, sql } from '../../platform/db/sql'
import type { HeldMethods } from './rules'
import type { Passkey } from './schema'

interface Methods {
  methods: HeldMethods
  secondFactor: { sealedCodes: string } | null
  secondFactorOff: boolean
  passkeys: Passkey[]
}

export const heldMethodsOf = (account: Sql): Sql =>
  one(sql`select
    exists (select from credentials where account_id = ${account} and password is not null) as password,
    (select count(*)::int from passkeys where account_id = ${account}) as passkeys,
    array(select provider_id from credentials where account_id = ${account} and provider_id <> 'credential') as providers`)

export const loadSignInMethods = (db: Database, credential: Credential) =>
  loadFacts<Methods>(db, credential, {
    methods: heldMethodsOf(sql`(select id from actor)`),
    secondFactor: one(sql`
      select t.backup_codes as "sealedCodes" from two_factors t join actor on t.account_id = actor.id where t.verified`),
    secondFactorOff: sql`(select second_factor = 'off' from site)`,
    passkeys: many(sql`
      select p.id, coalesce(p.name, '') as name, p.created_at as "addedAt"
      from passkeys p join actor on p.account_id = actor.id order by p.created_at, p.id`),
  })
