import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Delivery } from '../../../src/connections/webhooks/schema'
import { t } from '../../../src/platform/messages/t'
import { DataTable } from '../../ui/data-table'
import { List } from '../../ui/list'
import { SmallButton } from '../../ui/small-button'
import { Empty } from '../../ui/states'
import { deliveryColumns } from './delivery-columns'
import { DeliveryDialog } from './delivery-dialog'
import { deliveriesQuery } from './queries'
import { RedeliverButton } from './redeliver-button'

/** What was sent to a service. Sending is not an event, so this list polls. */
export function DeliveryList({ connectionId }: { connectionId: string }) {
  const query = useInfiniteQuery({ ...deliveriesQuery(connectionId), refetchInterval: 5000 })
  const [shown, setShown] = useState<Delivery | null>(null)
  return (
    <List
      query={query}
      empty={
        <Empty title={t('No deliveries yet')}>{t('Send a test to find out whether the service can be reached.')}</Empty>
      }
    >
      {(deliveries, stale) => (
        <>
          <DataTable
            label={t('Deliveries')}
            columns={deliveryColumns()}
            rows={deliveries}
            stale={stale}
            actions={(delivery) => (
              <>
                <SmallButton onClick={() => setShown(delivery)}>{t('Details')}</SmallButton>
                {delivery.accountId && <RedeliverButton connectionId={connectionId} deliveryId={delivery.id} />}
              </>
            )}
          />
          {shown && <DeliveryDialog delivery={shown} onClose={() => setShown(null)} />}
        </>
      )}
    </List>
  )
}
