import { mustBeAccepted } from '../../platform/access/admit'
import { invalidInput, Problem } from '../../platform/errors'
import { t } from '../../platform/messages/t'
import { mustBeAsSeen } from '../../platform/optimistic-concurrency'
import { nameKey } from '../organizations/rules'
import type { OrganizationDetails, OrganizationRow } from '../organizations/store'

type Details = Omit<OrganizationDetails, 'nameKey'>

/** A change of an organization's details: those that apply from now on, and those that wait for an operator. */
export interface DetailsChange {
  /** The details from now on. */
  details: OrganizationDetails
  /** The values that wait for an operator; null for those that stay. */
  wanted: { name: string | null; nameKey: string | null; taxId: string | null } | null
  kind: 'organization_details_changed' | 'identity_changed' | 'identity_change_requested' | 'identity_change_withdrawn'
  /** Each field that differs, before and after, for the event. */
  changes: Record<string, { from: string; to: string }>
}

const fields = ['name', 'country', 'description', 'address', 'city', 'postalCode', 'website', 'taxId'] as const

/**
 * The new details of an accepted organization, as its admins request them; no change if they are equal. Also whether a
 * change waits afterwards.
 */
export function decideDetails(
  organization: OrganizationRow | null,
  details: Details,
  { detailsVersion, needsAcceptance }: { detailsVersion: number; needsAcceptance: boolean },
): { change: DetailsChange } | { change: undefined; waits: boolean } {
  if (!organization) throw new Problem('organization_not_found')
  mustBeAccepted(organization.state)
  mustBeAsSeen(organization.detailsVersion, detailsVersion)
  const before = organization.identityChange
  const newName = details.name === organization.name ? null : details.name
  const newTaxId = details.taxId === organization.taxId ? null : details.taxId
  const waits = needsAcceptance && (newName !== null || newTaxId !== null)
  const same = waits ? before?.name === newName && before?.taxId === newTaxId : !before
  const now = waits ? { ...details, name: organization.name, taxId: organization.taxId } : details
  const changes = Object.fromEntries(
    fields
      .filter((field) => details[field] !== organization[field])
      .map((field) => [field, { from: organization[field], to: details[field] }]),
  )
  const isNew = fields.some((field) => now[field] !== organization[field])
  if (same && !isNew) return { change: undefined, waits: before !== null }
  const change = {
    details: { ...now, nameKey: nameKey(now.name) },
    wanted: waits ? { name: newName, nameKey: newName && nameKey(newName), taxId: newTaxId } : null,
    kind: kindOf(
      waits && !same,
      now.name !== organization.name || now.taxId !== organization.taxId,
      !waits && before !== null,
    ),
    changes,
  }
  return { change }
}

function kindOf(requested: boolean, changed: boolean, withdrawn: boolean): DetailsChange['kind'] {
  if (requested) return 'identity_change_requested'
  if (changed) return 'identity_changed'
  return withdrawn ? 'identity_change_withdrawn' : 'organization_details_changed'
}

/** An organization with a change that waits for an operator. */
export type WaitingChange = OrganizationRow & { identityChange: NonNullable<OrganizationRow['identityChange']> }

/** Guard: a change waits, in the version that the caller saw. */
export function mustWait(organization: OrganizationRow | null, detailsVersion: number): WaitingChange {
  if (!organization) throw new Problem('organization_not_found')
  const { identityChange } = organization
  if (!identityChange) throw new Problem('nothing_waits')
  mustBeAsSeen(organization.detailsVersion, detailsVersion)
  return { ...organization, identityChange }
}

export function mustHaveReason(accept: boolean, reason: string | undefined): void {
  if (!accept && !reason) throw invalidInput('reason', t('Enter a reason for refusing.'))
}
