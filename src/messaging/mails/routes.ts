import { toPage } from '../../platform/db/page'
import { Problem } from '../../platform/errors'
import { command, done, query, type Route } from '../../platform/http/flow'
import { cancellationSentence } from './cancellations'
import { loadMail, loadMails, saveRetry } from './operator-store'
import { canRetry } from './rules'
import { listMails, retryMail } from './schema'

export const mailRoutes: Route[] = [
  query(listMails, {
    load: ({ db, credential, input }) => loadMails(db, credential, input),
    answer: ({ mails }, { limit }) => {
      const { items, next } = toPage(mails, limit)
      return {
        items: items.map(({ ended, cancelled, ...mail }) => ({
          ...mail,
          lastError: cancelled ? cancellationSentence(cancelled) : mail.lastError,
          can: { retry: canRetry({ ...mail, ended }) },
        })),
        next,
      }
    },
  }),

  command(retryMail, {
    load: ({ db, credential, input }) => loadMail(db, credential, input.mailId),
    decide: ({ actor, mail }, { mailId }) => {
      if (!mail) throw new Problem('mail_not_found')
      if (!canRetry(mail)) throw new Problem('mail_not_retryable')
      return { actor, mailId }
    },
    save: (db, { actor, mailId }) => saveRetry(db, actor, mailId),
    answer: done,
  }),
]
