import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Organization } from '../../../src/membership/organizations/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { formatNumber } from '../../../src/platform/messages/intl'
import { t } from '../../../src/platform/messages/t'
import { LimitChoice, type LimitValue, limitToSend } from '../../ui/limit-field'
import { ReasonDialog } from '../../ui/reason-dialog'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import { siteSettingsQuery } from '../policy/queries'
import { limitInWords } from './limit-in-words'
import { useSetMemberLimit } from './queries'

export function SetLimitDialog(props: { organization: Organization; onClose: () => void }) {
  const { seen: organization, changed, lookAgain } = useSnapshot(props.organization)
  const name = isolated(organization.name)
  const [limit, setLimit] = useState<LimitValue>(organization.limitWanted?.limit ?? organization.memberLimit ?? '')
  const change = useSetMemberLimit()
  const { data: site } = useQuery(siteSettingsQuery())
  return (
    <ReasonDialog
      title={t('Change the member limit of {organization}', { organization: name })}
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async (reason) => {
        await change.mutateAsync({
          organizationId: organization.id,
          limit: limitToSend(limit),
          seen: { limit: organization.memberLimit, wanted: organization.limitWanted?.limit ?? null },
          reason,
        })
        toast(t('Member limit of {organization} changed.', { organization: name }))
      }}
    >
      {changed && (
        <Text>
          {organization.limitWanted
            ? t('Current member limit: {limit}. Requested: {requested}.', {
                limit: limitInWords(organization.memberLimit),
                requested: formatNumber(organization.limitWanted.limit),
              })
            : t('Current member limit: {limit}', { limit: limitInWords(organization.memberLimit) })}
        </Text>
      )}
      <LimitChoice
        label={t('Member limit')}
        description={t('Existing members are not affected.')}
        choices={[
          { kind: 'number', label: t('Custom limit') },
          {
            kind: 'none',
            label: site
              ? t('The site’s default: {limit}', { limit: limitInWords(site.memberLimit) })
              : t('The site’s default'),
          },
        ]}
        value={limit}
        onChange={setLimit}
      />
    </ReasonDialog>
  )
}
