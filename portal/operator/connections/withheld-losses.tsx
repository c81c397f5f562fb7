import { Text } from '@mantine/core'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { formatMessage } from '../../../src/platform/messages/format-message'
import { t } from '../../../src/platform/messages/t'
import { Callout } from '../../ui/callout'
import { ConfirmDialog } from '../../ui/dialog'
import { DialogButton } from '../../ui/dialog-button'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import { connectedName } from './columns'
import { useResyncConnection } from './queries'

/** Losses of access that nothing explains wait for an operator. */
export function WithheldLosses({ connection }: { connection: ConnectionItem }) {
  const { name, withheld } = connection
  return (
    <Callout
      title={formatMessage(
        '{count, plural, one {{name} withholds # loss of access} other {{name} withholds # losses of access}}',
        { count: withheld, name: isolated(name) },
      )}
    >
      <Text>
        {t(
          'By the last comparison, people would lose access, but no event and no end date explains why. They keep it until you apply these losses. Find out why first.',
        )}
      </Text>
      <DialogButton
        mt="sm"
        size="xs"
        dialog={(onClose) => <ApplyLossesDialog connection={connection} onClose={onClose} />}
      >
        {t('Apply these losses')}
      </DialogButton>
    </Callout>
  )
}

function ApplyLossesDialog(props: { connection: ConnectionItem; onClose: () => void }) {
  const { seen } = useSnapshot(props.connection)
  const resync = useResyncConnection()
  const values = { count: seen.withheld, service: isolated(connectedName(seen)) }
  return (
    <ConfirmDialog
      title={t('Apply these losses?')}
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        await resync.mutateAsync({ connectionId: seen.id, confirmLosses: seen.withheld })
        toast(t('The losses are being applied.'), 'neutral')
      }}
    >
      <Text>
        {formatMessage(
          '{count, plural, one {# account loses access to {service}.} other {# accounts lose access to {service}.}}',
          values,
        )}
      </Text>
    </ConfirmDialog>
  )
}
