import { Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import { useDeleteConnection } from './queries'
import { isSwitchedOn } from './switch-connection-dialog'

/** Deletes a connection: at once, or after all access was taken back in the service. */
export function DeleteConnectionDialog(props: {
  connection: ConnectionItem
  onDeleted: () => void
  onClose: () => void
}) {
  const { seen } = useSnapshot(props.connection)
  // A service that asks for its changes cannot be told, and one that is off is not.
  const mayRevoke = isSwitchedOn(seen) && seen.kind !== 'pull' && seen.endingSince === null
  const [how, setHow] = useState(mayRevoke ? 'revoke' : 'leave')
  const remove = useDeleteConnection()
  return (
    <ConfirmDialog
      title={t('Delete {name}?', { name: isolated(seen.name) })}
      danger
      changed={mayRevoke && how !== 'revoke'}
      onClose={props.onClose}
      onConfirm={async () => {
        await remove.mutateAsync({ connectionId: seen.id, revoke: how === 'revoke' })
        if (how === 'revoke')
          return toast(t('All access is being taken back. Then the connection is deleted.'), 'neutral')
        toast(t('Connection deleted.'), 'neutral')
        props.onDeleted()
      }}
    >
      <Radio.Group label={t('Access in the service')} value={how} onChange={setHow}>
        <Stack gap="sm" mt="xs">
          <Radio
            value="revoke"
            disabled={!mayRevoke}
            label={t('Take everything back first')}
            description={
              mayRevoke
                ? t('The connection is deleted once the service has confirmed that all access ended.')
                : t('Not possible now: the connection is off, or the service asks for changes itself.')
            }
          />
          <Radio
            value="leave"
            label={t('Leave everything as it is')}
            description={t('People keep what they have in the service, also after their access has ended here.')}
          />
        </Stack>
      </Radio.Group>
    </ConfirmDialog>
  )
}
