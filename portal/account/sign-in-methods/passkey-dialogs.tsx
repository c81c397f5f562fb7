import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Passkey } from '../../../src/identity/sign-in-methods/schema'
import { ApiError } from '../../api'
import { useAddPasskey, useRemovePasskey, useRenamePasskey } from '../../sign-in/queries'
import { ConfirmDialog } from '../../ui/dialog'
import { TextField } from '../../ui/text-fields'
import { toast } from '../../ui/toast'

export function AddPasskeyDialog(props: { onClose: () => void }) {
  const add = useAddPasskey()
  return (
    <NameDialog
      title="Add passkey"
      onClose={props.onClose}
      onConfirm={async (name) => {
        await add(name)
        toast('The passkey is added.')
      }}
    >
      Give it a name to know it by later, for instance the device it is on. Then the browser asks for it.
    </NameDialog>
  )
}

export function RenamePasskeyDialog(props: { passkey: Passkey; onClose: () => void }) {
  const rename = useRenamePasskey()
  return (
    <NameDialog
      title="Rename passkey"
      name={props.passkey.name}
      onClose={props.onClose}
      onConfirm={async (name) => {
        await rename.mutateAsync({ passkeyId: props.passkey.id, name })
        toast('The passkey has a new name.')
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
        if (!name.trim()) throw new ApiError('invalid_input', 'Cannot be empty.', 400).at('name')
        await props.onConfirm(name)
      }}
    >
      {props.children && <Text>{props.children}</Text>}
      <TextField path="name" label="Name" data-autofocus value={name} onChange={setName} />
    </ConfirmDialog>
  )
}

export function RemovePasskeyDialog(props: { passkey: Passkey; onClose: () => void }) {
  const { id: passkeyId, name } = props.passkey
  const remove = useRemovePasskey()
  return (
    <ConfirmDialog
      title={`Remove ${name}?`}
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        await remove.mutateAsync({ passkeyId })
        toast('The passkey is removed.', 'neutral')
      }}
    >
      <Text>It no longer signs in here. The device keeps it until you delete it there.</Text>
    </ConfirmDialog>
  )
}
