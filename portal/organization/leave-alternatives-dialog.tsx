import { Button, Stack, Text, Title } from '@mantine/core'
import type { Organization } from '../../src/membership/organizations/schema'
import { t } from '../../src/platform/messages/t'
import { Dialog } from '../ui/dialog'

/** Tells the only admin why they can’t just leave, and what they can do instead. */
export function LeaveAlternativesDialog(props: {
  organization: Organization
  onHandOver: () => void
  onDissolve: () => void
  onClose: () => void
}) {
  const { can, name, state } = props.organization
  const asked = state === 'pending' || state === 'changes_requested'
  return (
    <Dialog title={t('Leave {organization}?', { organization: name })} onClose={props.onClose}>
      <Stack gap="lg">
        <Text>{t('You are the only admin, and every organization needs one.')}</Text>
        <Stack gap="xs" align="flex-start">
          <Title order={3}>{t('Hand over')}</Title>
          <Text>
            {can.handOver
              ? t('Choose a member who gets admin privileges. You leave in the same step.')
              : asked
                ? t(
                    'You can’t invite people until the organization is accepted, so there is no one to hand over to yet.',
                  )
                : t('There is no one to hand over to yet. Invite someone first.')}
          </Text>
          {can.handOver && (
            <Button variant="default" onClick={props.onHandOver}>
              {t('Hand over and leave')}
            </Button>
          )}
        </Stack>
        <Stack gap="xs" align="flex-start">
          <Title order={3}>{t('Dissolve')}</Title>
          <Text>
            {can.dissolve
              ? asked
                ? t('Your request is withdrawn, and the organization ends permanently.')
                : t('The organization ends permanently, and so does all access through it.')
              : t(
                  'Only the sole member can dissolve an organization. Remove the other members first, under Users & privileges.',
                )}
          </Text>
          {can.dissolve && (
            <Button variant="default" onClick={props.onDissolve}>
              {t('Dissolve organization')}
            </Button>
          )}
        </Stack>
        <Button variant="default" onClick={props.onClose} style={{ alignSelf: 'flex-end' }}>
          {t('Cancel')}
        </Button>
      </Stack>
    </Dialog>
  )
}
