import { Button, Group, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { formatMessage } from '../../../src/platform/messages/format-message'
import { t } from '../../../src/platform/messages/t'
import { loadedRows } from '../../query-client'
import { List } from '../../ui/list'
import { Page } from '../../ui/page'
import { Empty } from '../../ui/states'
import { AcceptDialog } from './accept-dialog'
import { pendingRequestsQuery } from './queries'
import { RefuseDialog } from './refuse-dialog'
import { type DecidablePart, pendingPartsOf, RequestCard } from './request-card'

interface Deciding {
  accept: boolean
  parts: DecidablePart[]
}

export function OperatorRoleRequestsPage() {
  const query = useInfiniteQuery(pendingRequestsQuery())
  const [selected, setSelected] = useState<string[]>([])
  const [deciding, setDeciding] = useState<Deciding | null>(null)
  // Requests that another operator has decided are no longer selected.
  const chosen = loadedRows(query.data).filter(({ id }) => selected.includes(id))
  const close = () => setDeciding(null)
  // Their current state, while they are still pending.
  const current = loadedRows(query.data).flatMap(pendingPartsOf)
  const parts = deciding?.parts.map(
    (one) => current.find(({ request, part }) => request.id === one.request.id && part.kind === one.part.kind) ?? one,
  )
  return (
    <Page title={t('Role requests')} lead={t('Requests waiting for your decision, oldest first.')}>
      <List query={query} empty={<Empty title={t('No pending requests')} />}>
        {(requests) => (
          <>
            <Group justify="space-between">
              <Text c="dimmed" role="status">
                {chosen.length > 0
                  ? formatMessage('{count, plural, one {# request selected} other {# requests selected}}', {
                      count: chosen.length,
                    })
                  : t('Select requests to accept several at once.')}
              </Text>
              <Button
                disabled={chosen.length === 0}
                onClick={() => setDeciding({ accept: true, parts: chosen.flatMap(pendingPartsOf) })}
              >
                {t('Accept selected')}
              </Button>
            </Group>
            {requests.map((request) => (
              <RequestCard
                key={request.id}
                request={request}
                selected={selected.includes(request.id)}
                onSelect={(on) =>
                  setSelected(on ? [...selected, request.id] : selected.filter((id) => id !== request.id))
                }
                onAccept={(parts) => setDeciding({ accept: true, parts })}
                onRefuse={(parts) => setDeciding({ accept: false, parts })}
              />
            ))}
          </>
        )}
      </List>
      {parts && deciding?.accept && <AcceptDialog parts={parts} onClose={close} />}
      {parts && !deciding?.accept && <RefuseDialog parts={parts} onClose={close} />}
    </Page>
  )
}
