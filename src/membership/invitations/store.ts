import { recordingEvent } from '../../messaging/events/recording'
import { bySender, countingMail, mailing, type SealedSecret, toRecipient } from '../../messaging/mails/outbox'
import { loadFacts } from '../../platform/access/actor'
import { lockedBy } from '../../platform/access/admin'
import type { Admin } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { fullNameSql, personColumns, personForActor, personOf, searchedPerson } from '../../platform/access/people'
import { bulk, singleInput } from '../../platform/db/batching/writes'
import type { Database } from '../../platform/db/database'
import { type LoadedPage, pageAfter } from '../../platform/db/page'
import { asRead, matches } from '../../platform/db/search'
import { columns } from '../../platform/db/select-list'
import { many, nothing, one, type Sql, sql } from '../../platform/db/sql'
import type { CheckedInputOf } from '../../platform/http/endpoint'
import { isPending } from '../../platform/invitation-codes/pending'
import { secondsToWait } from '../../platform/limits/counting'
import type { createInvitation, Invitation, InvitationState, listInvitations } from './schema'

/** An invitation's state is derived from its row and the database's clock; no job has to run for it to expire. */
export const invitationState: Sql = sql`
  case when i.revoked_at is not null then 'revoked' when i.uses_spent = i.uses then 'accepted'
    when i.expires_at <= now() then 'expired' else 'pending' end`

export interface NewInvitation {
  id: string
  by: Admin
  form: CheckedInputOf<typeof createInvitation>
  code: string
  codeHash: Uint8Array
  codeSealed: Uint8Array
  mailed: { address: string; proofHash: string; secret: SealedSecret } | null
}

/** Mailed invitations are counted per recipient and per sender. */
const mailCounters = (address: string, account: unknown) => [toRecipient('invitation', address), bySender(account)]

export const loadCreation = (
  db: Database,
  credential: Credential,
  { organizationId, sendTo }: Pick<CheckedInputOf<typeof createInvitation>, 'organizationId' | 'sendTo'>,
) =>
  loadFacts<{ mailWait: number; isMember: boolean }>(db, credential, {
    mailWait: sendTo ? secondsToWait(mailCounters(sendTo, sql`(select id from actor)`)) : sql`0`,
    // Limited to members of the caller's own organization, whose addresses its admins see anyway.
    isMember: sendTo
      ? sql`exists (
          select from actor join memberships m on m.organization_id = actor."organizationId" join accounts a on a.id = m.account_id
          where m.organization_id = ${organizationId} and m.ended_at is null and a.email = ${sendTo})`
      : sql`false`,
  })

const creation = {
  id: 'uuid',
  membershipId: 'uuid',
  accountId: 'uuid',
  tokenId: 'text',
  organizationId: 'uuid',
  days: 'int',
  uses: 'int',
  note: 'text',
  boundEmail: 'text',
  boundDomain: 'text',
  grantsAdmin: 'boolean',
  needsApproval: 'boolean',
  codeHash: 'bytea',
  codeSealed: 'bytea',
  mailedTo: 'text',
  mailProof: 'text',
  details: 'jsonb',
} as const

/** `before`, `where` and `after` are the additions for sending it by mail. */
const creating = (input: Sql, { before = nothing, where = nothing, after = nothing } = {}): Sql => sql`
  with ${input}, ${lockedBy(
    {
      membershipId: sql`select "membershipId" from input`,
      organizationId: sql`select "organizationId" from input`,
    },
    'share',
    ['accepted'],
  )}, ${before} created as (
    insert into invitations (id, organization_id, created_by, inviter_membership_id, expires_at, note, uses,
      bound_email, bound_domain, grants_admin, needs_approval, code_hash, code_sealed, mailed_to, mail_proof)
    select input.id, me.organization_id, input."accountId", me.id, now() + make_interval(days => input.days), input.note, input.uses,
      input."boundEmail", input."boundDomain", input."grantsAdmin", input."needsApproval", input."codeHash", input."codeSealed",
      input."mailedTo", input."mailProof"
    from input join me on me.id = input."membershipId" ${where}
    returning id, expires_at as "expiresAt"
  ), ${recordingEvent(
    {
      kind: sql`'invitation_created'`,
      actor: { id: sql`input."accountId"`, tokenId: sql`input."tokenId"` },
      organization: sql`input."organizationId"`,
      invitation: sql`input.id`,
      details: sql`input.details`,
    },
    sql`created join input using (id)`,
  )}${after}
  select * from created`

const creations = bulk<typeof creation, { id: string; expiresAt: Date }>(creation, creating)

/** The invitation, its event and, if requested, the mail with its link: all of them, or none if a limit is reached. */
export const insertInvitation = (db: Database, { id, by, form, codeHash, codeSealed, mailed }: NewInvitation) => {
  const { uses, days, note, grantsAdmin, needsApproval, boundTo } = form
  const input = {
    id,
    membershipId: by.membershipId,
    accountId: by.id,
    tokenId: by.token?.id ?? null,
    organizationId: by.organizationId,
    days,
    uses,
    note,
    boundEmail: boundTo && 'email' in boundTo ? boundTo.email : null,
    boundDomain: boundTo && 'domain' in boundTo ? boundTo.domain : null,
    grantsAdmin,
    needsApproval,
    codeHash,
    codeSealed,
    mailedTo: mailed?.address ?? null,
    mailProof: mailed?.proofHash ?? null,
    details: JSON.stringify({
      days,
      uses,
      grantsAdmin,
      needsApproval,
      bound: Boolean(boundTo),
      ...(mailed ? { mailed: true } : {}),
    }),
  }
  if (!mailed) return db.saveBatched(creations, input)
  return db.first<{ id: string; expiresAt: Date }>(
    creating(singleInput(creation, input), {
      before: sql`${countingMail(mailCounters(mailed.address, by.id), sql`me`)},`,
      where: sql`where (select bool_and(passed) from counted)`,
      after: sql`, ${mailingLink(by, grantsAdmin, mailed)}`,
    }),
  )
}

