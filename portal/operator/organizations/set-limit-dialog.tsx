import { Radio, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Organization } from '../../../src/membership/organizations/schema'
import type { ApiError } from '../../api'
import { ConfirmDialog } from '../../ui/dialog'
import { NumberField } from '../../ui/number-field'
import { type NumberValue, numberToSend } from '../../ui/read-number'
import { ReasonField } from '../../ui/reason-field'
import { toast } from '../../ui/toast'
import { useSeen } from '../../ui/use-seen'
import { siteSettingsQuery, useSetMemberLimit } from '../queries'
import { limitInWords } from './limit-in-words'

export function SetLimitDialog(props: { organization: Organization; onClose: () => void }) {
  const { seen: organization, changed, lookAgain } = useSeen(props.organization)
  const [kind, setKind] = useState('own')
  const [limit, setLimit] = useState<NumberValue>(organization.limitWanted?.limit ?? organization.memberLimit ?? '')
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const change = useSetMemberLimit()
  const { data: site } = useQuery(siteSettingsQuery())
  return (
    <ConfirmDialog
      title={`Set users limit: ${organization.name}`}
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        setRefusal(null)
        await change.mutateAsync({
          organizationId: organization.id,
          limit: kind === 'own' ? numberToSend(limit) : null,
          seen: { limit: organization.memberLimit, wanted: organization.limitWanted?.limit ?? null },
          reason,
        })
        toast(`The users limit of ${organization.name} is set.`)
      }}
      onRefusal={(refusal) => {
        setRefusal(refusal)
        return refusal.errors.length > 0
      }}
    >
      {changed && (
        <Text>
          The users limit is {limitInWords(organization.memberLimit)} now.
          {organization.limitWanted && ` Requested: ${organization.limitWanted.limit}.`}
        </Text>
      )}
      <Radio.Group label="Users limit" description="Nobody is removed by it." value={kind} onChange={setKind}>
        <Stack gap="xs" pt={8}>
          <Radio value="own" label="A number of its own" data-autofocus />
          <Radio value="default" label={`The site’s default${site ? `: ${limitInWords(site.memberLimit)}` : ''}`} />
        </Stack>
      </Radio.Group>
      {kind === 'own' && (
        <NumberField label="Limit" value={limit} error={refusal?.errorAt('limit')} onChange={setLimit} />
      )}
      <ReasonField value={reason} onChange={setReason} error={refusal?.errorAt('reason')} />
    </ConfirmDialog>
  )
}
