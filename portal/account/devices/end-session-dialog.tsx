import { Text } from '@mantine/core'
import type { Session } from '../../../src/identity/authentication/schema'
import { ConfirmDialog } from '../../ui/dialog'
import { counted } from '../../ui/person-name'
import { toast } from '../../ui/toast'
import { useEndOtherSessions, useEndSession } from '../own-account-queries'
import { browserName } from './browser-name'

/** One other device, or all of them. */
export function EndSessionDialog(props: { which: Session | 'others'; onClose: () => void }) {
  const { which } = props
  const endOne = useEndSession()
  const endOthers = useEndOtherSessions()

  async function confirm() {
    if (which === 'others') {
      const { ended } = await endOthers.mutateAsync({})
      toast(`You are signed out on ${counted(ended, 'other device')}.`, 'neutral')
    } else {
      await endOne.mutateAsync({ sessionId: which.id })
      toast(`${browserName(which.browser)} is signed out.`, 'neutral')
    }
  }

  return (
    <ConfirmDialog
      title={which === 'others' ? 'Sign out everywhere else?' : `Sign out ${browserName(which.browser)}?`}
      onClose={props.onClose}
      onConfirm={confirm}
    >
      <Text>Whoever uses it has to sign in again. You stay signed in here.</Text>
    </ConfirmDialog>
  )
}
