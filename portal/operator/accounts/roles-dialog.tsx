import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { personName } from '../../../src/platform/input/names'
import { t } from '../../../src/platform/messages/t'
import { getAccountEntitlements } from '../../../src/roles/entitlements/schema'
import { AsOf } from '../../active-roles/as-of'
import { Roles } from '../../active-roles/roles'
import { RolesDialog } from '../../active-roles/roles-dialog'
import { endpointQuery } from '../../endpoint-hooks'
import type { ListedAccount } from './listed-account'

export function AccountRolesDialog(props: { account: ListedAccount; onClose: () => void }) {
  const [at, setAt] = useState<string>()
  const query = useQuery(endpointQuery(getAccountEntitlements, { accountId: props.account.id, at }))
  return (
    <RolesDialog name={personName(props.account)} onClose={props.onClose}>
      {(onAsk) => (
        <Stack gap="lg">
          <AsOf at={at} onChange={setAt} problem={query.error}>
            <Roles query={query} past={Boolean(at)} empty={t('This account holds no roles now.')} onAsk={onAsk} />
          </AsOf>
        </Stack>
      )}
    </RolesDialog>
  )
}
