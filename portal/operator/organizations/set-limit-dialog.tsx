import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Organization } from '../../../src/membership/organizations/schema'
import { ConfirmDialog } from '../../ui/dialog'
import { LimitChoice, type LimitValue, limitToSend } from '../../ui/limit-field'
import { ReasonField } from '../../ui/reason-field'
import { toast } from '../../ui/toast'
import { useSeen } from '../../ui/use-seen'
import { siteSettingsQuery, useSetMemberLimit } from '../queries'
import { limitInWords } from './limit-in-words'

export function SetLimitDialog(props: { organization: Organization; onClose: () => void }) {
  const { seen: organization, changed, lookAgain } = useSeen(props.organization)
  const [limit, setLimit] = useState<LimitValue>(organization.limitWanted?.limit ?? organization.memberLimit ?? '')
  const [reason, setReason] = useState('')
  const change = useSetMemberLimit()
  const { data: site } = useQuery(siteSettingsQuery())
  return (
    <ConfirmDialog
      title={`Set users limit: ${organization.name}`}
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        await change.mutateAsync({
          organizationId: organization.id,
          limit: limitToSend(limit),
          seen: { limit: organization.memberLimit, wanted: organization.limitWanted?.limit ?? null },
          reason,
        })
        toast(`The users limit of ${organization.name} is set.`)
      }}
    >
      {changed && (
        <Text>
          The users limit is {limitInWords(organization.memberLimit)} now.
          {organization.limitWanted && ` Requested: ${organization.limitWanted.limit}.`}
        </Text>
      )}
      <LimitChoice
        label="Users limit"
        description="Nobody is removed by it."
        choices={[
          { kind: 'number', label: 'A number of its own' },
          { kind: 'none', label: `The site’s default${site ? `: ${limitInWords(site.memberLimit)}` : ''}` },
        ]}
        value={limit}
        onChange={setLimit}
      />
      <ReasonField value={reason} onChange={setReason} />
    </ConfirmDialog>
  )
}
