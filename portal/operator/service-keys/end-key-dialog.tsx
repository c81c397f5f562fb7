import { Text } from '@mantine/core'
import type { ServiceKey } from '../../../src/connections/service-keys/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import { useEndServiceKey } from './queries'

export function EndServiceKeyDialog(props: { serviceKey: string; item: ServiceKey; onClose: () => void }) {
  const { seen } = useSnapshot(props.item)
  const end = useEndServiceKey()
  return (
    <ConfirmDialog
      title={t('End the service key {name}?', { name: isolated(seen.name) })}
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        await end.mutateAsync({ key: props.serviceKey, keyId: seen.id })
        toast(t('Service key ended.'), 'neutral')
      }}
    >
      <Text>{t('The service can no longer use this key. This can’t be undone.')}</Text>
    </ConfirmDialog>
  )
}
