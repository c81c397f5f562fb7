import { t } from '../../src/platform/messages/t'
import { pendingLinks } from '../pending-links'
import { Callout } from '../ui/callout'

/** Explains why opening a confirmation link asks you to sign in first. */
export function ConfirmationNotice() {
  if (!pendingLinks.addressToken.get()) return null
  return (
    <Callout title={t('Sign in to confirm your address')}>
      {t('Sign in with the account that the link was sent to.')}
    </Callout>
  )
}
