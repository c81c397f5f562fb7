import type { RequestListener } from 'node:http'
import { Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { selfSigned } from '../../../tests/support/certificate'
import {
  allowedHost,
  dripping,
  forbiddenHost,
  hanging,
  httpReceiver,
  httpsReceiver,
  plainReceiver,
  type Receiver,
  watchedDial,
} from '../../../tests/support/receivers'
import { createOutbound, type OutboundOptions, type OutboundRequest } from './outbound'

const open: Receiver[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((receiver) => receiver.close()))
})

async function opened<R extends Receiver>(opening: Promise<R>): Promise<R> {
  const receiver = await opening
  open.push(receiver)
  return receiver
}
const answering = (listener: RequestListener) => opened(httpReceiver(listener))
/** Says this, whatever it is asked, and ends the connection. */
const saying = (text: string) => opened(plainReceiver((socket) => socket.once('data', () => socket.end(text))))

const options: OutboundOptions = { allowed: [allowedHost!], lookup: async () => [allowedHost!] }
const send = (receiver: Receiver, request: Partial<OutboundRequest> = {}, more: Partial<OutboundOptions> = {}) =>
  createOutbound({ ...options, ...more })({ url: `http://receiver.test:${receiver.port}/`, ...request })

describe('an answer', () => {
  test.each([200, 204, 301, 302, 307, 404, 409, 500, 503])('with status %i is one', async (status) => {
    const receiver = await answering((_, response) => response.writeHead(status, { location: '/other' }).end())
    expect(await send(receiver)).toMatchObject({ status, headers: { location: '/other' }, text: '', truncated: false })
    expect(receiver.connections()).toBe(1)
  })

  test('of HTML is text', async () => {
    const html = '<!doctype html><h1>502 Bad Gateway — nginx</h1>'
    const receiver = await answering((_, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end(html),
    )
    const answer = await send(receiver)
    expect(answer).toMatchObject({ status: 502, headers: { 'content-type': 'text/html' }, text: html })
    expect(answer.ms).toBeGreaterThanOrEqual(0)
  })

  test('is to what was sent', async () => {
    const receiver = await answering(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      const { host, connection, 'x-key': key, 'user-agent': agent } = request.headers
      response.end(JSON.stringify([request.method, request.url, host, connection, key, agent, body]))
    })
    const sent = { method: 'PUT', headers: { 'x-key': 'k' }, body: 'Zoë €' } as const
    const answer = await send(receiver, { url: `http://receiver.test:${receiver.port}/a%20b?c=d#e`, ...sent })
    const expected = ['PUT', '/a%20b?c=d', `receiver.test:${receiver.port}`, 'close', 'k', 'Guildhall', 'Zoë €']
    expect(JSON.parse((answer as { text: string }).text)).toEqual(expected)
  })

  test('of 10 MB is cut, and the connection ended', async () => {
    const receiver = await answering((_, response) => response.end('x'.repeat(10_000_000)))
    expect(await send(receiver)).toMatchObject({ status: 200, text: 'x'.repeat(16_384), truncated: true })
    await receiver.idle()
  })

  test.each([
    ['x'.repeat(16_383), 16_383, false],
    ['x'.repeat(16_384), 16_384, false],
    ['x'.repeat(16_385), 16_384, true],
    // What remains of the last character is left out.
    ['€'.repeat(5_462), 5_461, true],
  ])('of a certain length is cut where it is too long: %#', async (text, length, truncated) => {
    const receiver = await answering((_, response) => response.end(text))
    expect(await send(receiver)).toMatchObject({ text: text.slice(0, length), truncated })
  })

  test('that is compressed is not unpacked', async () => {
    const packed = gzipSync('x'.repeat(10_000_000))
    const receiver = await answering((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed),
    )
    const answer = await send(receiver)
    expect(answer).toMatchObject({ status: 200 })
    expect((answer as { text: string }).text).not.toContain('xxxx')
  })

  test('comes over a connection of its own', async () => {
    const receiver = await answering((_, response) => response.writeHead(200, { connection: 'keep-alive' }).end('ok'))
    const both = createOutbound(options)
    for (const count of [1, 2]) {
      expect(await both({ url: `http://receiver.test:${receiver.port}/` })).toMatchObject({ status: 200 })
      expect(receiver.connections()).toBe(count)
      await receiver.idle()
    }
  })
})

