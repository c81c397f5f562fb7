import { Text } from '@mantine/core'
import type { Application } from '../../src/connections/openid-sign-ins/schema'
import { isolated } from '../../src/platform/input/isolated'
import { t } from '../../src/platform/messages/t'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { useSignOutOfApplication } from './queries'

export function SignOutDialog(props: { application: Application; onClose: () => void }) {
  const { id, name, told, consentedAt } = props.application
  const signOut = useSignOutOfApplication()
  const application = isolated(name)
  return (
    <ConfirmDialog
      title={t('Sign out of {application}?', { application })}
      confirmLabel={t('Sign out')}
      onClose={props.onClose}
      onConfirm={async () => {
        await signOut.mutateAsync({ clientId: id })
        toast(t('Signed out of {application}.', { application }), 'neutral')
      }}
    >
      <Text>
        {told
          ? t('You are signed out there on all your devices within seconds. You stay signed in to this site.')
          : t(
              'It can’t act for you any more. It doesn’t take sign-outs, so a page that is open there may work until it asks this site again. You stay signed in to this site.',
            )}
      </Text>
      {consentedAt && <Text>{t('The next time that you sign in there, you are asked again what it may know.')}</Text>}
    </ConfirmDialog>
  )
}
