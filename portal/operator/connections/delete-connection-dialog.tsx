import { Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import { useDeleteConnection } from './queries'
import { isSwitchedOn } from './switch-connection-dialog'

type Access = 'revoke' | 'leave'

/** Deletes a connection: at once, or after all access was taken back in the service. */
export function DeleteConnectionDialog(props: {
  connection: ConnectionItem
  onDeleted: () => void
  onClose: () => void
}) {
  const { seen } = useSnapshot(props.connection)
  const ending = seen.endingSince !== null
  // A service that reads its changes itself cannot be told, and one that is off is not.
  const mayRevoke = isSwitchedOn(seen) && seen.kind !== 'pull' && !ending
  const [how, setHow] = useState<Access>(mayRevoke ? 'revoke' : 'leave')
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
      {ending ? (
        <Text>
          {t(
            'All access is being taken back, and then the connection is deleted. If you confirm, it is deleted now, without waiting. People keep what has not been taken back yet.',
          )}
        </Text>
      ) : (
        <AccessChoice connection={seen} mayRevoke={mayRevoke} value={how} onChange={setHow} />
      )}
    </ConfirmDialog>
  )
}

/** The choice has the focus: it is to be read before anything is confirmed. */
function AccessChoice(props: {
  connection: ConnectionItem
  mayRevoke: boolean
  value: Access
  onChange: (how: Access) => void
}) {
  const { connection, mayRevoke } = props
  return (
    <Radio.Group
      label={t('Access in the service')}
      value={props.value}
      onChange={(value) => props.onChange(value === 'revoke' ? 'revoke' : 'leave')}
    >
      <Stack gap="sm" mt="xs">
        <Radio
          value="revoke"
          disabled={!mayRevoke}
          data-autofocus={mayRevoke || undefined}
          label={t('Take everything back first')}
          description={mayRevoke ? <WhatRevokingMeans /> : <WhyNotRevoked connection={connection} />}
        />
        <Radio
          value="leave"
          data-autofocus={!mayRevoke || undefined}
          label={t('Leave everything as it is')}
          description={t('People keep what they have in the service, also after their access has ended here.')}
        />
      </Stack>
    </Radio.Group>
  )
}

const WhatRevokingMeans = () =>
  t(
    'The connection is deleted once the service has confirmed that all access ended. If the service does not answer, the connection stays until it does.',
  )

const WhyNotRevoked = ({ connection }: { connection: ConnectionItem }) =>
  connection.kind === 'pull'
    ? t('Not possible: the service reads its changes itself, so this site cannot take anything back.')
    : t('Not possible while the connection is off.')
