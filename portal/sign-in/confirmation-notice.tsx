import { pendingLinks } from '../pending-links'
import { Callout } from '../ui/callout'

/** Why somebody who opened the link that confirms an address is asked to sign in first. */
export function ConfirmationNotice() {
  if (!pendingLinks.addressToken.get()) return null
  return <Callout title="Sign in to confirm your address">With the account that the link was mailed for.</Callout>
}
