import { Text } from '@mantine/core'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import { useSwitchConnection } from './queries'

/** A connection of another site counts as off: switching it on makes it this site’s. */
export const isSwitchedOn = ({ enabled, elsewhere }: ConnectionItem) => enabled && !elsewhere

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
      <Text>
        {on ? <WhatOffMeans /> : t('All access is compared first. Then the service is told about each change.')}
      </Text>
      {seen.elsewhere && (
        <Text>{t('This connection belongs to a site at another URL. Switch it on only if that site is gone.')}</Text>
      )}
    </ConfirmDialog>
  )
}

const WhatOffMeans = () =>
  t('The service is no longer told about changes. People who lose access can keep using it until it is switched on.')
