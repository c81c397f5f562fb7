import { Text } from '@mantine/core'
import type { Service } from '../../../src/roles/services/schema'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { useSeen } from '../../ui/use-seen'
import { useRetireService } from '../queries'

export function RetireServiceDialog(props: { service: Service; version: number; onClose: () => void }) {
  const { service } = props
  const { seen: version, lookAgain } = useSeen(props.version)
  const retire = useRetireService()
  return (
    <ConfirmDialog
      title={`Retire ${service.name}?`}
      danger
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        await retire.mutateAsync({ key: service.key, version: String(version) })
        toast(`${service.name} is retired.`, 'neutral')
      }}
    >
      <Text>
        Nobody can get its roles any more, and its defaults end. Organizations that hold one of its roles keep it.
      </Text>
    </ConfirmDialog>
  )
}
