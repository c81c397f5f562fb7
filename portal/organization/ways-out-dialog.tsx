import { Button, Stack, Text, Title } from '@mantine/core'
import type { Organization } from '../../src/membership/organizations/schema'
import { Dialog } from '../ui/dialog'

/** An organization keeps an admin: why the only one cannot just leave, and what can be done instead. */
export function WaysOutDialog(props: {
  organization: Organization
  onHandOver: () => void
  onDissolve: () => void
  onClose: () => void
}) {
  const { can, name, state } = props.organization
  const asked = state === 'pending' || state === 'changes_requested'
  return (
    <Dialog title={`Leave ${name}?`} onClose={props.onClose}>
      <Stack gap="lg">
        <Text>You are the only admin, and an organization always has one.</Text>
        <Stack gap="xs" align="flex-start">
          <Title order={3}>Hand over</Title>
          <Text>
            {can.handOver
              ? 'Choose a member who gets admin privileges. You leave in the same step.'
              : asked
                ? 'Nobody can be invited before the organization is accepted. Until then there is nobody to hand over to.'
                : 'There is nobody to hand over to yet. Invite somebody first.'}
          </Text>
          {can.handOver && (
            <Button variant="default" onClick={props.onHandOver}>
              Hand over and leave
            </Button>
          )}
        </Stack>
        <Stack gap="xs" align="flex-start">
          <Title order={3}>Dissolve</Title>
          <Text>
            {can.dissolve
              ? asked
                ? 'The request is taken back, and the organization ends for good.'
                : 'The organization ends for good, and with it all access through it.'
              : 'Only the sole member can dissolve an organization. Remove the other members first, under Users & privileges.'}
          </Text>
          {can.dissolve && (
            <Button variant="default" onClick={props.onDissolve}>
              Dissolve organization
            </Button>
          )}
        </Stack>
        <Button variant="default" onClick={props.onClose} style={{ alignSelf: 'flex-end' }}>
          Cancel
        </Button>
      </Stack>
    </Dialog>
  )
}
