import { Text } from '@mantine/core'
import type { Session } from '../../../src/identity/authentication/schema'
import { formatMessage } from '../../../src/platform/messages/format-message'
import { t } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { useEndOtherSessions, useEndSession } from '../queries'
import { browserName } from './browser-name'

/** Signs out one other device, or all of them. */
export function EndSessionDialog(props: { which: Session | 'others'; onClose: () => void }) {
  const { which } = props
  const endOne = useEndSession()
  const endOthers = useEndOtherSessions()

  async function confirm() {
    if (which === 'others') {
      const { ended } = await endOthers.mutateAsync({})
      toast(signedOutOf(ended), 'neutral')
    } else {
      await endOne.mutateAsync({ sessionId: which.id })
      toast(t('{device} signed out.', { device: browserName(which.browser) }), 'neutral')
    }
  }

  return (
    <ConfirmDialog
      title={
        which === 'others'
          ? t('Sign out everywhere else?')
          : t('Sign out {device}?', { device: browserName(which.browser) })
      }
      onClose={props.onClose}
      onConfirm={confirm}
    >
      <Text>
        {which === 'others'
          ? t('Your other devices will have to sign in again. You stay signed in here.')
          : t('This device will have to sign in again. You stay signed in here.')}
      </Text>
    </ConfirmDialog>
  )
}

const signedOutOf = (count: number) =>
  formatMessage('{count, plural, one {# other device signed out.} other {# other devices signed out.}}', { count })
