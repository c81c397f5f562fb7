import { Button, Group, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { loadedRows } from '../../query-client'
import { List } from '../../ui/list'
import { Page } from '../../ui/page'
import { counted } from '../../ui/person-name'
import { Empty } from '../../ui/states'
import { pendingRequestsQuery } from '../queries'
import { AcceptDialog } from './accept-dialog'
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
  // What somebody else has decided meanwhile is no longer selected.
  const chosen = loadedRows(query.data).filter(({ id }) => selected.includes(id))
  const close = () => setDeciding(null)
  // As they are now, where they wait still.
  const current = loadedRows(query.data).flatMap(pendingPartsOf)
  const parts = deciding?.parts.map(
    (one) => current.find(({ request, part }) => request.id === one.request.id && part.kind === one.part.kind) ?? one,
  )
  return (
    <Page title="Role requests" lead="What organizations ask for. The longest waiting comes first.">
      <List query={query} empty={<Empty title="Nothing waits for a decision." />}>
        {(requests) => (
          <>
            <Group justify="space-between">
              <Text c="dimmed" role="status">
                {chosen.length > 0
                  ? `${counted(chosen.length, 'request')} selected`
                  : 'Select several to accept them at once.'}
              </Text>
              <Button
                disabled={chosen.length === 0}
                onClick={() => setDeciding({ accept: true, parts: chosen.flatMap(pendingPartsOf) })}
              >
                Accept selected
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
