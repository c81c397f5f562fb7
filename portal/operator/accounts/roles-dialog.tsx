import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { personName } from '../../../src/platform/input/names'
import { t } from '../../../src/platform/messages/t'
import { AsOf } from '../../active-roles/as-of'
import { accountEntitlementsQuery } from '../../active-roles/queries'
import { Roles } from '../../active-roles/roles'
import { RolesDialog } from '../../active-roles/roles-dialog'
import type { ListedAccount } from './queries'

export function AccountRolesDialog(props: { account: ListedAccount; onClose: () => void }) {
  const [at, setAt] = useState<string>()
  const query = useQuery(accountEntitlementsQuery({ accountId: props.account.id, at }))
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
