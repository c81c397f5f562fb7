import { Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { t } from '../../../src/platform/messages/t'
import { servicesQuery } from '../../services'
import { ConfirmDialog } from '../../ui/dialog'
import { DialogButton } from '../../ui/dialog-button'
import { toast } from '../../ui/toast'
import { GatewayKeyFields, GatewayLimitFields, limitsToSend } from './gateway-fields'
import { useSetGatewayKeys, useSetGatewayLimits } from './queries'

export function GatewayActions({ connection }: { connection: ConnectionItem }) {
  return (
    <>
      <DialogButton size="xs" dialog={(onClose) => <ChangeKeysDialog connection={connection} onClose={onClose} />}>
        {t('Change keys')}
      </DialogButton>
      <DialogButton
        size="xs"
        offered={connection.endingSince === null}
        dialog={(onClose) => <ChangeLimitsDialog connection={connection} onClose={onClose} />}
      >
        {t('Change limits')}
      </DialogButton>
    </>
  )
}

interface GatewayDialogProps {
  connection: ConnectionItem
  onClose: () => void
}

function ChangeKeysDialog({ connection: { id, gateway }, onClose }: GatewayDialogProps) {
  const change = useSetGatewayKeys()
  const form = useForm({ initialValues: { accessKey: gateway?.accessKey ?? '', secretKey: '' } })
  return (
    <ConfirmDialog
      title={t('Change keys')}
      confirmLabel={t('Save')}
      form={form}
      onClose={onClose}
      onConfirm={async () => {
        await change.mutateAsync({ connectionId: id, ...form.values })
        toast(t('Keys changed.'))
      }}
    >
      <Text>{t('With these keys, this site administers the gateway. What has failed is tried again at once.')}</Text>
      <GatewayKeyFields form={form} />
    </ConfirmDialog>
  )
}

function ChangeLimitsDialog({ connection: { id, service, gateway }, onClose }: GatewayDialogProps) {
  const change = useSetGatewayLimits()
  const { data } = useQuery(servicesQuery())
  const initialValues = { bytesLimit: gateway?.bytesLimit ?? '', objectsLimit: gateway?.objectsLimit ?? '' }
  const form = useForm({ initialValues })
  return (
    <ConfirmDialog
      title={t('Change limits')}
      confirmLabel={t('Save')}
      form={form}
      disabled={!data}
      onClose={onClose}
      onConfirm={async () => {
        await change.mutateAsync({ connectionId: id, ...limitsToSend(form.values) })
        toast(t('Limits changed.'))
      }}
    >
      <GatewayLimitFields form={form} service={data?.services.find(({ key }) => key === service?.key)} />
    </ConfirmDialog>
  )
}
