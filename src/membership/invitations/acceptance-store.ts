import { recordingEvent } from '../../messaging/events/recording'
import { type Actor, loadFacts } from '../../platform/access/actor'
import { lockedBy, lockedOrganizations } from '../../platform/access/admin'
import type { Admin } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { personColumns, searchedPerson } from '../../platform/access/people'
import { bulk } from '../../platform/db/batching/writes'
import type { Database } from '../../platform/db/database'
import { type LoadedPage, newestFirst, pageAfter } from '../../platform/db/page'
import { matches } from '../../platform/db/search'
import { columns } from '../../platform/db/select-list'
import { nothing, one, type Sql, sql } from '../../platform/db/sql'
import type { AnswerOf, CheckedInputOf } from '../../platform/http/endpoint'
import { countersOf } from '../../platform/limits/counters'
import { secondsToWait } from '../../platform/limits/counting'
import type { Entitlement } from '../../roles/entitlements/schema'
import { entitlementsAt, listedEntitlements } from '../../roles/entitlements/store'
import type { AcceptanceFacts, InvitationFacts, WaitingFacts } from './rules'
import type { listAcceptances, previewInvitation } from './schema'
import { invitationState, previewColumns } from './store'

type Preview = Pick<AnswerOf<typeof previewInvitation>, 'organization' | 'inviter' | 'expiresAt'>

/** Selects the invitation with a code. */
const byCode = (codeHashes: Buffer[]): Sql => {
  const hashes = codeHashes.map((hash) => hash.toString('hex')).join()
  return sql`,
    invitation as materialized (
      select i.* from invitations i
      where i.code_hash = any(array(select decode(h, 'hex') from unnest(string_to_array(${hashes}::text, ',')) h))
    )`
}

const acceptanceFacts = (source: string) => ({
  invitation: one(sql`
    select i.id, o.id as "organizationId", o.name as "organizationName", o.state as "organizationState", ${invitationState} as state,
      i.bound_email as "boundEmail", i.bound_domain as "boundDomain", i.grants_admin as "grantsAdmin", i.needs_approval as "needsApproval",
      o.member_count >= coalesce(o.member_limit, (select default_member_limit from site), 2147483647) as full
    from invitation i join organizations o on o.id = i.organization_id`),
  mine: one(sql`
    select x.state, coalesce(x.organization_id = actor."organizationId", false) as member
    from actor, acceptances x where x.invitation_id = (select id from invitation) and x.account_id = (select id from actor)`),
  waiting: sql`exists (select from acceptances x where x.account_id = (select id from actor) and x.state = 'awaiting_approval')`,
  removedAt: sql`to_json(removal_not_undone((select id from invitation), (select id from actor)))`,
  wait: secondsToWait(countersOf('invitationCode', source, sql`(select id from actor)`)),
})

export const loadAcceptance = (db: Database, credential: Credential, codeHashes: Buffer[], source: string) =>
  loadFacts<AcceptanceFacts>(db, credential, acceptanceFacts(source), byCode(codeHashes))

/** The same, with the effect of accepting: the entitlements are computed as for a person who joined just now. */
export const loadPreview = (db: Database, credential: Credential, codeHashes: Buffer[], source: string) => {
  const joined = sql`select organization_id as id, now() as member_since from invitation`
  return loadFacts<AcceptanceFacts & { preview: Preview | null; entitlements: Entitlement[] }>(
    db,
    credential,
    {
      ...acceptanceFacts(source),
      preview: one(sql`select ${previewColumns} from invitation i join organizations o on o.id = i.organization_id`),
      entitlements: listedEntitlements,
    },
    sql`${byCode(codeHashes)}${entitlementsAt(sql`now()`, sql`select now() as since`, joined)}`,
  )
}

/** Guard on an account's locked row: it has the confirmed address that the invitation is bound to, if any. */
const isFor = (invitation: Sql): Sql => sql`
  (${invitation}.bound_email is null or (a.email_verified and a.email = ${invitation}.bound_email))
  and (${invitation}.bound_domain is null or (a.email_verified and split_part(a.email, '@', -1) = ${invitation}.bound_domain))`

export interface NewAcceptance {
  id: string
  membershipId: string
  actor: Actor
  invitation: InvitationFacts
}

const acceptanceInput = {
  id: 'uuid',
  membershipId: 'uuid',
  accountId: 'uuid',
  tokenId: 'text',
  invitationId: 'uuid',
  organizationId: 'uuid',
} as const

