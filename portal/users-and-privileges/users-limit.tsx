import { Group, Stack, Text } from '@mantine/core'
import type { Organization } from '../../src/membership/organizations/schema'
import { formatMessage } from '../../src/platform/messages/format-message'
import { formatNumber } from '../../src/platform/messages/intl'
import { t } from '../../src/platform/messages/t'
import { Detail } from '../ui/detail'
import { DialogButton } from '../ui/dialog-button'
import { RequestLimitDialog } from './request-limit-dialog'

/** “3 of 10 members” and a button to request more, if there is a limit. */
export function UsersLimit(props: { organization: Organization }) {
  const { organization } = props
  const { limitWanted } = organization
  if (organization.memberLimit === null) return null
  return (
    <Group className="surface" justify="space-between" gap="md">
      <Stack gap={2} miw={0}>
        <UsersLimitSentence organization={organization} />
        {limitWanted && (
          <Detail className="prose">
            {t('A member limit of {limit} was requested. An operator will review it. Reason: {reason}', {
              limit: formatNumber(limitWanted.limit),
              reason: limitWanted.reason,
            })}
          </Detail>
        )}
      </Stack>
      <DialogButton
        offered={organization.can.requestHigherLimit}
        dialog={(onClose) => <RequestLimitDialog organization={organization} onClose={onClose} />}
      >
        {t('Request higher member limit')}
      </DialogButton>
    </Group>
  )
}

export function UsersLimitSentence(props: { organization: Organization }) {
  const { members, memberLimit } = props.organization
  return (
    <Text fw={600}>
      {memberLimit === null
        ? formatMessage('{members, plural, one {# member} other {# members}}, no limit', { members })
        : formatMessage('{members} of {limit, plural, one {# member} other {# members}}', {
            members: formatNumber(members),
            limit: memberLimit,
          })}
    </Text>
  )
}
