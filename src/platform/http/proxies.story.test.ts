import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callFrom } from '../../../tests/support/from-address'
import { openSite, password, type Site } from '../../../tests/support/site'
import { registerAccount } from '../../identity/accounts/schema'
import { signIn } from '../../identity/authentication/schema'
import { sql } from '../db/sql'

const email = 'ana@example.org'
const forwarded = (value: string) => ({ 'x-forwarded-for': value })

/** The network to which the site attributes a wrong password. */
async function sourceAt(site: Site, address: string, headers: Record<string, string>): Promise<string> {
  await site.db.rows(sql`delete from tries`)
  await callFrom(address, site.url, signIn, { email, password: 'not the right one' }, headers)
  const { key } = await site.db.only<{ key: string }>(sql`select key from tries where key like 'signIn source %'`)
  return key.replace('signIn source ', '')
}

describe('behind a proxy that is trusted by its address', () => {
  let site: Site
  beforeAll(async () => {
    site = await openSite({ trustedProxies: ['127.0.0.2', '10.0.0.0/8'] })
  })
  afterAll(() => site.close())

  test.each([
    ['what it says counts', '203.0.113.7', '203.0.113.7'],
    ['what was said to it does not', '192.0.2.1, 192.0.2.2, 203.0.113.7', '203.0.113.7'],
    ['proxies behind it are passed over', '192.0.2.1, 203.0.113.7, 10.1.2.3', '203.0.113.7'],
    ['an IPv6 network is one source', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['what is no address counts as unknown', '203.0.113.7, <script>', 'unknown'],
  ])('%s', async (_, said, source) => {
    expect(await sourceAt(site, '127.0.0.2', forwarded(said))).toBe(source)
  })

  test('other headers count for nothing', async () => {
    const headers = { 'x-real-ip': '203.0.113.7', forwarded: 'for=203.0.113.7', 'cf-connecting-ip': '203.0.113.7' }
    expect(await sourceAt(site, '127.0.0.2', headers)).toBe('127.0.0.2')
  })

  test('a client that bypasses it is not trusted', async () => {
    expect(await sourceAt(site, '127.0.0.1', forwarded('203.0.113.7'))).toBe('127.0.0.1')
    expect(await sourceAt(site, '127.0.0.3', forwarded('203.0.113.7, 10.0.0.1'))).toBe('127.0.0.3')
  })

  test('a session remembers the same address', async () => {
    const form = { email, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' }
    await site.anonymous.call(registerAccount, form)
    await callFrom('127.0.0.2', site.url, signIn, { email, password }, forwarded('192.0.2.1, 203.0.113.7'))
    await callFrom('127.0.0.3', site.url, signIn, { email, password }, forwarded('192.0.2.1'))
    const sessions = await site.db.rows(sql`select ip_address from sessions order by created_at`)
    expect(sessions).toEqual([{ ip_address: '203.0.113.7' }, { ip_address: '127.0.0.3' }])
  })
})

test('without a trusted proxy, no forwarded address is trusted', async () => {
  const site = await openSite()
  expect(await sourceAt(site, '127.0.0.1', forwarded('203.0.113.7'))).toBe('127.0.0.1')
  await site.close()
})