describe('no answer', () => {
  test.each([
    ['that is not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['with half of a body', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'],
    ['with half of a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\nhalf'],
    ['whose headers are endless', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`],
    ['with two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 4\r\ncontent-length: 5\r\n\r\nhere'],
  ])('but something %s', async (_, text) => {
    const receiver = await saying(text)
    expect(await send(receiver)).toMatchObject({ code: 'broken_answer' })
    await receiver.idle()
    expect(receiver.connections()).toBe(1)
  })

  test.each<[string, (socket: Socket) => void]>([
    ['at once', (socket) => socket.end()],
    ['with a reset', (socket) => socket.resetAndDestroy()],
    ['after the request', (socket) => socket.once('data', () => socket.end())],
    ['within the headers', (socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nx: '))],
  ])('because the connection ends %s', async (_, onConnection) => {
    const receiver = await opened(plainReceiver(onConnection))
    expect(await send(receiver)).toMatchObject({ code: 'closed' })
    // Nothing is sent twice.
    expect(receiver.connections()).toBe(1)
  })

  test('because the port is closed; the address stays unknown', async () => {
    const receiver = await answering((_, response) => response.end())
    await open.pop()!.close()
    const failure = await send(receiver)
    expect(failure).toEqual({ code: 'refused', detail: 'ECONNREFUSED', ms: failure.ms })
  })

  test.each([
    ['name_not_found', 'ENOTFOUND'],
    ['lookup_failed', 'EAI_AGAIN'],
  ])('because of the resolver: %s', async (code, detail) => {
    const lookup = () => Promise.reject(Object.assign(new Error(`getaddrinfo ${detail} 10.0.0.1`), { code: detail }))
    expect(await createOutbound({ ...options, lookup })({ url: 'https://receiver.test/' })).toMatchObject({
      code,
      detail,
    })
  })

  test('because a name has no address', async () => {
    const nowhere = createOutbound({ ...options, lookup: async () => [] })
    expect(await nowhere({ url: 'https://receiver.test/' })).toMatchObject({ code: 'name_not_found' })
  })

  test('because a header cannot be sent', async () => {
    const receiver = await answering((_, response) => response.end())
    const headers = { 'x-key': 'a\r\nhost: inside' }
    expect(await send(receiver, { headers })).toMatchObject({ code: 'invalid_request' })
  })
})

describe('the deadline', () => {
  const deadline = 200

  test.each<[string, RequestListener]>([
    ['never answers', hanging],
    ['sends a byte now and then', dripping],
  ])('ends a request to a receiver that %s', async (_, listener) => {
    const receiver = await answering(listener)
    expect(await send(receiver, { deadline })).toMatchObject({ code: 'timed_out' })
    await receiver.idle()
  })

  test('covers the look-up', async () => {
    const slow = createOutbound({ ...options, lookup: () => new Promise(() => undefined) })
    const failure = await slow({ url: 'https://receiver.test/', deadline })
    expect(failure).toMatchObject({ code: 'timed_out' })
    expect(failure.ms).toBeLessThan(2_000)
  })

  test('covers the connection', async () => {
    const stuck = createOutbound({ ...options, dial: () => new Socket() })
    expect(await stuck({ url: 'https://receiver.test/', deadline })).toMatchObject({ code: 'timed_out' })
  })

  test('covers the encryption', async () => {
    const receiver = await opened(plainReceiver(() => undefined))
    const url = `https://receiver.test:${receiver.port}/`
    expect(await send(receiver, { url, deadline })).toMatchObject({ code: 'timed_out' })
    await receiver.idle()
  })

  test('can be the caller’s, who can also cancel', async () => {
    const receiver = await answering(hanging)
    expect(await send(receiver, { signal: AbortSignal.timeout(deadline) })).toMatchObject({ code: 'timed_out' })
    const controller = new AbortController()
    const sent = send(receiver, { signal: controller.signal })
    controller.abort()
    expect(await sent).toMatchObject({ code: 'cancelled' })
    const { connections } = receiver
    const before = connections()
    expect(await send(receiver, { signal: AbortSignal.abort() })).toMatchObject({ code: 'cancelled' })
    expect(connections()).toBe(before)
  })
})

describe('a connection', () => {
  test('goes to the next address where one does not answer', async () => {
    const receiver = await answering((_, response) => response.end('ok'))
    const several = {
      allowed: ['127.0.0.2/31', '127.0.0.4'],
      lookup: async () => ['127.0.0.3', '127.0.0.4', allowedHost!],
    }
    expect(await send(receiver, {}, several)).toMatchObject({ status: 200, text: 'ok' })
    const stuckFirst = {
      ...several,
      dial: ({ host, port }: { host: string; port: number }) =>
        host === allowedHost ? new Socket().connect(port, host) : new Socket(),
    }
    expect(await send(receiver, { deadline: 900 }, stuckFirst)).toMatchObject({ status: 200, text: 'ok' })
  })

  test('that arrived elsewhere is sent nothing', async () => {
    const inside = await opened(plainReceiver((socket) => socket.once('data', () => socket.end()), forbiddenHost))
    const dial = ({ port }: { port: number }) => new Socket().connect(port, forbiddenHost)
    for (const scheme of ['http', 'https']) {
      const url = `${scheme}://receiver.test:${inside.port}/`
      expect(await send(inside, { url }, { dial })).toMatchObject({ code: 'address_forbidden', detail: 'connected' })
    }
    await inside.idle()
    expect(inside.received()).toBe('')
  })

  test('to a public address is made over https, and to nothing else where one address is public', async () => {
    const inside = await opened(plainReceiver(() => undefined, forbiddenHost))
    const { dialled, dial } = watchedDial(inside.port)
    const lookup = async () => ['1.1.1.1']
    const mixed = async () => [allowedHost!, '1.1.1.1']
    // What is dialled is as far as a test can go. The connection ends inside, and so is found out.
    const url = 'https://public.test/'
    expect(await send(inside, { url }, { dial, lookup })).toMatchObject({
      code: 'address_forbidden',
      detail: 'connected',
    })
    expect(dialled).toEqual(['1.1.1.1'])
    expect(await send(inside, {}, { dial, lookup })).toMatchObject({ code: 'https_required' })
    expect(await send(inside, {}, { dial, lookup: mixed })).toMatchObject({ code: 'https_required' })
    expect(dialled).toEqual(['1.1.1.1'])
    expect(inside.received()).toBe('')
  })
})

describe('encryption', () => {
  const day = 86_400_000

  async function over(identity = selfSigned('receiver.test'), trusted = [identity.cert], host = 'receiver.test') {
    const receiver = await opened(httpsReceiver(identity, (_, response) => response.end('encrypted')))
    return send(receiver, { url: `https://${host}:${receiver.port}/` }, { authorities: trusted })
  }

  test('is used with a certificate that is trusted', async () => {
    expect(await over()).toMatchObject({ status: 200, text: 'encrypted' })
    const forAddress = selfSigned(allowedHost!)
    expect(await over(forAddress, [forAddress.cert], allowedHost)).toMatchObject({ status: 200, text: 'encrypted' })
    expect(await over(undefined, undefined, 'receiver.test.')).toMatchObject({ status: 200, text: 'encrypted' })
  })

  test('fails with a certificate of an unknown authority, whatever the environment says', async () => {
    const failure = { code: 'tls_failed', detail: 'DEPTH_ZERO_SELF_SIGNED_CERT' }
    expect(await over(undefined, [])).toMatchObject(failure)
    expect(await over(undefined, [selfSigned('receiver.test').cert])).toMatchObject({ code: 'tls_failed' })
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
    try {
      expect(await over(undefined, [])).toMatchObject(failure)
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
    }
  })

  test.each([
    ['of another name', selfSigned('other.test'), 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['of its address, asked by name', selfSigned(allowedHost!), 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['that is over', selfSigned('receiver.test', { until: Date.now() - day / 2 }), 'CERT_HAS_EXPIRED'],
    ['of tomorrow', selfSigned('receiver.test', { from: Date.now() + day / 2 }), 'CERT_NOT_YET_VALID'],
  ])('fails with a certificate %s', async (_, identity, detail) => {
    expect(await over(identity)).toMatchObject({ code: 'tls_failed', detail })
  })

  test('fails where there is none', async () => {
    const receiver = await answering((_, response) => response.end())
    const url = `https://receiver.test:${receiver.port}/`
    expect(await send(receiver, { url })).toMatchObject({ code: 'tls_failed' })
    const closing = await opened(plainReceiver((socket) => socket.end()))
    expect(await send(closing, { url: `https://receiver.test:${closing.port}/` })).toMatchObject({ code: 'tls_failed' })
  })
})
