import { Radio, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { message, t, translated } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { DialogButton } from '../../ui/dialog-button'
import { toast } from '../../ui/toast'
import { useSetSystemMode } from './queries'

type Mode = ConnectionItem['mode']

const modes: Record<Mode, { label: string; about: string }> = {
  report: { label: message('Report'), about: message('It lists what is pending, and changes nothing there.') },
  grant: {
    label: message('Grant only'),
    about: message('It gives people what they are missing, and takes nothing away.'),
  },
  on: { label: message('Everything'), about: message('It also ends access, which is what it is for.') },
}

export const modeLabel = (mode: Mode): string => translated(modes[mode].label)

/** Chooses what a connection may do in its system. */
export function ModeButton({ connection }: { connection: ConnectionItem }) {
  return (
    <DialogButton
      size="xs"
      aria-label={t('Change the mode of {name}', { name: isolated(connection.name) })}
      dialog={(onClose) => <ModeDialog connection={connection} onClose={onClose} />}
    >
      {t('Mode: {mode}', { mode: modeLabel(connection.mode) })}
    </DialogButton>
  )
}

function ModeDialog({ connection: { id, mode }, onClose }: { connection: ConnectionItem; onClose: () => void }) {
  const change = useSetSystemMode()
  const form = useForm({ initialValues: { mode } })
  return (
    <ConfirmDialog
      title={t('What may it do while it is on?')}
      confirmLabel={t('Save')}
      form={form}
      onClose={onClose}
      onConfirm={async () => {
        await change.mutateAsync({ connectionId: id, mode: form.values.mode })
        toast(t('Mode changed.'))
      }}
    >
      <Radio.Group aria-label={t('Mode')} {...form.getInputProps('mode')}>
        <Stack gap="sm">
          {(Object.keys(modes) as Mode[]).map((value) => (
            <Radio key={value} value={value} label={modeLabel(value)} description={translated(modes[value].about)} />
          ))}
        </Stack>
      </Radio.Group>
    </ConfirmDialog>
  )
}
