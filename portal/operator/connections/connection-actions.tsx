import { useState } from 'react'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import { LinkButton } from '../../ui/link'
import { SmallButton } from '../../ui/small-button'
import { toast } from '../../ui/toast'
import { useResyncConnection } from './queries'
import { isSwitchedOn, SwitchConnectionDialog } from './switch-connection-dialog'

/** The same, and the way to what was sent. */
export function ConnectionRowActions({ connection }: { connection: ConnectionItem }) {
  return (
    <>
      {connection.kind === 'webhook' && (
        <LinkButton
          variant="default"
          size="xs"
          to="/operator/connections/$connectionId"
          params={{ connectionId: connection.id }}
          hash="deliveries"
          aria-label={t('Deliveries of {name}', { name: isolated(connection.name) })}
        >
          {t('Deliveries')}
        </LinkButton>
      )}
      <ConnectionActions connection={connection} />
    </>
  )
}

/** What an operator can do with a connection of any kind. One that is being deleted has to stay on until that is done. */
export function ConnectionActions({ connection }: { connection: ConnectionItem }) {
  const [switching, setSwitching] = useState(false)
  const resync = useResyncConnection()
  const on = isSwitchedOn(connection)
  const ending = connection.endingSince !== null
  const name = isolated(connection.name)
  const compare = () =>
    resync.mutate(
      { connectionId: connection.id },
      {
        onSuccess: () => toast(t('Comparing {name} with all access now.', { name })),
        onError: (refusal) => toast(refusal.message, 'bad'),
      },
    )
  return (
    <>
      {!(on && ending) && (
        <SmallButton
          aria-label={on ? t('Switch off {name}', { name }) : t('Switch on {name}', { name })}
          onClick={() => setSwitching(true)}
        >
          {on ? t('Switch off') : t('Switch on')}
        </SmallButton>
      )}
      {on && !ending && (
        <SmallButton aria-label={t('Compare {name} now', { name })} loading={resync.isPending} onClick={compare}>
          {t('Compare now')}
        </SmallButton>
      )}
      {switching && <SwitchConnectionDialog connection={connection} onClose={() => setSwitching(false)} />}
    </>
  )
}