/** For the event: whether the person waits only because they were removed before. */
const becauseOfRemoval = sql`case when state = 'awaiting_approval' and not needs_approval then '{"removed": true}' else '{}' end::jsonb`

/**
 * The claim of one use, the acceptance, the membership and the event. Their guards are on locked rows, which PostgreSQL
 * checks again after waiting for them: the uses left, on the invitation's row; on the account's, that it is not
 * disabled and has the confirmed address that the invitation is bound to. The organization is locked first, as
 * everywhere. If several people accept one invitation, they claim a use each, or none. A trigger decides, with the
 * organization locked, whether a person who was removed waits for an approval.
 */
const acceptances = bulk<typeof acceptanceInput, { id: string; state: 'joined' | 'awaiting_approval' }>(
  acceptanceInput,
  (input) => sql`
    with ${input}, ${lockedOrganizations(sql`select "organizationId" from input`, 'change', ['accepted'])}, wanted as materialized (
      select i.id, i.bound_email, i.bound_domain from invitations i, org
      where i.id in (select "invitationId" from input) and i.organization_id = org.id order by i.id for no key update of i
    ), accepting as materialized (
      select input.id, input."invitationId" from input join wanted on wanted.id = input."invitationId" join accounts a on a.id = input."accountId"
      where a.disabled_at is null and ${isFor(sql`wanted`)}
      order by a.id for share of a
    ), claimed as (
      update invitations i set uses_spent = i.uses_spent + uses.count
      from (select "invitationId" as id, count(*)::int from accepting group by 1) uses
      where i.id = uses.id and i.revoked_at is null and i.expires_at > now() and i.uses_spent + uses.count <= i.uses
      returning i.id, i.organization_id, i.grants_admin, i.needs_approval
    ), accepted as (
      insert into acceptances (id, invitation_id, organization_id, account_id, state)
      select input.id, claimed.id, claimed.organization_id, input."accountId",
        case when claimed.needs_approval then 'awaiting_approval' else 'joined' end
      from claimed join accepting on accepting."invitationId" = claimed.id join input on input.id = accepting.id
      returning id, state
    ), outcome as (
      select accepted.state, claimed.needs_approval, claimed.grants_admin, input.*
      from accepted join input using (id) join claimed on claimed.id = input."invitationId"
    ), joined as (
      insert into memberships (id, organization_id, account_id, admin)
      select "membershipId", "organizationId", "accountId", grants_admin from outcome where state = 'joined'
    ), ${recordingEvent(
      {
        kind: sql`case when state = 'joined' then 'invitation_accepted' else 'acceptance_awaiting_approval' end`,
        actor: { id: sql`"accountId"`, tokenId: sql`"tokenId"` },
        subject: sql`"accountId"`,
        organization: sql`"organizationId"`,
        invitation: sql`"invitationId"`,
        details: sql`jsonb_build_object('admin', grants_admin) || ${becauseOfRemoval}`,
      },
      sql`outcome`,
    )}
    select id, state from accepted`,
)

export const saveAcceptance = (db: Database, { id, membershipId, actor, invitation }: NewAcceptance) =>
  db.saveBatched(acceptances, {
    id,
    membershipId,
    accountId: actor.id,
    tokenId: actor.token?.id ?? null,
    invitationId: invitation.id,
    organizationId: invitation.organizationId,
  })

type AcceptanceItem = AnswerOf<typeof listAcceptances>['items'][number]

const acceptanceColumns = columns<AcceptanceItem>({
  id: sql`x.id`,
  account: personColumns(sql`who`),
  addressConfirmed: sql`who.email_verified`,
  at: sql`x.at`,
  state: sql`x.state`,
  invitationId: sql`x.invitation_id`,
  note: sql`i.note`,
  grantsAdmin: sql`i.grants_admin`,
  removedAt: sql`case when x.state = 'awaiting_approval' then removed_at(x.organization_id, x.account_id) end`,
})

export const loadAcceptances = (
  db: Database,
  credential: Credential,
  input: CheckedInputOf<typeof listAcceptances>,
) => {
  const { organizationId, q, limit, cursor, state, invitationId } = input
  const page = pageAfter(newestFirst(sql`x.at`, sql`x.id`), cursor, limit)
  return loadFacts<{ acceptances: LoadedPage<AcceptanceItem> }>(db, credential, {
    acceptances: page.of(
      acceptanceColumns,
      sql`
      from acceptances x join accounts who on who.id = x.account_id join invitations i on i.id = x.invitation_id
      where x.organization_id = ${organizationId} ${state ? sql`and x.state = ${state}` : nothing}
        ${invitationId ? sql`and x.invitation_id = ${invitationId}` : nothing}
        ${q ? sql`and ${matches(searchedPerson(sql`who`), q)}` : nothing} ${page.where}
      ${page.orderAndLimit}`,
    ),
  })
}

