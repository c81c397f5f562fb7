import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, describe, expect, test } from 'vitest'
import { selfSigned } from '../../../tests/support/certificate'
import { allowedHost, forbiddenHost, plainReceiver, watchedDial } from '../../../tests/support/receivers'
import { createOpenLdap, readLdapTarget } from './ldap-connection'
import type { OutboundOptions } from './outbound'

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function receiver(host = allowedHost) {
  const opened = await plainReceiver((socket) => socket.write('hello'), host)
  closing.push(() => opened.close())
  return opened
}

async function encryptedReceiver(identity: ReturnType<typeof selfSigned>) {
  const server = createTlsServer(identity, (socket) => socket.on('error', () => undefined).write('hello'))
  server.on('tlsClientError', () => undefined).listen(0, allowedHost)
  await once(server, 'listening')
  closing.push(() => server.close())
  return (server.address() as AddressInfo).port
}

const usual: OutboundOptions = { allowed: [allowedHost!], lookup: async () => [allowedHost!] }
const open = (url: string, more: Partial<OutboundOptions> = {}, signal = new AbortController().signal) =>
  createOpenLdap({ ...usual, ...more })(url, signal)
async function heard(socket: Socket) {
  const [data] = await once(socket, 'data')
  socket.destroy()
  return String(data)
}

test.each([
  ['ldap://ldap.example.org', { host: 'ldap.example.org', port: 389, secure: false }],
  ['ldaps://LDAP.example.org/', { host: 'ldap.example.org', port: 636, secure: true }],
  ['ldap://[::1]:80', { host: '::1', port: 80, secure: false }],
  ['ldaps://0x7f.1:443', { host: '127.0.0.1', port: 443, secure: true }],
])('%s leads to a host and a port', (url, target) => {
  expect(readLdapTarget(url)).toMatchObject({ ...target, protocols: [] })
})

test.each([
  'http://a.test',
  'ldap://',
  'ldap://a.test:0',
  'ldap://a.test:70000',
  'ldap://b@a.test',
  'ldap://a.test/dc=b',
])('%s leads nowhere', (url) => {
  expect(() => readLdapTarget(url)).toThrow(expect.objectContaining({ code: 'invalid_address' }))
})

describe('without encryption', () => {
  test('a listed address is reached, also by its name', async () => {
    const { port } = await receiver()
    expect(await heard(await open(`ldap://${allowedHost}:${port}`))).toBe('hello')
    expect(await heard(await open(`ldap://directory.test:${port}`))).toBe('hello')
  })

  test('an internal address that is not listed is not reached, nor is a name that has one', async () => {
    const { port, connections } = await receiver(forbiddenHost)
    const lookup = async () => [allowedHost!, forbiddenHost!]
    for (const host of [forbiddenHost, 'directory.test'])
      await expect(open(`ldap://${host}:${port}`, { lookup })).rejects.toMatchObject({ code: 'address_forbidden' })
    expect(connections()).toBe(0)
  })

  test('a public address is not reached', async () => {
    const { port } = await receiver(forbiddenHost)
    const { dial, dialled } = watchedDial(port)
    const refused = open('ldap://directory.test', { dial, lookup: async () => ['1.1.1.1'] })
    await expect(refused).rejects.toMatchObject({ code: 'https_required' })
    expect(dialled).toEqual([])
  })
})

describe('with encryption', () => {
  test('a certificate that is trusted is one of the name', async () => {
    const identity = selfSigned('directory.test')
    const port = await encryptedReceiver(identity)
    const authorities = [identity.cert]
    expect(await heard(await open(`ldaps://directory.test:${port}`, { authorities }))).toBe('hello')
    for (const [host, trusted] of [
      ['other.test', authorities],
      ['directory.test', []],
    ] as const)
      await expect(open(`ldaps://${host}:${port}`, { authorities: [...trusted] })).rejects.toMatchObject({
        code: 'tls_failed',
      })
  })

  test('a server that speaks something else is not taken', async () => {
    const { port } = await receiver()
    await expect(open(`ldaps://directory.test:${port}`)).rejects.toMatchObject({ code: 'tls_failed' })
  })
})

test('a connection ends with its signal, and none is opened after it', async () => {
  const { port, idle } = await receiver()
  const ending = new AbortController()
  const socket = await open(`ldap://${allowedHost}:${port}`, {}, ending.signal)
  ending.abort()
  expect(socket.destroyed).toBe(true)
  await idle()
  await expect(open(`ldap://${allowedHost}:${port}`, {}, ending.signal)).rejects.toMatchObject({ code: 'cancelled' })
})
