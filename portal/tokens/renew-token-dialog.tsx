import { Text } from '@mantine/core'
import { useState } from 'react'
import { defaultTokenDays, type OrganizationToken } from '../../src/membership/tokens/schema'
import { isolated } from '../../src/platform/input/isolated'
import { t } from '../../src/platform/messages/t'
import { ConfirmDialog } from '../ui/dialog'
import { ExpiryField } from './expiry-field'
import { type MadeToken, useRenewToken } from './queries'
import { TokenScopes } from './token-scopes'

/** Replaces a token of the organization by one in the reader’s name. */
export function RenewTokenDialog(props: {
  organizationId: string
  token: OrganizationToken
  onMade: (made: MadeToken) => void
  onClose: () => void
}) {
  const { organizationId, token } = props
  const [days, setDays] = useState(defaultTokenDays)
  const renew = useRenewToken()
  return (
    <ConfirmDialog
      title={t('Renew {name}?', { name: isolated(token.name) })}
      confirmLabel={t('Renew')}
      onClose={props.onClose}
      onConfirm={async () => {
        const made = await renew.mutateAsync({ organizationId, tokenId: token.id, days })
        props.onMade({ ...made, scopes: token.scopes })
      }}
    >
      <Text>
        {token.endedAt || token.expired
          ? t('You get a new token with the same name and scopes. It acts in your name.')
          : t(
              'You get a new token with the same name and scopes. It acts in your name. The current one stops working immediately.',
            )}
      </Text>
      <div>
        <TokenScopes scopes={token.scopes} />
      </div>
      <ExpiryField value={days} onChange={setDays} />
    </ConfirmDialog>
  )
}
