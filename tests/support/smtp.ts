import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { freePort } from './postgres'

/** A mail server for the tests, on this machine: it accepts everything and delivers nothing. */
export interface Catcher {
  /** The value for `SMTP_URL`. */
  url: string
  /** Received mails, in order. */
  mails: ParsedMail[]
  /** Waits for the next mail to an address that no earlier call has returned. */
  mailTo(address: string): Promise<ParsedMail>
  /** Rejects this recipient permanently from now on. */
  refuse(address: string): void
  accept(address: string): void
  /** Refuses connections from now on. */
  goAway(): Promise<void>
  comeBack(): Promise<void>
  close(): Promise<void>
}

export const mailFrom = 'Guildhall <portal@guildhall.test>'

export const addressOf = (mail: ParsedMail): string => [mail.to].flat()[0]?.value[0]?.address ?? ''

export async function openCatcher(): Promise<Catcher> {
  const port = await freePort()
  const mails: ParsedMail[] = []
  const taken = new Set<ParsedMail>()
  const refused = new Set<string>()
  let arrived = () => {}
  let next = new Promise<void>((resolve) => {
    arrived = resolve
  })

  const listen = () =>
    new Promise<SMTPServer>((resolve) => {
      const server = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS'],
        onRcptTo: ({ address }, _session, callback) =>
          callback(
            refused.has(address) ? Object.assign(new Error('No such mailbox here'), { responseCode: 550 }) : null,
          ),
        onData: (stream, _session, callback) => {
          simpleParser(stream).then((mail) => {
            mails.push(mail)
            const notify = arrived
            next = new Promise<void>((renewed) => {
              arrived = renewed
            })
            notify()
            callback()
          }, callback)
        },
      })
      server.listen(port, '127.0.0.1', () => resolve(server))
    })
  const end = (server: SMTPServer) => new Promise<void>((resolve) => server.close(() => resolve()))

  let server = await listen()
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    async mailTo(address) {
      for (;;) {
        const found = mails.find((mail) => addressOf(mail) === address && !taken.has(mail))
        if (found) {
          taken.add(found)
          return found
        }
        await next
      }
    },
    refuse: (address) => void refused.add(address),
    accept: (address) => void refused.delete(address),
    goAway: () => end(server),
    async comeBack() {
      server = await listen()
    },
    close: () => end(server),
  }
}
