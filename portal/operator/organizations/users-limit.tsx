import { Group, Text } from '@mantine/core'
import type { Organization } from '../../../src/membership/organizations/schema'
import { formatNumber } from '../../../src/platform/messages/intl'
import { t } from '../../../src/platform/messages/t'
import { Callout } from '../../ui/callout'
import { DialogButton } from '../../ui/dialog-button'
import { Section } from '../../ui/page'
import { UsersLimitSentence } from '../../users-and-privileges/users-limit'
import { SetLimitDialog } from './set-limit-dialog'

/** How many members an organization can have, and the higher limit that it requested. */
export function OperatorUsersLimit(props: { organization: Organization }) {
  const { organization } = props
  return (
    <Section title={t('Member limit')}>
      {organization.limitWanted && (
        <Callout title={t('Requested member limit: {limit}', { limit: formatNumber(organization.limitWanted.limit) })}>
          <Text className="prose">{organization.limitWanted.reason}</Text>
        </Callout>
      )}
      <Group className="surface" justify="space-between" gap="md">
        <UsersLimitSentence organization={organization} />
        <DialogButton
          offered={organization.can.setMemberLimit}
          dialog={(onClose) => <SetLimitDialog organization={organization} onClose={onClose} />}
        >
          {t('Change member limit')}
        </DialogButton>
      </Group>
    </Section>
  )
}
