import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { newWebhookSecret, webhookHeaders } from './webhook-signature'

const message = () => ({ id: 'msg_2b-7', at: new Date(), body: '{"type":"access.changed","name":"Zoë"}' })

test('a message is verified by the library of Standard Webhooks', () => {
  const secret = newWebhookSecret()
  const sent = message()
  const headers = webhookHeaders(sent, [secret])
  expect(headers['webhook-signature']).toBe(new Webhook(secret).sign(sent.id, sent.at, sent.body))
  expect(new Webhook(secret).verify(sent.body, headers)).toEqual(JSON.parse(sent.body))
})

test('while a secret is rotated, a message is verified with the old one and with the new one', () => {
  const [old, young, foreign] = [newWebhookSecret(), newWebhookSecret(), newWebhookSecret()]
  const sent = message()
  const headers = webhookHeaders(sent, [young, old])
  expect(headers['webhook-signature']).toMatch(/^v1,\S{44} v1,\S{44}$/)
  for (const secret of [old, young]) expect(new Webhook(secret).verify(sent.body, headers)).toBeTruthy()
  expect(() => new Webhook(foreign).verify(sent.body, headers)).toThrow('No matching signature found')
})

test.each<[string, (headers: Record<string, string>) => [body: string, headers: Record<string, string>]]>([
  ['another body', (headers) => [message().body.replace('Zoë', 'Zoe'), headers]],
  ['another id', (headers) => [message().body, { ...headers, 'webhook-id': 'msg_2b-8' }]],
  [
    'another time',
    (headers) => [
      message().body,
      { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) },
    ],
  ],
])('a signature is not one of %s', (_, changed) => {
  const secret = newWebhookSecret()
  const [body, headers] = changed(webhookHeaders(message(), [secret]))
  expect(() => new Webhook(secret).verify(body, headers)).toThrow('No matching signature found')
})

test('a message of yesterday is too old', () => {
  const secret = newWebhookSecret()
  const sent = { ...message(), at: new Date(Date.now() - 86_400_000) }
  expect(() => new Webhook(secret).verify(sent.body, webhookHeaders(sent, [secret]))).toThrow('too old')
})

test('secrets are 32 random bytes', () => {
  const secrets = Array.from({ length: 100 }, newWebhookSecret)
  expect(new Set(secrets).size).toBe(100)
  for (const secret of secrets) expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
})

test.each([
  ['', 'is no secret'],
  ['whsec_', 'is no secret'],
  [newWebhookSecret().slice('whsec_'.length), 'is no secret'],
  [`whsec_${Buffer.alloc(31).toString('base64')}`, 'is no secret'],
  [`${newWebhookSecret()} `, 'is no secret'],
  [newWebhookSecret().replace('=', ''), 'is no secret'],
])('nothing is signed with “%s”', (secret, sentence) => {
  expect(() => webhookHeaders(message(), [secret])).toThrow(sentence)
})

test('nothing is signed without a secret, or with an id that could be read in two ways', () => {
  expect(() => webhookHeaders(message(), [])).toThrow('at least one secret')
  for (const id of ['', 'a.b', 'a b', 'a\n'])
    expect(() => webhookHeaders({ ...message(), id }, [newWebhookSecret()])).toThrow('the id of a webhook message')
})
