import { Text } from '@mantine/core'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { message, t, translated } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import { ofSystems } from './columns'
import { useSwitchConnection } from './queries'

/** A connection of another site counts as off: switching it on makes it this site’s. */
export const isSwitchedOn = ({ enabled, elsewhere }: ConnectionItem) => enabled && !elsewhere

const whatOnMeans: Record<ConnectionItem['kind'], string> = {
  pull: message('The service can then read who has access, and each change.'),
  webhook: message('The service is brought up to date first. Then it is told about each change.'),
  s3: message('The gateway is brought up to date first. Then keys are made and removed there with each change.'),
  openid: message('The application is then told of each sign-in that ends.'),
  ...ofSystems(message('Everyone’s access is written there first. Then each change is, within seconds.')),
}

const whatOffMeans: Record<ConnectionItem['kind'], string> = {
  pull: message(
    'The service can no longer read changes. People who lose access can keep using it until you switch the connection on again.',
  ),
  webhook: message(
    'The service is no longer told about changes. People who lose access can keep using it until you switch the connection on again.',
  ),
  s3: message(
    'This site no longer changes anything at the gateway. New keys don’t work, and people who lose access can keep using theirs until you switch the connection on again.',
  ),
  openid: message(
    'The application is no longer told when people are signed out. It notices when it asks this site the next time.',
  ),
  ...ofSystems(
    message(
      'This site no longer changes anything there. People who lose access can keep using the service until you switch the connection on again.',
    ),
  ),
}

export function SwitchConnectionDialog(props: { connection: ConnectionItem; onClose: () => void }) {
  const { seen } = useSnapshot(props.connection)
  const change = useSwitchConnection()
  const on = isSwitchedOn(seen)
  const name = isolated(seen.name)
  return (
    <ConfirmDialog
      title={on ? t('Switch off {name}?', { name }) : t('Switch on {name}?', { name })}
      danger={on}
      onClose={props.onClose}
      onConfirm={async () => {
        await change.mutateAsync({ connectionId: seen.id, enabled: !on })
        if (on) toast(t('{name} switched off.', { name }), 'neutral')
        else toast(t('{name} switched on.', { name }))
      }}
    >
      <Text>{translated((on ? whatOffMeans : whatOnMeans)[seen.kind])}</Text>
      {seen.elsewhere && (
        <Text>{t('This connection belongs to a site at another URL. Switch it on only if that site is gone.')}</Text>
      )}
    </ConfirmDialog>
  )
}
