import { siteUnchanged, whileSite } from '../../identity/site/unchanged'
import { recordingEvent } from '../../messaging/events/recording'
import { loadFacts } from '../../platform/access/actor'
import { lockedBy } from '../../platform/access/admin'
import type { Admin, Operator } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { operatorAfter } from '../../platform/access/operator'
import type { Database } from '../../platform/db/database'
import { type Sql, sql } from '../../platform/db/sql'
import { type OrganizationRow, organizationFact } from '../organizations/store'
import type { DetailsChange, WaitingChange } from './rules'

const setting: Sql = sql`(select identity_changes from site)`

/** Whether operators are notified of a new name or tax id, or have to accept it. */
type Setting = 'tell' | 'accept'

export const loadDetails = (db: Database, credential: Credential, organizationId: string) =>
  loadFacts<{ organization: OrganizationRow | null; setting: Setting }>(db, credential, {
    organization: organizationFact(organizationId),
    setting,
  })

/** The guard for the row when it is locked. */
const asSeen = (detailsVersion: number): Sql => sql`and details_version = ${detailsVersion}`

const nothingWanted: Sql = sql`wanted_name = null, wanted_name_key = null, wanted_tax_id = null, wanted_by = null, wanted_at = null`

/** `seen` is the version that the decision rests on. */
export const saveDetails = (
  db: Database,
  by: Admin,
  seen: { detailsVersion: number; setting: Setting },
  { details: d, wanted: w, kind, changes }: DetailsChange,
) => {
  const asDecided = sql`${asSeen(seen.detailsVersion)} ${siteUnchanged}`
  return db.first<{ id: string }>(sql`
    with ${whileSite(sql`identity_changes = ${seen.setting}`)}, ${lockedBy(by, 'change', ['accepted'], asDecided)}, changed as (
      update organizations o
      set name = ${d.name}, name_key = ${d.nameKey}, country = ${d.country}, description = ${d.description}, address = ${d.address},
        city = ${d.city}, postal_code = ${d.postalCode}, website = ${d.website}, tax_id = ${d.taxId}, ${
          w
            ? sql`wanted_name = ${w.name}, wanted_name_key = ${w.nameKey}, wanted_tax_id = ${w.taxId}, wanted_by = ${by.id}, wanted_at = now()`
            : nothingWanted
        }
      from me where o.id = me.organization_id
      returning o.id
    ), ${recordingEvent({ kind, actor: by, organization: by.organizationId, details: { changed: changes } }, sql`changed`)}
    select id from changed`)
}

export const saveIdentityWithdrawal = (db: Database, by: Admin, detailsVersion: number) =>
  db.first<{ id: string }>(sql`
    with ${lockedBy(by, 'change', ['accepted', 'suspended'], asSeen(detailsVersion))}, changed as (
      update organizations o set ${nothingWanted} from me where o.id = me.organization_id returning o.id
    ), ${recordingEvent({ kind: 'identity_change_withdrawn', actor: by, organization: by.organizationId }, sql`changed`)}
    select id from changed`)

export interface IdentityDecision {
  operator: Operator
  organization: WaitingChange
  accept: boolean
  reason: string | undefined
}

/** The new name or tax id takes effect, or is discarded. */
export const saveIdentityDecision = (db: Database, { operator, organization, accept, reason }: IdentityDecision) => {
  const { name, taxId } = organization.identityChange
  const changed = {
    ...(name === null ? {} : { name: { from: organization.name, to: name } }),
    ...(taxId === null ? {} : { taxId: { from: organization.taxId, to: taxId } }),
  }
  return db.first<{ id: string }>(sql`
    with org as materialized (
      select id from organizations
      where id = ${organization.id} and wanted_at is not null ${asSeen(organization.detailsVersion)}
      for no key update
    ), ${operatorAfter(operator.id, sql`org`)}, decided as (
      update organizations o set ${
        accept
          ? sql`name = coalesce(o.wanted_name, o.name), name_key = coalesce(o.wanted_name_key, o.name_key), tax_id = coalesce(o.wanted_tax_id, o.tax_id),`
          : sql``
      } ${nothingWanted}
      from org, operator where o.id = org.id
      returning o.id
    ), ${recordingEvent(
      {
        kind: accept ? 'identity_change_accepted' : 'identity_change_refused',
        actor: operator,
        organization: organization.id,
        details: { changed, ...(reason ? { reason } : {}) },
      },
      sql`decided`,
    )}
    select id from decided`)
}
