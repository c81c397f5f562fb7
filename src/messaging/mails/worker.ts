import type { Config } from '../../platform/config'
import type { Database } from '../../platform/db/database'
import type { Keys } from '../../platform/keys'
import { forgetOldTries } from '../../platform/limits/store'
import { RepeatedWork } from '../../platform/repeated-work'
import { openSecret } from './outbox'
import { decideRetry, type Failure } from './rules'
import { failureOf, type Outgoing, smtpSender } from './smtp'
import { type ClaimedMail, claimMails, deleteOldMails, saveFailure, saveSent } from './store'
import { compose } from './templates'

/** How often to look for mails that are due, in ms. Mails that this process wrote are sent at once. */
const interval = 1000
/** How many mails are sent at the same time. */
const atOnce = 5
/** How often old mails are deleted, in ms. */
const tidying = 3600_000

/** The server's log, for failures. Contains ids, never addresses. */
export interface Log {
  info(what: object, text: string): void
  warn(what: object, text: string): void
}

/**
 * Sends the mails in the outbox. It runs beside the requests and shares only the database with them: a mail server that
 * is down, slow or misbehaving delays mails and nothing else.
 */
export class MailWorker {
  private readonly send: (mail: Outgoing) => Promise<void>
  private readonly baseUrl: string
  private readonly loop = new RepeatedWork(interval, () => this.work())
  private tidied = 0

  constructor(
    private readonly db: Database,
    private readonly keys: Keys,
    config: Config & { mail: NonNullable<Config['mail']> },
    private readonly log: Log,
  ) {
    this.baseUrl = config.baseUrl
    this.send = smtpSender(config.mail, config.baseUrl)
  }

  start(): void {
    this.loop.start()
  }

  /** Some mails may be due. Never waits and never fails. */
  wake(): void {
    this.loop.wake()
  }

  /** Finishes the mails in progress. The rest waits for the next start or for another process. */
  async stop(): Promise<void> {
    await this.loop.stop()
  }

  private async work(): Promise<void> {
    try {
      if (Date.now() - this.tidied > tidying) {
        this.tidied = Date.now()
        await deleteOldMails(this.db)
        await forgetOldTries(this.db)
      }
      while (!this.loop.stopped) {
        const mails = await claimMails(this.db, atOnce)
        if (mails.length === 0) return
        await Promise.all(mails.map((mail) => this.attempt(mail)))
      }
    } catch {
      // The database is unavailable. The timer runs again, and claimed mails are free when their claim expires.
    }
  }

  private async attempt(mail: ClaimedMail): Promise<void> {
    const what = { mail: mail.id, template: mail.template, attempts: mail.attempts }
    if (mail.ended) return this.log.warn(what, 'a mail was given up')
    const failure = await this.tryToSend(mail)
    if (!failure) return void (await saveSent(this.db, mail.id))
    const minutes = decideRetry(mail.attempts, failure)
    await saveFailure(this.db, mail, failure.reason, minutes)
    if (minutes === null) this.log.warn(what, 'a mail was given up')
    else this.log.info({ ...what, minutes }, 'a mail could not be sent; it will be tried again')
  }

  private async tryToSend({ id, address, sealed, ...mail }: ClaimedMail): Promise<Failure | undefined> {
    try {
      const secret = sealed && openSecret({ mailId: id, sealed: Buffer.from(sealed, 'base64') }, this.keys)
      const written = compose(mail.template, mail.details, { ...mail, secret, baseUrl: this.baseUrl })
      await this.send({ id, address, ...written })
      return undefined
    } catch (error) {
      return failureOf(error)
    }
  }
}
