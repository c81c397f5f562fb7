import type { Config } from '../../platform/config'
import type { Written } from './letter'
import type { Failure } from './rules'

export interface Outgoing extends Written {
  id: string
  address: string
}

/** Hands one mail to the mail server, or says why not. Each waits for an answer for seconds, not for ever. */
export function smtpSender(mail: NonNullable<Config['mail']>, baseUrl: string): (mail: Outgoing) => Promise<void> {
  const transport = openTransport(mail.url)
  const host = new URL(baseUrl).hostname
  return async ({ id, address, subject, text, html }) => {
    await (await transport).sendMail({
      from: mail.from,
      // As an object it is one address, whatever is in it.
      to: { name: '', address },
      subject,
      text,
      html,
      // The same each time, so that a mail that was sent twice can be recognized.
      messageId: `<${id}@${host}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    })
  }
}

/** A site without mail does not load what sends it. */
async function openTransport(url: string) {
  const { createTransport } = await import('nodemailer')
  const options = {
    url,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    dnsTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
  return createTransport(options as Parameters<typeof createTransport>[0])
}

interface SmtpError extends Error {
  command?: string
  responseCode?: number
  response?: string
}

/** Only a recipient that the server refuses for good is given up at once; anything else may be set right in time. */
export function failureOf(error: unknown): Failure {
  const { command, responseCode, response, message } = error as SmtpError
  const permanent = command === 'RCPT TO' && responseCode !== undefined && responseCode >= 500
  return { reason: (response ?? message).replace(/\s+/g, ' ').slice(0, 500), permanent }
}
