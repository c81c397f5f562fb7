import { pendingLinks } from '../pending-links'
import { Callout } from '../ui/callout'

/** Why somebody who followed an invitation link is asked to sign in first. */
export function InvitationNotice() {
  if (!pendingLinks.code.get()) return null
  return (
    <Callout title="You have an invitation">
      Sign in or register. After that you see what it is for, and decide.
    </Callout>
  )
}
