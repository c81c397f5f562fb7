import { Text } from '@mantine/core'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import type { Service } from '../../../src/roles/services/schema'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import { useRetireService } from './queries'

export function RetireServiceDialog(props: { service: Service; version: number; onClose: () => void }) {
  const { service } = props
  const name = isolated(service.name)
  const { seen: version, lookAgain } = useSnapshot(props.version)
  const retire = useRetireService()
  return (
    <ConfirmDialog
      title={t('Retire {service}?', { service: name })}
      danger
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        await retire.mutateAsync({ key: service.key, version: String(version) })
        toast(t('{service} retired.', { service: name }), 'neutral')
      }}
    >
      <Text>
        {t(
          'Its roles can no longer be requested or granted, and its default roles end. Organizations that hold one of its roles keep it.',
        )}
      </Text>
    </ConfirmDialog>
  )
}