const mailingLink = (by: Admin, grantsAdmin: boolean, { address, secret }: NonNullable<NewInvitation['mailed']>): Sql =>
  mailing(
    {
      template: 'invitation',
      // Without a name in the greeting: the inviter does not know whose address it is.
      account: null,
      address,
      secret,
      details: sql`(
        select jsonb_build_object('organization', o.name, 'inviter', ${fullNameSql(sql`a`)}, 'expiresAt', created."expiresAt",
          'grantsAdmin', ${grantsAdmin}::boolean, 'invitationId', created.id)
        from organizations o, accounts a where o.id = ${by.organizationId} and a.id = ${by.id})`,
    },
    sql`created`,
  )

const invitationColumns = columns<Invitation>({
  id: sql`i.id`,
  note: sql`i.note`,
  state: invitationState,
  stateReason: sql`i.revoked_reason`,
  createdAt: sql`i.created_at`,
  createdBy: personColumns(sql`inviter`),
  expiresAt: sql`i.expires_at`,
  uses: sql`i.uses`,
  usesSpent: sql`i.uses_spent`,
  boundTo: sql`coalesce(i.bound_email, '@' || i.bound_domain)`,
  grantsAdmin: sql`i.grants_admin`,
  needsApproval: sql`i.needs_approval`,
  acceptances: sql`case when i.uses_spent = 0 then '[]' else ${many(sql`
    select x.id, ${personForActor(sql`who`)} as account, x.at, x.state
    from acceptances x join accounts who on who.id = x.account_id
    where x.invitation_id = i.id order by x.at desc, x.id desc limit 3`)} end`,
})

export const loadInvitations = (
  db: Database,
  credential: Credential,
  input: CheckedInputOf<typeof listInvitations>,
) => {
  const { organizationId, q, limit, cursor, state, sort } = input
  const direction = sort === 'newest' ? 'desc' : 'asc'
  const page = pageAfter({ key: sql`i.created_at`, type: 'timestamptz', id: sql`i.id`, direction }, cursor, limit)
  const matching =
    q &&
    sql`and ${matches(
      sql`searchable(concat_ws(' ', i.note, ${asRead(sql`coalesce(i.bound_email, '@' || i.bound_domain)`)})) || ' ' || ${searchedPerson(sql`inviter`)}`,
      q,
    )}`
  return loadFacts<{ exists: boolean; invitations: LoadedPage<Invitation> }>(db, credential, {
    exists: sql`exists (select from organizations where id = ${organizationId})`,
    invitations: page.of(
      invitationColumns,
      sql`
      from (
        select i.* from invitations i ${matching ? sql`join accounts inviter on inviter.id = i.created_by` : nothing}
        where i.organization_id = ${organizationId} ${state ? sql`and ${invitationState} = ${state}` : nothing} ${matching || nothing} ${page.where}
        ${page.orderAndLimit}
      ) i join accounts inviter on inviter.id = i.created_by
      ${page.order}`,
    ),
  })
}

export const loadInvitation = (db: Database, credential: Credential, organizationId: string, invitationId: string) =>
  loadFacts<{ invitation: { id: string; state: InvitationState; expiresAt: string; sealed: string } | null }>(
    db,
    credential,
    {
      invitation: one(sql`
      select i.id, ${invitationState} as state, i.expires_at as "expiresAt", encode(i.code_sealed, 'base64') as sealed
      from invitations i where i.id = ${invitationId} and i.organization_id = ${organizationId}`),
    },
  )

/** The event that a code was shown, guarded by the caller still being an admin. */
export const recordCodeShown = (db: Database, by: Admin, invitationId: string) =>
  db.first<{ id: string }>(sql`
    with ${lockedBy(by, 'share')},
    ${recordingEvent({ kind: 'invitation_shown', actor: by, organization: by.organizationId, invitation: invitationId }, sql`me`)}
    select id from me`)

export const saveInvitationRevocation = (db: Database, by: Admin, invitationId: string) =>
  db.first<{ id: string }>(sql`
    with ${lockedBy(by, 'share')}, revoked as (
      update invitations i set revoked_at = now(), revoked_reason = 'by_admin' from me
      where i.id = ${invitationId} and i.organization_id = me.organization_id
        and ${isPending}
      returning i.id
    ), ${recordingEvent({ kind: 'invitation_revoked', actor: by, organization: by.organizationId, invitation: invitationId }, sql`revoked`)}
    select id from revoked`)

/**
 * For previews: the inviter and the organization. Other people's addresses are not disclosed to the holder of a code.
 */
export const previewColumns: Sql = sql`
  json_build_object('name', o.name, 'country', o.country, 'description', o.description) as organization,
  (select ${personOf(sql`inviter`)} from accounts inviter where inviter.id = i.created_by) as inviter,
  i.expires_at as "expiresAt"`
