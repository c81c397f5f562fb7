import { Button, List, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useMe } from '../../session'
import type { Me } from '../../standing-changes'
import { ConfirmDialog, Dialog } from '../../ui/dialog'
import { LinkButton } from '../../ui/link'
import { toast } from '../../ui/toast'
import { useDeleteOwnAccount } from '../own-account-queries'

/** Deleting; for an organization's only admin, what has to be done before. */
export function DeleteAccountDialog(props: { onClose: () => void }) {
  const { organization } = useMe()
  const [lastAdmin, setLastAdmin] = useState(() => organization !== null && !organization.can.leave)
  const remove = useDeleteOwnAccount()
  if (lastAdmin && organization) return <FirstHandOver {...props} organization={organization} />
  return (
    <ConfirmDialog
      title="Delete account?"
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        await remove.mutateAsync({})
        toast('Your account is deleted.', 'neutral')
      }}
      onRefusal={(refusal) => {
        if (refusal.code !== 'last_admin') return refusal
        setLastAdmin(true)
        return null
      }}
    >
      <div>
        <Text fw={600}>What goes</Text>
        <List spacing={4}>
          <List.Item>Your name, your address and every way to sign in. The address is free again.</List.Item>
          <List.Item>
            {organization
              ? `Your membership of ${organization.name}, and all access through it.`
              : 'All access that you have.'}
          </List.Item>
        </List>
      </div>
      <div>
        <Text fw={600}>What stays</Text>
        <List spacing={4}>
          <List.Item>What you did in organizations, in their history, as “Deleted account”.</List.Item>
        </List>
      </div>
      <Text>This cannot be undone.</Text>
    </ConfirmDialog>
  )
}

function FirstHandOver(props: { organization: NonNullable<Me['organization']>; onClose: () => void }) {
  const { name, can } = props.organization
  return (
    <Dialog title="Delete account?" onClose={props.onClose}>
      <Stack gap="lg">
        <Text>
          You are the only admin of {name}, and an organization always has one. Hand over or dissolve it first, then
          delete your account.
        </Text>
        <Stack gap="xs" align="flex-start">
          <Title order={3}>Hand over</Title>
          <Text>
            {can.handOver
              ? 'Give another member admin privileges there.'
              : 'There is nobody to hand over to yet. Invite somebody first.'}
          </Text>
          {can.handOver && (
            <LinkButton to="/users" variant="default">
              Users & privileges
            </LinkButton>
          )}
        </Stack>
        <Stack gap="xs" align="flex-start">
          <Title order={3}>Dissolve</Title>
          <Text>
            {can.dissolve
              ? 'The organization ends for good, and with it all access through it. Under Organization, choose Leave.'
              : 'Only the sole member can dissolve an organization. Remove the other members first, under Users & privileges.'}
          </Text>
          {can.dissolve && (
            <LinkButton to="/organization" variant="default">
              Dissolve organization
            </LinkButton>
          )}
        </Stack>
        <Button variant="default" onClick={props.onClose} style={{ alignSelf: 'flex-end' }}>
          Cancel
        </Button>
      </Stack>
    </Dialog>
  )
}
