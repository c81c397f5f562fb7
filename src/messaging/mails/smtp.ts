import type { Config } from '../../platform/config'
import type { Written } from './letter'
import type { Failure } from './rules'

export interface Outgoing extends Written {
  id: string
  address: string
}

/** Passes one mail to the mail server, or returns the failure. Every wait has a timeout of some seconds. */
export function smtpSender(mail: NonNullable<Config['mail']>, baseUrl: string): (mail: Outgoing) => Promise<void> {
  const transport = openTransport(mail.url)
  const host = new URL(baseUrl).hostname
  return async ({ id, address, subject, text, html }) => {
    await (await transport).sendMail({
      from: mail.from,
      // As an object it is exactly one address, whatever it contains.
      to: { name: '', address },
      subject,
      text,
      html,
      // The same for each attempt, so that duplicates of a mail can be recognized.
      messageId: `<${id}@${host}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    })
  }
}

/** A site without mail does not load the mail library. */
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

/**
 * A mail is given up immediately only if the server permanently rejects the recipient. Other failures may be resolved
 * by a retry.
 */
export function failureOf(error: unknown): Failure {
  const { command, responseCode, response, message } = error as SmtpError
  const permanent = command === 'RCPT TO' && responseCode !== undefined && responseCode >= 500
  return { reason: (response ?? message).replace(/\s+/g, ' ').slice(0, 500), permanent }
}
