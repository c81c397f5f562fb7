import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { formatMessage } from '../../src/platform/messages/format-message'
import { t } from '../../src/platform/messages/t'
import { LimitField } from '../ui/limit-field'
import { type NumberValue, numberToSend } from '../ui/read-number'
import { ReasonDialog } from '../ui/reason-dialog'
import { toast } from '../ui/toast'
import { useRequestHigherLimit } from './queries'

export function RequestLimitDialog(props: { organization: Organization; onClose: () => void }) {
  const { organization } = props
  const [limit, setLimit] = useState<NumberValue>(organization.limitWanted?.limit ?? '')
  const request = useRequestHigherLimit()
  return (
    <ReasonDialog
      title={t('Request higher member limit')}
      description={t('Operators read this when they decide. Up to 1,000 characters.')}
      onClose={props.onClose}
      onConfirm={async (reason) => {
        await request.mutateAsync({ organizationId: organization.id, limit: numberToSend(limit), reason })
        toast(t('Request submitted. An operator will review it.'))
      }}
    >
      {organization.memberLimit !== null && (
        <Text>
          {formatMessage('Your organization can now have up to {limit, plural, one {# member} other {# members}}.', {
            limit: organization.memberLimit,
          })}
        </Text>
      )}
      <LimitField value={limit} onChange={setLimit} data-autofocus />
    </ReasonDialog>
  )
}
