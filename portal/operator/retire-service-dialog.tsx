import { Text } from '@mantine/core'
import type { Service } from '../../src/services/schema'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { useRetireService } from './queries'

export function RetireServiceDialog(props: { service: Service; onClose: () => void }) {
  const { service } = props
  const retire = useRetireService()
  return (
    <ConfirmDialog
      title={`Retire ${service.name}?`}
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        await retire.mutateAsync({ key: service.key })
        toast(`${service.name} is retired.`)
      }}
    >
      <Text>
        Nobody can get its roles any more, and its defaults end. Organizations that hold one of its roles keep it.
      </Text>
    </ConfirmDialog>
  )
}
