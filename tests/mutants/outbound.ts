// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.

import type { Mutants } from './mutant'

const policy = 'src/connections/outbound/address-policy.ts'
const target = 'src/connections/outbound/target.ts'
const connecting = 'src/connections/outbound/connecting.ts'
const exchange = 'src/connections/outbound/exchange.ts'
const outbound = 'src/connections/outbound/outbound.ts'
const trouble = 'src/connections/outbound/outbound-trouble.ts'
const signature = 'src/connections/outbound/webhook-signature.ts'
const ranges = 'src/platform/ranges.ts'
const judging = 'src/connections/outbound/address-policy.test.ts'
const forging = 'src/connections/outbound/forged-addresses.test.ts'
const sending = 'src/connections/outbound/outbound.test.ts'
const signing = 'src/connections/outbound/webhook-signature.test.ts'
const settings = 'src/platform/config.test.ts'

export const outboundMutants: Mutants = {
  'outbound: every address is public': {
    edits: [[policy, "isPublic(address) ? 'public' : 'forbidden'", "'public'"]],
    test: [forging, 'the address in https'],
  },
  'outbound: names are not judged': {
    edits: [[target, "if (places.includes('forbidden'))", "if (isIP(host) && places.includes('forbidden'))"]],
    test: [forging, 'the name .* is forbidden'],
  },
  'outbound: addresses in URLs are not judged': {
    edits: [[target, "if (places.includes('forbidden'))", "if (!isIP(host) && places.includes('forbidden'))"]],
    test: [forging, 'the address in https'],
  },
  'outbound: one allowed address of a name is enough': {
    edits: [[target, "if (places.includes('forbidden'))", "if (places.every((place) => place === 'forbidden'))"]],
    test: [forging, 'the name mixed.test is forbidden'],
  },
  'outbound: only the first addresses of a name are judged': {
    edits: [[target, 'found.map(placeOf)', 'found.slice(0, 4).map(placeOf)']],
    test: [forging, 'the name mixed-last.test is forbidden'],
  },
  'outbound: unassigned IPv6 addresses are public': {
    edits: [[policy, '(contains(allocatedIPv6, address) && !isTunnel(address))', '!isTunnel(address)']],
    test: [judging, 'is forbidden'],
  },
  'outbound: IPv4 addresses in tunnels are public': {
    edits: [[policy, ' && !isTunnel(address)', '']],
    test: [judging, 'is forbidden'],
  },
  'outbound: IPv4 in IPv6 stays IPv6': {
    edits: [
      [
        policy,
        'address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address',
        'address',
      ],
    ],
    test: [judging, 'is public'],
  },
  'outbound: IPv4-compatible addresses are IPv4 addresses': {
    edits: [[policy, 'isIPv6(text) ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text', 'text']],
    test: [judging, '::1.1.1.1 is forbidden'],
  },
  'outbound: an address may have a zone': {
    edits: [
      [policy, " || text.includes('%')", ''],
      [policy, '[${text}]', "[${text.replace(/%.*/, '')}]"],
    ],
    test: [judging, 'is forbidden'],
  },
  'outbound: a range opens the metadata service': {
    edits: [[policy, '.some((one) => guarded.some((range) => contains(range, one))))', '.length === 0)']],
    test: [judging, 'does not open'],
  },
  'outbound: a range of NAT64 opens the metadata service': {
    edits: [[policy, '[address, ...embeddedIn(address)]', '[address]']],
    test: [judging, 'does not open'],
  },
  'outbound: not even its exact address opens the metadata service': {
    edits: [[policy, 'length === bitsOf(network)', 'length > bitsOf(network)']],
    test: [judging, 'does not open'],
  },
  'outbound: plain http goes anywhere': {
    edits: [[target, 'if (!secure && ', 'if (secure && !secure && ']],
    test: [forging, 'over https only'],
  },
  'outbound: plain http needs one listed address only': {
    edits: [[target, "places.some((place) => place !== 'listed')", "places.every((place) => place !== 'listed')"]],
    test: [sending, 'where one address is public'],
  },
  'outbound: the name is looked up again when connecting': {
    edits: [[outbound, 'openConnection(target, addresses,', 'openConnection(target, await lookup(target.host),']],
    test: [forging, 'does not change until the connection is there'],
  },
  'outbound: where a connection arrived does not matter': {
    edits: [[connecting, '      mustBeAt(socket, address)\n', '']],
    test: [sending, 'that arrived elsewhere is sent nothing'],
  },
  'outbound: credentials in URLs are ignored': {
    edits: [[target, 'if (url.username || url.password || ', 'if (text === url.hash && ']],
    test: [forging, 'is invalid'],
  },
  'outbound: backslashes and line breaks are read as browsers do': {
    edits: [[target, "if (/[\\s\\\\\\p{Cc}\\p{Cf}]/u.test(text)) throw invalid('characters')", '']],
    test: [forging, 'is invalid'],
  },
  'outbound: port 0 is one': {
    edits: [[target, "  if (port === 0) throw invalid('port')\n", '']],
    test: [forging, 'is invalid'],
  },
  'outbound: hosts are of any length': {
    edits: [
      [target, 'name.length > 253 || ', ''],
      [target, ' || label.length > 63', ''],
    ],
    test: [forging, 'is invalid'],
  },
  'outbound: redirects are followed': {
    edits: [
      [exchange, 'const { Client }', 'const { Client, interceptors }'],
      [exchange, '.request({', '.compose(interceptors.redirect({ maxRedirections: 3 })).request({'],
    ],
    test: [sending, 'with status 302 is one'],
  },
  'outbound: bytes extend the deadline': {
    edits: [
      [exchange, '        signal,\n', ''],
      [exchange, 'headersTimeout: 0', 'headersTimeout: 100'],
      [exchange, 'bodyTimeout: 0', 'bodyTimeout: 100'],
    ],
    test: [sending, 'sends a byte now and then'],
  },
  'outbound: requests have no deadline': {
    edits: [[outbound, "new OutboundTrouble('timed_out')), deadline)", "new OutboundTrouble('timed_out')), 60_000)"]],
    test: [sending, 'never answers'],
  },
  'outbound: the look-up has no deadline': {
    edits: [
      [
        outbound,
        'orAborted(judgedAddresses(target, placeOf, lookup), signal)',
        'judgedAddresses(target, placeOf, lookup)',
      ],
      [sending, 'new Promise(() => undefined)', 'new Promise((done) => setTimeout(() => done([]), 3_000))'],
    ],
    test: [sending, 'covers the look-up'],
  },
  'outbound: the caller cannot end a request': {
    edits: [[outbound, "outer?.addEventListener('abort', end, { once: true })", '']],
    test: [sending, 'can be the caller’s'],
  },
  'outbound: long answers are read to the end': {
    edits: [
      [exchange, 'chunk.subarray(0, longest - size)', 'chunk'],
      [exchange, '      if (size > longest) break\n', ''],
    ],
    test: [sending, 'of 10 MB is cut'],
  },
  'outbound: certificates are not verified': {
    edits: [[connecting, 'rejectUnauthorized: true', 'rejectUnauthorized: false']],
    test: [sending, 'fails with a certificate'],
  },
  'outbound: the environment says whether certificates are verified': {
    edits: [[connecting, '    rejectUnauthorized: true,\n', '']],
    test: [sending, 'whatever the environment says'],
  },
  'outbound: connections are used again': {
    edits: [
      [exchange, '        reset: true,\n', ''],
      [exchange, '    socket.destroy()\n', ''],
      [exchange, '    client.destroy().catch(() => undefined)\n', ''],
    ],
    test: [sending, 'is to what was sent'],
  },
  'outbound: failures tell the addresses of names': {
    edits: [[trouble, 'detailOf(found, message)', 'message ?? detailOf(found, message)']],
    test: [sending, 'the address stays unknown'],
  },
  'outbound: a range may be opened with one address of it': {
    edits: [[ranges, 'isRange(part) && isExact(part)', 'isRange(part)']],
    test: [settings, 'OUTBOUND_ALLOW='],
  },
  'outbound: a message is signed with the newest secret only': {
    edits: [[signature, 'secrets.map(', 'secrets.slice(0, 1).map(']],
    test: [signing, 'while a secret is rotated'],
  },
  'outbound: the time of a message is not signed': {
    edits: [[signature, '${id}.${timestamp}.${body}', '${id}.${body}']],
    test: [signing, 'is verified by the library'],
  },
  'outbound: a short secret signs': {
    edits: [[signature, 'key.length !== secretBytes', 'key.length < 1']],
    test: [signing, 'nothing is signed with'],
  },
  'outbound: an id with a dot is signed': {
    edits: [[signature, '/^[\\w-]+$/', '/^[\\w.-]+$/']],
    test: [signing, 'an id that could be read in two ways'],
  },
}
