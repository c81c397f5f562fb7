import { Button, Text } from '@mantine/core'
import type { Organization } from '../../src/membership/organizations/schema'
import { t } from '../../src/platform/messages/t'
import { InfoDialog } from '../ui/info-dialog'
import { WayOut } from './way-out'

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
    <InfoDialog
      title={t('Leave {organization}?', { organization: name })}
      closeLabel={t('Cancel')}
      onClose={props.onClose}
    >
      <Text>{t('You are the only admin, and every organization needs one.')}</Text>
      <WayOut
        title={t('Hand over')}
        button={
          can.handOver && (
            <Button variant="default" onClick={props.onHandOver}>
              {t('Hand over and leave')}
            </Button>
          )
        }
      >
        {can.handOver
          ? t('Choose a member who gets admin privileges. You leave in the same step.')
          : asked
            ? t('You can’t invite people until the organization is accepted, so there is no one to hand over to yet.')
            : t('There is no one to hand over to yet. Invite someone first.')}
      </WayOut>
      <WayOut
        title={t('Dissolve')}
        button={
          can.dissolve && (
            <Button variant="default" onClick={props.onDissolve}>
              {t('Dissolve organization')}
            </Button>
          )
        }
      >
        {can.dissolve
          ? asked
            ? t('Your request is withdrawn, and the organization ends permanently.')
            : t('The organization ends permanently, and so does all access through it.')
          : t(
              'Only the sole member can dissolve an organization. Remove the other members first, under Users & privileges.',
            )}
      </WayOut>
    </InfoDialog>
  )
}
