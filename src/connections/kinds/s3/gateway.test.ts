import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { OutboundTrouble } from '../../outbound/outbound-trouble'
import { type GatewayRequest, s3Gateway } from './gateway'

// What only a proxy or a fault makes a gateway answer; the rest is in gateway.service.test.ts, against a real one.

const keys = { accessKey: 'ADMIN', secretKey: 'secret-of-the-administrator' }
const key = { accessKey: 'KEY', secretKey: 'secret-of-the-key' }
const gatewayThat = (request: GatewayRequest) => s3Gateway({ endpoint: 'https://s3.example.org/', keys, request })
const answering = (status: number, text: string, truncated = false) =>
  gatewayThat(async () => ({ status, text, truncated }))

const user = (more = {}) => ({
  ...{ tenant: '', user_id: 'ada', display_name: 'Ada', suspended: 0, keys: [] },
  ...{ user_quota: { enabled: false, max_size: -1, max_objects: -1 }, ...more },
})

const page = '<!doctype html><title>Sign in</title>'
const failures = [
  ['a page with 200', 200, page, 'unexpected_answer'],
  ['half of a document', 200, JSON.stringify(user()).slice(0, 90), 'unexpected_answer'],
  ['an error with 200', 200, '{"Code":"UnknownError"}', 'unexpected_answer'],
  ['another user', 200, JSON.stringify(user({ user_id: 'bob' })), 'unexpected_answer'],
  ['the user of another tenant', 200, JSON.stringify(user({ tenant: 'other' })), 'unexpected_answer'],
  ['a user without a state', 200, JSON.stringify(user({ suspended: undefined })), 'unexpected_answer'],
  ['nothing with 200', 200, '', 'unexpected_answer'],
  ['a redirect', 302, '', 'unexpected_answer'],
  ['a page with 404', 404, page, 'unexpected_answer'],
  ['a missing bucket', 404, '{"Code":"NoSuchBucket"}', 'unexpected_answer'],
  ['a missing user', 404, '{"Code":"NoSuchUser"}', 'not_found'],
  ['a page with 401', 401, page, 'unauthorized'],
  ['a refusal', 403, '{"Code":"AccessDenied"}', 'unauthorized'],
  ['a page with 409', 409, page, 'unexpected_answer'],
  ['a conflict that passes', 409, '{"Code":"ConcurrentModification"}', 'unavailable'],
  ['too many requests', 429, '', 'unavailable'],
  ['a page with 502', 502, page, 'unavailable'],
  ['an error of the gateway', 500, '{"Code":"UnknownError"}', 'unavailable'],
] as const

describe('what is no answer of a gateway is a failure', () => {
  for (const [what, status, body, failure] of failures)
    test(`${what} is ${failure}`, async () => {
      expect(await answering(status, body).findUser('ada')).toMatchObject({ ok: false, failure, status })
    })

  test('a removed key is proved by an empty answer, not by a page with 200 or 404', async () => {
    expect(await answering(200, '').removeKey('ada', 'KEY')).toEqual({ ok: true, value: undefined })
    const unexpected = { ok: false, failure: 'unexpected_answer' }
    expect(await answering(200, page).removeKey('ada', 'KEY')).toMatchObject(unexpected)
    expect(await answering(404, page).removeKey('ada', 'KEY')).toMatchObject(unexpected)
  })

  test('a key is added, a user suspended, only if the answer says so', async () => {
    const unexpected = { ok: false, failure: 'unexpected_answer' }
    const kept = JSON.stringify([{ user: 'ada', access_key: 'KEY', secret_key: 'the one before' }])
    expect(await answering(200, kept).addKey('ada', key)).toMatchObject(unexpected)
    expect(await answering(200, JSON.stringify(user())).setSuspended('ada', true)).toMatchObject(unexpected)
  })

  test('a page of users that goes on, but does not say where, is an unexpected answer', async () => {
    const unexpected = { ok: false, failure: 'unexpected_answer' }
    expect(await answering(200, '{"keys":["ada"],"truncated":"true"}').listUids()).toMatchObject(unexpected)
    const last = { ok: true, value: { uids: ['ada'], next: undefined } }
    expect(await answering(200, '{"keys":["ada"],"truncated":false}').listUids()).toEqual(last)
  })

  test('our own keys that the gateway no longer knows do not look like a key that is gone', async () => {
    const refused = await answering(403, '{"Code":"InvalidAccessKeyId"}').removeKey('ada', 'KEY')
    expect(refused).toEqual({ ok: false, failure: 'unauthorized', status: 403, code: 'InvalidAccessKeyId' })
  })
})

test('an answer that is too long to be read whole is none, even if its beginning looks like one', async () => {
  const failure = { ok: false, failure: 'unexpected_answer' }
  expect(await answering(200, JSON.stringify(user()), true).findUser('ada')).toMatchObject(failure)
})

test('without an answer, the gateway is unavailable, and the guard says why', async () => {
  const failing = gatewayThat(async () => {
    throw new OutboundTrouble('timed_out', 'DETAIL')
  })
  expect(await failing.findUser('ada')).toEqual({ ok: false, failure: 'unavailable', code: 'timed_out' })
})

test('the request is signed', async () => {
  const requests: Parameters<GatewayRequest>[0][] = []
  const gateway = gatewayThat(async (request) => {
    requests.push(request)
    return { status: 302, text: '', truncated: false }
  })
  await gateway.findUser('ada + b')
  const [{ url, headers }] = requests as [Parameters<GatewayRequest>[0]]
  expect(url).toBe('https://s3.example.org/admin/user?uid=ada%20%2B%20b&format=json')
  expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=ADMIN\//)
})

test('neither a failure nor the client shows a secret', async () => {
  const quoting = gatewayThat(async () => {
    throw new OutboundTrouble('refused', 'ECONNREFUSED')
  })
  const quoted = await answering(500, JSON.stringify({ Code: `bad ${key.secretKey}` })).addKey('ada', key)
  const failed = await quoting.addKey('ada', key)
  const shown = inspect([quoted, failed, quoting, await quoting.createUser({ uid: 'ada', displayName: 'Ada' })], {
    depth: 9,
    showHidden: true,
  })
  expect(shown).not.toContain('secret-of')
})
