import { mustBeAccepted } from '../../platform/access/admit'
import type { OrganizationState } from '../../platform/access/organization-state'
import { Problem } from '../../platform/errors'
import { mostTokens } from './schema'

/** Usable tokens so far: neither ended nor expired. */
export function decideToken(usable: number): void {
  if (usable >= mostTokens) throw new Problem('too_many_tokens')
}

/** An accepted organization alone has tokens. A token that is replaced makes room for its successor. */
export function decideOrganizationToken(state: OrganizationState, usable: number): void {
  mustBeAccepted(state)
  decideToken(usable)
}