export const loadWaiting = (db: Database, credential: Credential, organizationId: string, acceptanceId: string) =>
  loadFacts<WaitingFacts>(db, credential, {
    acceptance: one(sql`
      select x.id, x.account_id as "accountId", x.invitation_id as "invitationId", x.state, i.grants_admin as "grantsAdmin",
        m.organization_id as "accountOrganizationId", who.disabled_at is not null as "accountDisabled",
        who.email, who.email_verified as "emailConfirmed", i.bound_email as "boundEmail", i.bound_domain as "boundDomain"
      from acceptances x join invitations i on i.id = x.invitation_id join accounts who on who.id = x.account_id
      left join memberships m on m.account_id = x.account_id and m.ended_at is null
      where x.id = ${acceptanceId} and x.organization_id = ${organizationId}`),
  })

export interface WaitingDecision {
  by: Admin
  acceptance: NonNullable<WaitingFacts['acceptance']>
  membershipId: string
}

/**
 * Guarded by the address that the admin saw, and by the invitation's binding. The acceptance is locked before the
 * account, as in a deletion of the account.
 */
export const saveApproval = (db: Database, { by, acceptance, membershipId }: WaitingDecision) =>
  db.first<{ id: string }>(sql`
    with ${lockedBy(by, 'change', ['accepted'])}, waiting as materialized (
      select x.id, x.account_id from me, acceptances x
      where x.id = ${acceptance.id} and x.state = 'awaiting_approval' for no key update of x
    ), account as materialized (
      select a.id from waiting join accounts a on a.id = waiting.account_id join invitations i on i.id = ${acceptance.invitationId}
      where a.email = ${acceptance.email} and ${isFor(sql`i`)} for share of a
    ), approved as (
      update acceptances x set state = 'joined', decided_at = now(), decided_by = ${by.id} from account
      where x.id = ${acceptance.id} and x.state = 'awaiting_approval'
      returning x.id, x.organization_id, x.account_id
    ), joined as (
      insert into memberships (id, organization_id, account_id, admin)
      select ${membershipId}::uuid, organization_id, account_id, ${acceptance.grantsAdmin}::boolean from approved
    ), ${recordingEvent(
      {
        kind: 'acceptance_approved',
        actor: by,
        subject: acceptance.accountId,
        organization: by.organizationId,
        invitation: acceptance.invitationId,
        details: { admin: acceptance.grantsAdmin },
      },
      sql`approved`,
    )}
    select id from approved`)

export const saveDecline = (db: Database, { by, acceptance }: Omit<WaitingDecision, 'membershipId'>) =>
  db.first<{ id: string }>(sql`
    with ${lockedBy(by, 'share')}, declined as (
      update acceptances x set state = 'declined', decided_at = now(), decided_by = ${by.id} from me
      where x.id = ${acceptance.id} and x.state = 'awaiting_approval'
      returning x.id
    ), ${recordingEvent(
      {
        kind: 'acceptance_declined',
        actor: by,
        subject: acceptance.accountId,
        organization: by.organizationId,
        invitation: acceptance.invitationId,
      },
      sql`declined`,
    )}
    select id from declined`)

export const loadOwnWaiting = (db: Database, credential: Credential) =>
  loadFacts<{ waiting: { id: string; organizationId: string; invitationId: string } | null }>(db, credential, {
    waiting: one(sql`
      select x.id, x.organization_id as "organizationId", x.invitation_id as "invitationId"
      from acceptances x join actor on actor.id = x.account_id where x.state = 'awaiting_approval'`),
  })

export const saveAcceptanceWithdrawal = (
  db: Database,
  actor: Actor,
  waiting: { id: string; organizationId: string; invitationId: string },
) =>
  db.first<{ id: string }>(sql`
    with withdrawn as (
      update acceptances x set state = 'withdrawn', decided_at = now(), decided_by = ${actor.id}
      where x.id = ${waiting.id} and x.state = 'awaiting_approval'
      returning x.id
    ), ${recordingEvent(
      {
        kind: 'acceptance_withdrawn',
        actor,
        subject: actor.id,
        organization: waiting.organizationId,
        invitation: waiting.invitationId,
      },
      sql`withdrawn`,
    )}
    select id from withdrawn`)
