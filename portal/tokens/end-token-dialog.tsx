import { Text } from '@mantine/core'
import type { Token } from '../../src/membership/tokens/schema'
import { isolated } from '../../src/platform/input/isolated'
import { t } from '../../src/platform/messages/t'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { useEndToken } from './queries'

/** Ends a token, or takes one that no longer works off the list. */
export function EndTokenDialog(props: {
  organizationId: string | null
  token: Token
  works: boolean
  onClose: () => void
}) {
  const { token, works } = props
  const name = isolated(token.name)
  const end = useEndToken(props.organizationId)
  return (
    <ConfirmDialog
      title={works ? t('End the token {name}?', { name }) : t('Remove the token {name}?', { name })}
      danger={works}
      onClose={props.onClose}
      onConfirm={async () => {
        await end(token.id)
        toast(works ? t('Token ended.') : t('Token removed.'), 'neutral')
      }}
    >
      <Text>
        {works
          ? t('Programs that use this token stop working immediately. This can’t be undone.')
          : t('This token no longer works. Removing it only takes it off this list.')}
      </Text>
    </ConfirmDialog>
  )
}
