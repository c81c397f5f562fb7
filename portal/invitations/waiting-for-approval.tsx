import { Button, Group, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { loadedRows } from '../query-client'
import { type Column, DataTable } from '../ui/data-table'
import { ConfirmDialog } from '../ui/dialog'
import { EmailAddress } from '../ui/email-address'
import { Moment } from '../ui/moment'
import { Section } from '../ui/page'
import { personName } from '../ui/person-name'
import { toast } from '../ui/toast'
import { useSeen } from '../ui/use-seen'
import { acceptancesQuery, useApproveAcceptance, useDeclineAcceptance, type WaitingAcceptance } from './queries'

interface Deciding {
  acceptance: WaitingAcceptance
  approve: boolean
}

/** People who accepted an invitation that needs approval. Nothing is shown while there are none. */
export function WaitingForApproval(props: { organization: Organization }) {
  const { organization } = props
  const [deciding, setDeciding] = useState<Deciding | null>(null)
  const query = useInfiniteQuery({
    ...acceptancesQuery({ organizationId: organization.id, state: 'awaiting_approval' }),
    enabled: organization.mine?.admin === true,
  })
  const waiting = loadedRows(query.data)
  // As it is now, where they wait still.
  const current = waiting.find(({ id }) => id === deciding?.acceptance.id) ?? deciding?.acceptance
  const columns: Column<WaitingAcceptance>[] = [
    { header: 'Name', cell: (acceptance) => <Who acceptance={acceptance} /> },
    {
      header: 'Invitation',
      cell: ({ note, grantsAdmin }) => `${note || 'No note'}${grantsAdmin ? ' (grants admin privileges)' : ''}`,
    },
    { header: 'Accepted', cell: ({ at }) => <Moment at={at} /> },
    {
      header: 'Actions',
      quiet: true,
      align: 'right',
      cell: (acceptance) => (
        <Group gap="xs" wrap="nowrap" display="inline-flex">
          <Button size="xs" onClick={() => setDeciding({ acceptance, approve: true })}>
            Approve
          </Button>
          <Button size="xs" variant="default" onClick={() => setDeciding({ acceptance, approve: false })}>
            Decline
          </Button>
        </Group>
      ),
    },
  ]
  return (
    <>
      {waiting.length > 0 && (
        <Section title="Waiting for approval">
          <DataTable label="Waiting for approval" columns={columns} rows={waiting} />
          {query.hasNextPage && <Text c="dimmed">More people wait; they appear here as you decide.</Text>}
        </Section>
      )}
      {deciding && current && (
        <DecideDialog
          organization={organization}
          acceptance={current}
          approve={deciding.approve}
          onClose={() => setDeciding(null)}
        />
      )}
    </>
  )
}

function Who(props: { acceptance: WaitingAcceptance }) {
  const { account, addressConfirmed } = props.acceptance
  return (
    <>
      <Text fw={600}>{personName(account)}</Text>
      {account.email && (
        <Text size="sm" c="dimmed">
          <EmailAddress address={account.email} />
          {addressConfirmed ? ', confirmed' : ', not confirmed'}
        </Text>
      )}
    </>
  )
}

function DecideDialog(props: Deciding & { organization: Organization; onClose: () => void }) {
  const { approve, organization } = props
  const { seen: acceptance, lookAgain } = useSeen(props.acceptance)
  const name = personName(acceptance.account)
  const approval = useApproveAcceptance()
  const decline = useDeclineAcceptance()
  return (
    <ConfirmDialog
      title={approve ? `Approve ${name}?` : `Decline ${name}?`}
      danger={!approve}
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        const which = { organizationId: organization.id, acceptanceId: acceptance.id }
        await (approve
          ? approval.mutateAsync({ ...which, email: acceptance.account.email ?? '' })
          : decline.mutateAsync(which))
        toast(
          approve ? `${name} is now a member of ${organization.name}.` : `${name} was declined.`,
          approve ? 'good' : 'bad',
        )
      }}
    >
      <Who acceptance={acceptance} />
      <Text>
        {approve
          ? `${name} becomes a member of ${organization.name}${acceptance.grantsAdmin ? ', with admin privileges' : ''}.`
          : `${name} does not get in. The use of the invitation stays spent.`}
      </Text>
      {approve && !acceptance.addressConfirmed && (
        <Text>
          Nobody has confirmed this address, and anybody can register with somebody else’s. Make sure that the account
          belongs to whom you mean.
        </Text>
      )}
    </ConfirmDialog>
  )
}
