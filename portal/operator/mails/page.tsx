import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Mail, MailState } from '../../../src/messaging/mails/schema'
import { useMe } from '../../session'
import { Callout } from '../../ui/callout'
import { type Column, DataTable } from '../../ui/data-table'
import { EmailAddress } from '../../ui/email-address'
import { Choice, FilterBar } from '../../ui/filters'
import { List } from '../../ui/list'
import { Moment } from '../../ui/moment'
import { Page } from '../../ui/page'
import { Badge } from '../../ui/state-badge'
import { Empty } from '../../ui/states'
import { toast } from '../../ui/toast'
import { useFilters } from '../../ui/use-filters'
import { mailsQuery, useRetryMail } from '../queries'

const states: { value: MailState; label: string }[] = [
  { value: 'waiting', label: 'Waiting' },
  { value: 'given_up', label: 'Given up' },
  { value: 'sent', label: 'Sent' },
]

/** What became of the site's mails. Sending them is no event, so this page looks again by itself. */
export function OperatorMailsPage() {
  const { mail: configured } = useMe()
  const [filters, change] = useFilters<{ q?: string; state?: MailState }>()
  const query = useInfiniteQuery({ ...mailsQuery({ q: filters.q, state: filters.state }), refetchInterval: 5000 })
  const retry = useRetryMail()
  const tryAgain = (mail: Mail) =>
    retry.mutate(
      { mailId: mail.id },
      { onSuccess: () => toast('It is tried again now.'), onError: (refusal) => toast(refusal.message, 'bad') },
    )
  return (
    <Page title="Mails" lead="What this site sends, newest first. Failed ones are tried for two days.">
      {!configured && (
        <Callout title="This site sends no mail">
          No mail server is set. People hand invitation codes over themselves, and ask an operator for a one-time link.
          To send mail, set SMTP_URL and MAIL_FROM and start the server again.
        </Callout>
      )}
      <FilterBar filters={filters} onChange={change}>
        <Choice
          label="State"
          all="All"
          options={states}
          value={filters.state}
          onChange={(state) => change({ state })}
        />
      </FilterBar>
      <List
        query={query}
        empty={<Empty title="No mails">None was written that fits. Sent ones are kept for 30 days.</Empty>}
      >
        {(mails, stale) => <DataTable label="Mails" columns={columns(tryAgain)} rows={mails} stale={stale} />}
      </List>
    </Page>
  )
}

const subjects: Record<string, string> = {
  confirm_address: 'Confirm an address',
  address_in_use: 'Address has an account',
  reset_password: 'New password',
  password_changed: 'Password was changed',
  address_changed: 'Address was changed',
  second_factor_changed: 'Two-factor was changed',
  new_sign_in_method: 'New way to sign in',
  account_disabled: 'Account was disabled',
  account_deleted: 'Account was deleted',
  invitation: 'Invitation',
  notification: 'Notification',
}

const columns = (onRetry: (mail: Mail) => void): Column<Mail>[] => [
  {
    header: 'To',
    cell: ({ address, template }) => (
      <>
        <EmailAddress address={address} />
        <Text size="sm" c="dimmed">
          {subjects[template] ?? template}
        </Text>
      </>
    ),
  },
  { header: 'State', cell: (mail) => <MailStateCell mail={mail} /> },
  {
    header: 'Reason',
    cell: ({ lastError, attempts }) =>
      lastError && (
        <>
          {lastError}
          <Text size="sm" c="dimmed">
            {attempts === 0 ? 'Not tried' : attempts === 1 ? 'Tried once' : `Tried ${attempts} times`}
          </Text>
        </>
      ),
  },
  { header: 'Written', cell: ({ createdAt }) => <Moment at={createdAt} /> },
  {
    header: 'Actions',
    quiet: true,
    align: 'right',
    cell: (mail) =>
      mail.can.retry &&
      mail.lastError && (
        <Button variant="default" size="xs" onClick={() => onRetry(mail)}>
          Retry
        </Button>
      ),
  },
]

const tones = { waiting: 'amber', given_up: 'red', sent: 'green' } as const

function MailStateCell({ mail }: { mail: Mail }) {
  return (
    <>
      <Badge tone={tones[mail.state]}>{states.find(({ value }) => value === mail.state)!.label}</Badge>
      {mail.lastError && mail.nextAttemptAt && (
        <Text size="sm" c="dimmed">
          Next try <Moment at={mail.nextAttemptAt} />
        </Text>
      )}
    </>
  )
}
