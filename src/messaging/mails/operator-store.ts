import { loadFacts } from '../../platform/access/actor'
import type { Operator } from '../../platform/access/admit'
import type { Credential } from '../../platform/access/credential'
import { operatorFirst } from '../../platform/access/operator'
import type { Database } from '../../platform/db/database'
import { type LoadedPage, newestFirst, pageAfter } from '../../platform/db/page'
import { asRead, matchesText } from '../../platform/db/search'
import { columns } from '../../platform/db/select-list'
import { nothing, one, type Sql, sql } from '../../platform/db/sql'
import type { CheckedInputOf } from '../../platform/http/endpoint'
import { recordingEvent } from '../events/recording'
import type { MailCancellation } from './cancellations'
import type { listMails, Mail, MailState } from './schema'
import { ended } from './store'

const inState: Record<MailState, Sql> = {
  waiting: sql`m.sent_at is null and m.given_up_at is null`,
  given_up: sql`m.given_up_at is not null`,
  sent: sql`m.sent_at is not null`,
}
const state: Sql = sql`case when m.sent_at is not null then 'sent' when m.given_up_at is not null then 'given_up' else 'waiting' end`

/** `ended`: whether the purpose of the mail has ended. */
type ListedMail = Omit<Mail, 'can'> & { ended: boolean; cancelled: MailCancellation | null }

const mailColumns = columns<ListedMail>({
  id: sql`m.id`,
  address: sql`m.address`,
  template: sql`m.template`,
  state,
  createdAt: sql`m.created_at`,
  attempts: sql`m.attempts`,
  nextAttemptAt: sql`case when ${inState.waiting} then m.next_attempt_at end`,
  endedAt: sql`coalesce(m.sent_at, m.given_up_at)`,
  lastError: sql`m.last_error`,
  cancelled: sql`m.cancelled`,
  ended: sql`m.sent_at is null and ${ended} is not null`,
})

export const loadMails = (
  db: Database,
  credential: Credential,
  { q, limit, cursor, state: stateFilter }: CheckedInputOf<typeof listMails>,
) => {
  const page = pageAfter(newestFirst(sql`m.created_at`, sql`m.id`), cursor, limit)
  return loadFacts<{ mails: LoadedPage<ListedMail> }>(db, credential, {
    mails: page.of(
      mailColumns,
      sql`
      from mails m
      where true ${stateFilter ? sql`and ${inState[stateFilter]}` : nothing} ${q ? sql`and ${matchesText(asRead(sql`m.address`), q)}` : nothing} ${page.where}
      ${page.orderAndLimit}`,
    ),
  })
}

export const loadMail = (db: Database, credential: Credential, mailId: string) =>
  loadFacts<{ mail: Pick<ListedMail, 'state' | 'template' | 'ended'> | null }>(db, credential, {
    mail: one(
      sql`select ${state} as state, m.template, ${ended} is not null as ended from mails m where m.id = ${mailId}`,
    ),
  })

/**
 * Resets a mail as if it were new. A mail that a process is sending right now keeps its claim; it is retried only if
 * that attempt fails.
 */
export const saveRetry = (db: Database, operator: Operator, mailId: string) =>
  db.first<{ id: string }>(sql`
    with ${operatorFirst(operator.id)}, retried as (
      update mails m set given_up_at = null, cancelled = null, next_attempt_at = now(), attempts = case when given_up_at is null then attempts else 0 end
      from operator where m.id = ${mailId} and m.sent_at is null
      returning m.id
    ), ${recordingEvent({ kind: 'mail_retried', actor: operator, details: { mailId } }, sql`retried`)}
    select id from retried`)
