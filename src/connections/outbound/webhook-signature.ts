import { createHmac, randomBytes } from 'node:crypto'

// Standard Webhooks: https://www.standardwebhooks.com

const prefix = 'whsec_'
const secretBytes = 32

export interface WebhookMessage {
  /** The same on every attempt, so that the receiver knows a message that it had already. */
  id: string
  /** When this attempt is made: receivers refuse what is older than a few minutes. */
  at: Date
  body: string
}

export const newWebhookSecret = (): string => prefix + randomBytes(secretBytes).toString('base64')

/**
 * The headers of one attempt. While a secret is rotated there are two, and a signature with each: the receiver accepts
 * the message if it knows one of them.
 */
export function webhookHeaders({ id, at, body }: WebhookMessage, secrets: string[]): Record<string, string> {
  // A dot separates the parts of what is signed. One in the id would make two messages sign alike.
  if (!/^[\w-]+$/.test(id)) throw new Error('the id of a webhook message has letters, digits, - and _ only')
  if (secrets.length === 0) throw new Error('a webhook message is signed with at least one secret')
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const signed = `${id}.${timestamp}.${body}`
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', keyOf(secret)).update(signed).digest('base64')}`,
  )
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

/** `Buffer` skips what is not base64, and a short key signs as well as a long one: both are noticed here. */
function keyOf(secret: string): Buffer {
  const text = secret.slice(prefix.length)
  const key = Buffer.from(text, 'base64')
  if (!secret.startsWith(prefix) || key.length !== secretBytes || key.toString('base64') !== text)
    throw new Error('this is no secret of a webhook')
  return key
}
