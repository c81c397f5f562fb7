import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Passkey } from '../../../src/identity/sign-in-methods/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import { ApiError } from '../../api'
import { ConfirmDialog } from '../../ui/dialog'
import { TextField } from '../../ui/text-fields'
import { toast } from '../../ui/toast'
import { useAddPasskey, useRemovePasskey, useRenamePasskey } from '../queries'

export function AddPasskeyDialog(props: { onClose: () => void }) {
  const add = useAddPasskey()
  return (
    <NameDialog
      title={t('Add passkey')}
      onClose={props.onClose}
      onConfirm={async (name) => {
        await add(name)
        toast(t('Passkey added.'))
      }}
    >
      {t(
        'Choose a name that helps you recognize it, such as the device it is on. Your browser then creates the passkey.',
      )}
    </NameDialog>
  )
}

export function RenamePasskeyDialog(props: { passkey: Passkey; onClose: () => void }) {
  const rename = useRenamePasskey()
  return (
    <NameDialog
      title={t('Rename passkey')}
      name={props.passkey.name}
      onClose={props.onClose}
      onConfirm={async (name) => {
        await rename.mutateAsync({ passkeyId: props.passkey.id, name })
        toast(t('Passkey renamed.'))
      }}
    />
  )
}

function NameDialog(props: {
  title: string
  name?: string
  children?: string
  onClose: () => void
  onConfirm: (name: string) => Promise<void>
}) {
  const [name, setName] = useState(props.name ?? '')
  return (
    <ConfirmDialog
      title={props.title}
      onClose={props.onClose}
      onConfirm={async () => {
        if (!name.trim()) throw new ApiError('invalid_input', t('Cannot be empty.'), 400).at('name')
        await props.onConfirm(name)
      }}
    >
      {props.children && <Text>{props.children}</Text>}
      <TextField path="name" label={t('Name')} data-autofocus value={name} onChange={setName} />
    </ConfirmDialog>
  )
}

export function RemovePasskeyDialog(props: { passkey: Passkey; onClose: () => void }) {
  const { id: passkeyId, name } = props.passkey
  const remove = useRemovePasskey()
  return (
    <ConfirmDialog
      title={t('Remove {name}?', { name: isolated(name) })}
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        await remove.mutateAsync({ passkeyId })
        toast(t('Passkey removed.'), 'neutral')
      }}
    >
      <Text>
        {t('You can no longer sign in with this passkey. It stays on your device until you delete it there.')}
      </Text>
    </ConfirmDialog>
  )
}
