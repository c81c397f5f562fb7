import { t } from '../../src/platform/messages/t'
import { pendingLinks } from '../pending-links'
import { Callout } from '../ui/callout'

/** Explains why opening an invitation link asks you to sign in first. */
export function InvitationNotice() {
  if (!pendingLinks.code.get()) return null
  return (
    <Callout title={t('You have an invitation')}>
      {t('Sign in or register to view it. You join only after you accept it.')}
    </Callout>
  )
}
