import { useInfiniteQuery } from '@tanstack/react-query'
import type { Mail, MailState } from '../../../src/messaging/mails/schema'
import { formatMessage } from '../../../src/platform/messages/format-message'
import { t } from '../../../src/platform/messages/t'
import { useMe } from '../../session'
import { Callout } from '../../ui/callout'
import { type Column, DataTable } from '../../ui/data-table'
import { Detail } from '../../ui/detail'
import { EmailAddress } from '../../ui/email-address'
import { Choice, FilterBar } from '../../ui/filters'
import { List } from '../../ui/list'
import { Message } from '../../ui/message'
import { Moment } from '../../ui/moment'
import { Page } from '../../ui/page'
import { SmallButton } from '../../ui/small-button'
import { Badge } from '../../ui/state-badge'
import { Empty } from '../../ui/states'
import { toast } from '../../ui/toast'
import { useFilters } from '../../ui/use-filters'
import { mailsQuery, useRetryMail } from './queries'

const states = [
  { value: 'waiting', label: t('Waiting'), tone: 'amber' },
  { value: 'given_up', label: t('Failed'), tone: 'red' },
  { value: 'sent', label: t('Sent'), tone: 'green' },
] as const

/** The site’s mails and their delivery. Sending a mail is not an event, so this page polls. */
export function OperatorMailsPage() {
  const { mail: configured } = useMe()
  const [filters, change] = useFilters<{ q?: string; state?: MailState }>()
  const query = useInfiniteQuery({ ...mailsQuery({ q: filters.q, state: filters.state }), refetchInterval: 5000 })
  const retry = useRetryMail()
  const tryAgain = (mail: Mail) =>
    retry.mutate(
      { mailId: mail.id },
      { onSuccess: () => toast(t('Retrying delivery.')), onError: (refusal) => toast(refusal.message, 'bad') },
    )
  return (
    <Page title={t('E-mails')} lead={t('E-mails sent by this site, newest first. Delivery is retried for two days.')}>
      {!configured && (
        <Callout title={t('E-mail is not configured')}>
          {t(
            'Without a mail server, people share invitation codes themselves and ask an operator for a one-time link. To send e-mail, set SMTP_URL and MAIL_FROM and restart the server.',
          )}
        </Callout>
      )}
      <FilterBar filters={filters} onChange={change}>
        <Choice
          label={t('State')}
          all={t('All states')}
          options={states}
          value={filters.state}
          onChange={(state) => change({ state })}
        />
      </FilterBar>
      <List
        query={query}
        empty={
          <Empty title={t('No e-mails found')}>
            {t('No e-mails match these filters. Sent e-mails are kept for 30 days.')}
          </Empty>
        }
      >
        {(mails, stale) => (
          <DataTable
            label={t('E-mails')}
            columns={columns}
            rows={mails}
            actions={(mail) =>
              mail.can.retry && mail.lastError && <SmallButton onClick={() => tryAgain(mail)}>{t('Retry')}</SmallButton>
            }
            stale={stale}
          />
        )}
      </List>
    </Page>
  )
}

const subjects: Record<string, string> = {
  confirm_address: t('Address confirmation'),
  address_in_use: t('Address already registered'),
  reset_password: t('Password reset'),
  password_changed: t('Password changed'),
  address_changed: t('E-mail address changed'),
  second_factor_changed: t('Two-factor authentication changed'),
  new_sign_in_method: t('Sign-in method added'),
  account_disabled: t('Account disabled'),
  account_deleted: t('Account deleted'),
  invitation: t('Invitation'),
  notification: t('Notification'),
}

const columns: Column<Mail>[] = [
  {
    header: t('To'),
    cell: ({ address, template }) => (
      <>
        <EmailAddress address={address} />
        <Detail>{subjects[template] ?? template}</Detail>
      </>
    ),
  },
  { header: t('State'), cell: (mail) => <MailStateCell mail={mail} /> },
  {
    header: t('Error'),
    cell: ({ lastError, attempts }) =>
      lastError && (
        <>
          {lastError}
          <Detail>
            {formatMessage('{attempts, plural, =0 {Not tried} one {Tried once} other {Tried # times}}', { attempts })}
          </Detail>
        </>
      ),
  },
  { header: t('Created'), cell: ({ createdAt }) => <Moment at={createdAt} /> },
]

function MailStateCell({ mail }: { mail: Mail }) {
  const { tone, label } = states.find(({ value }) => value === mail.state)!
  return (
    <>
      <Badge tone={tone}>{label}</Badge>
      {mail.lastError && mail.nextAttemptAt && (
        <Detail>
          <Message text="Next attempt {when}" values={{ when: <Moment at={mail.nextAttemptAt} /> }} />
        </Detail>
      )}
    </>
  )
}
