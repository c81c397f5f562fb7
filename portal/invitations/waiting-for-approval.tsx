import { Button, Group, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { personName } from '../../src/platform/input/names'
import { message, t } from '../../src/platform/messages/t'
import { loadedRows } from '../query-client'
import { type Column, DataTable } from '../ui/data-table'
import { Detail } from '../ui/detail'
import { ConfirmDialog } from '../ui/dialog'
import { EmailAddress } from '../ui/email-address'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import { Section } from '../ui/page'
import { SmallButton } from '../ui/small-button'
import { toast } from '../ui/toast'
import { useSnapshot } from '../ui/use-snapshot'
import { acceptancesQuery, useApproveAcceptance, useDeclineAcceptance, type WaitingAcceptance } from './queries'

interface Deciding {
  acceptance: WaitingAcceptance
  approve: boolean
}

/** People who accepted an invitation and need approval. Shows nothing when there are none. */
export function WaitingForApproval(props: { organization: Organization }) {
  const { organization } = props
  const [deciding, setDeciding] = useState<Deciding | null>(null)
  const query = useInfiniteQuery({
    ...acceptancesQuery({ organizationId: organization.id, state: 'awaiting_approval' }),
    enabled: organization.mine?.admin === true,
  })
  const waiting = loadedRows(query.data)
  // The current data of the person, if they are still waiting.
  const current = waiting.find(({ id }) => id === deciding?.acceptance.id) ?? deciding?.acceptance
  return (
    <>
      {waiting.length > 0 && (
        <Section title={t('Waiting for approval')}>
          <DataTable
            label={t('Waiting for approval')}
            columns={columns}
            rows={waiting}
            actions={(acceptance) => (
              <Group gap="xs" wrap="nowrap" display="inline-flex">
                <Button size="xs" onClick={() => setDeciding({ acceptance, approve: true })}>
                  {t('Approve')}
                </Button>
                <SmallButton onClick={() => setDeciding({ acceptance, approve: false })}>{t('Decline')}</SmallButton>
              </Group>
            )}
          />
          {query.hasNextPage && <Text c="dimmed">{t('More people are waiting. They appear here as you decide.')}</Text>}
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

const columns: Column<WaitingAcceptance>[] = [
  { header: t('Name'), cell: (acceptance) => <Who acceptance={acceptance} /> },
  {
    header: t('Invitation'),
    cell: ({ note, grantsAdmin }) =>
      grantsAdmin ? t('{note} (grants admin privileges)', { note: note || t('No note') }) : note || t('No note'),
  },
  { header: t('Accepted'), cell: ({ at }) => <Moment at={at} /> },
]

const removed = message('Was removed on {date}')
const confirmed = message('{address}, confirmed')
const notConfirmed = message('{address}, not confirmed')

function Who(props: { acceptance: WaitingAcceptance }) {
  const { account, addressConfirmed, removedAt } = props.acceptance
  return (
    <>
      <Text fw={600}>{personName(account)}</Text>
      {account.email && (
        <Detail>
          <Message
            text={addressConfirmed ? confirmed : notConfirmed}
            values={{ address: <EmailAddress address={account.email} /> }}
          />
        </Detail>
      )}
      {removedAt && (
        <Text size="sm">
          <Message text={removed} values={{ date: <Moment at={removedAt} as="day" /> }} />
        </Text>
      )}
    </>
  )
}

function DecideDialog(props: Deciding & { organization: Organization; onClose: () => void }) {
  const { approve, organization } = props
  const { seen: acceptance, lookAgain } = useSnapshot(props.acceptance)
  const name = personName(acceptance.account)
  const approval = useApproveAcceptance()
  const decline = useDeclineAcceptance()
  return (
    <ConfirmDialog
      title={approve ? t('Approve {name}?', { name }) : t('Decline {name}?', { name })}
      danger={!approve}
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        const which = { organizationId: organization.id, acceptanceId: acceptance.id }
        await (approve
          ? approval.mutateAsync({ ...which, email: acceptance.account.email ?? '' })
          : decline.mutateAsync(which))
        toast(
          approve
            ? t('{name} is now a member of {organization}.', { name, organization: organization.name })
            : t('{name} was declined.', { name }),
          approve ? 'good' : 'bad',
        )
      }}
    >
      <Who acceptance={acceptance} />
      <Text>
        {!approve
          ? t('{name} won’t become a member. This still counts as a use of the invitation.', { name })
          : acceptance.grantsAdmin
            ? t('{name} becomes a member of {organization}, with admin privileges.', {
                name,
                organization: organization.name,
              })
            : t('{name} becomes a member of {organization}.', { name, organization: organization.name })}
      </Text>
      {approve && acceptance.removedAt && (
        <Text>
          {t('An admin removed {name} from this organization before. Approve them only if they may return.', { name })}
        </Text>
      )}
      {approve && !acceptance.addressConfirmed && (
        <Text>
          {t(
            'This e-mail address is not confirmed, and anyone can register with an address that isn’t theirs. Make sure that this account belongs to the person you mean.',
          )}
        </Text>
      )}
    </ConfirmDialog>
  )
}
