import { describe, expect, test } from 'vitest'
import { addressPolicy, plainAddress } from './address-policy'

const placeOf = addressPolicy([])

describe('without a list', () => {
  test.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '2001:4860:4860::8888',
    '2a00:1450:4001:800::200e',
    '2600::',
    // The last parts look like addresses of other kinds, and are none here.
    '2606:4700::7f00:1',
    '2606:a9fe:a9fe::1',
    '::ffff:1.1.1.1',
  ])('%s is public', (address) => {
    expect(placeOf(address)).toBe('public')
  })

  test.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.254',
    '168.63.129.16',
    '169.254.169.254',
    '169.254.170.2',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.0.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '239.255.255.250',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::7f00:1',
    '::127.0.0.1',
    '::1.1.1.1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '0:0:0:0:0:ffff:a00:1',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::1.1.1.1',
    '64:ff9b:1::7f00:1',
    '100::1',
    '1000::1',
    '2001::1',
    '2001:0:7f00:1::',
    '2001:2::1',
    '2001:10::1',
    '2001:20::1',
    '2001:db8::1',
    '2002:7f00:1::',
    '2002:101:101::1',
    '2606:4700::5efe:7f00:1',
    '2606:4700::200:5efe:7f00:1',
    '3fff::1',
    '4000::1',
    '5f00::1',
    'fc00::1',
    'fd00:ec2::254',
    'fd20:ce::254',
    'fe80::1',
    'fec0::1',
    'ff02::1',
    'fe80::1%eth0',
    '2606:4700::1%1',
    '::ffff:1.1.1.1%eth0',
  ])('%s is forbidden', (address) => {
    expect(placeOf(address)).toBe('forbidden')
  })

  test.each(['', 'localhost', '127.1', '0177.0.0.1', '0x7f000001', '2130706433', '1.1.1.1 ', '[::1]', '1.1.1.1/32'])(
    '“%s” is not an address, and forbidden',
    (text) => {
      expect(placeOf(text)).toBe('forbidden')
      expect(plainAddress(text)).toBeUndefined()
    },
  )
})

describe('with a list', () => {
  test.each<[list: string[], address: string, placement: string]>([
    [['10.20.0.0/16'], '10.20.255.255', 'listed'],
    [['10.20.0.0/16'], '10.21.0.0', 'forbidden'],
    [['10.20.0.0/16'], '::ffff:10.20.0.7', 'listed'],
    [['10.20.0.7'], '10.20.0.7', 'listed'],
    [['10.20.0.7'], '10.20.0.8', 'forbidden'],
    [['10.20.0.7'], '1.1.1.1', 'public'],
    [['1.1.1.0/24'], '1.1.1.1', 'listed'],
    [['127.0.0.2/32'], '127.0.0.1', 'forbidden'],
    [['127.0.0.2/32'], '127.0.0.2', 'listed'],
    [['fd12::/64'], 'fd12::7', 'listed'],
    [['fd12::/64'], 'fd12:0:0:1::7', 'forbidden'],
    [['::1'], '::1', 'listed'],
    [['10.0.0.0/8', '192.168.0.0/16'], '192.168.7.7', 'listed'],
    // An IPv4 range says nothing of IPv6 addresses that look like it, nor the other way round.
    [['0.0.0.0/1'], '::10.0.0.1', 'forbidden'],
    [['::/96'], '10.0.0.1', 'forbidden'],
  ])('%j: %s is %s', (list, address, placement) => {
    expect(addressPolicy(list)(address)).toBe(placement)
  })

  test.each<[range: string, address: string]>([
    ['169.254.0.0/16', '169.254.169.254'],
    ['169.254.169.254/31', '169.254.169.254'],
    ['169.0.0.0/8', '169.254.170.2'],
    ['100.64.0.0/10', '100.100.100.200'],
    ['192.0.0.0/24', '192.0.0.192'],
    ['168.63.0.0/16', '168.63.129.16'],
    ['0.0.0.0/8', '0.0.0.0'],
    ['fe80::/10', 'fe80::a9fe:a9fe'],
    ['fc00::/7', 'fd00:ec2::254'],
    ['fd00:ec2::/32', 'fd00:ec2::254'],
    ['fd20:ce::/64', 'fd20:ce::254'],
    ['::/1', '::'],
    // Through a gateway, or in an old form.
    ['64:ff9b::/96', '64:ff9b::a9fe:a9fe'],
    ['64:ff9b:1::/48', '64:ff9b:1::a9fe:a9fe'],
    ['2002::/16', '2002:a9fe:a9fe::1'],
    ['::/96', '::169.254.169.254'],
    ['::ffff:0:0:0/96', '::ffff:0:169.254.169.254'],
  ])('%s does not open %s, but its exact address does', (range, address) => {
    expect(addressPolicy([range])(address)).toBe('forbidden')
    expect(addressPolicy([address])(address)).toBe('listed')
    expect(addressPolicy([`${address}/${address.includes(':') ? 128 : 32}`])(address)).toBe('listed')
  })
})

test.each([
  ['::FFFF:127.0.0.1', '127.0.0.1'],
  ['2606:4700:0:0:0:0:0:1', '2606:4700::1'],
  ['10.0.0.1', '10.0.0.1'],
])('%s is plainly %s', (address, plain) => {
  expect(plainAddress(address)).toBe(plain)
})
