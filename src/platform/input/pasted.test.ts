import { describe, expect, test } from 'vitest'
import { resetPassword } from '../../identity/passwords/schema'
import { confirmSecondFactor, giveSecondFactor } from '../../identity/second-factors/schema'
import { claimSetupLink } from '../../identity/site/schema'
import { confirmOwnAddress } from '../../membership/me/schema'
import { parseCode } from '../invitation-codes/code'
import { plain, readLink, readSiteLink } from './pasted'

const code = '5WQ3MTAVB7ZK2J9DGXRF8N4CHEYH'
const shown = code.match(/.{4}/g)!.join('-')
const proof = 'q-4Zr_0aB1cD2eF3gH4iJ5kL6mN7oP8_'
const token = '-Zr40aB1cD2eF3gH_4iJ5kL6mN7oP8q_'
const setupToken = `${token}aB-cD_eF0gH`
const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0))
const inDigitsFrom = (zero: number, text: string) =>
  text.replace(/\d/g, (digit) => String.fromCodePoint(zero + Number(digit)))

/** With look-alike letters of another script. */
const inScript = (latin: string, other: string) => (text: string) =>
  text.replace(/[A-Z]/g, (letter) => other[latin.indexOf(letter)] ?? letter)
const inCyrillic = inScript('ABCEHJKMTXY', 'АВСЕНЈКМТХУ')
const inGreek = inScript('ABEHKMNTXYZ', 'ΑΒΕΗΚΜΝΤΧΥΖ')

const around: [string, (text: string) => string][] = [
  ['nothing around', (text) => text],
  ['spaces and line breaks', (text) => `\n  ${text}\u00a0\r\n`],
  ['a full stop behind', (text) => `${text}.`],
  ['a comma and a bracket behind', (text) => `(${text}),`],
  ['straight quotes', (text) => `"${text}"`],
  ['quotes of many languages', (text) => `„«‘${text}’»“`],
  ['corner brackets and an ideographic full stop', (text) => `「${text}」。`],
  ['signs of Markdown', (text) => `**\`<${text}>\`**`],
  ['a byte order mark and direction marks', (text) => `\ufeff\u202a\u2066${text}\u2069\u202c\u200f`],
  [
    'zero-width characters and soft hyphens inside',
    (text) => [...text].join('\u200b').replace('\u200b', '\u00ad\u2060'),
  ],
  ['full-width letters', fullWidth],
  ['Arabic-Indic digits', (text) => inDigitsFrom(0x660, text)],
  ['Devanagari digits', (text) => inDigitsFrom(0x966, text)],
  ['mathematical digits', (text) => inDigitsFrom(0x1d7ce, text)],
  ['digits of the Adlam script', (text) => inDigitsFrom(0x1e950, text)],
]

const links: [string, (page: string, secret: string) => string][] = [
  ['its link', (page, secret) => `https://portal.example/${page}#${secret}`],
  ['a link without its beginning', (page, secret) => `${page}#${secret}`],
  ['a link with # as %23', (page, secret) => `https://portal.example/${page}%23${secret}`],
  ['a link encoded twice', (page, secret) => `https://portal.example/${page}%2523${secret}`],
  ['a link encoded three times', (page, secret) => `https://portal.example/${page}%252523${secret}`],
  ['a link with a full stop', (page, secret) => `<https://portal.example/${page}#${secret}>.`],
  ['a link in words', (page, secret) => `Open https://portal.example/${page}#${secret}, please.`],
  ['a link with parameters behind', (page, secret) => `https://portal.example/${page}#${secret}?utm_source=mail`],
  ['a link with more parameters behind', (page, secret) => `https://portal.example/${page}%23${secret}&utm_medium=x`],
  ['a link with parameters before', (page, secret) => `https://portal.example/${page}?utm_source=a%20b&x=1#${secret}`],
  ['a link with a slash', (page, secret) => `https://portal.example/${page}/#${secret}/`],
  [
    'a link inside a gateway’s',
    (page, secret) =>
      `https://eur01.safelinks.example/?url=https%3A%2F%2Fportal.example%2F${page}%23${secret}&data=05%7C02&reserved=0`,
  ],
  [
    'a link inside Proofpoint’s, version 2',
    (page, secret) =>
      `https://urldefense.example/v2/url?u=https-3A__portal.example_${page}-23${secret.replace(/-/g, '-2D').replace(/_/g, '-5F')}&d=DwMFaQ&c=x`,
  ],
  [
    'a link inside Proofpoint’s, version 3',
    (page, secret) => `https://urldefense.example/v3/__https://portal.example/${page}*${secret}__;Iw!!AbC-d_E!x$`,
  ],
  [
    'a link inside Sophos’',
    (page, secret) => `https://protection.example/?d=x&u=${btoa(`https://portal.example/${page}#${secret}`)}&p=m`,
  ],
  ['a link with # as an entity', (page, secret) => `https://portal.example/${page}&#35;${secret}`],
  ['a link with # as a hexadecimal entity', (page, secret) => `https://portal.example/${page}&#x23;${secret}`],
  [
    'a link with all its signs escaped',
    (page, secret) =>
      `https%3A%2F%2Fportal.example%2F${page}%23${secret.replace(/-/g, '%2D').replace(/_/g, '%5F').replace('.', '%2E')}`,
  ],
  [
    'a link with all its signs escaped twice',
    (page, secret) => `https://portal.example/${page}%2523${secret.replace(/-/g, '%252D').replace(/_/g, '%255F')}`,
  ],
  ['a link in emphasis', (page, secret) => `_https://portal.example/${page}#${secret}_`],
  [
    'a link in HTML',
    (page, secret) => `<a href="https://portal.example/${page}#${secret}">https://portal.example/${page}#${secret}</a>`,
  ],
  ['a link in a line of its own', (page, secret) => `https://portal.example/${page}#${secret}\nSee you`],
  ...[
    ['a line break', '\r\n'],
    ['a soft line break', '=\n'],
    ['a quoted line break', '\n> '],
  ].map(([name, at]): [string, (page: string, secret: string) => string] => [
    `a link with ${name} in it`,
    (page, secret) => `https://portal.example/${page}#${secret.slice(0, 11)}${at}${secret.slice(11)} Thanks!`,
  ]),
]

describe('an invitation code is read', () => {
  test.each(around)('with %s', (_, put) => {
    for (const text of [code, shown, shown.toLowerCase(), shown.replaceAll('-', ' '), shown.replaceAll('-', '—')])
      expect(parseCode(put(text))).toEqual({ code })
  })

  test.each(links)('out of %s', (_, link) => {
    expect(parseCode(link('join', code))).toEqual({ code })
    expect(parseCode(link('join', shown.toLowerCase()))).toEqual({ code })
    expect(parseCode(link('join', `${code}.${proof}`))).toEqual({ code, proof })
  })

  test.each([
    `Your code is ${shown}. See you!`,
    `Code: ${shown}`,
    `${code.slice(0, 14)}\n${code.slice(14)}`,
    shown.replaceAll('-', '.'),
    shown.replaceAll('-', ' – '),
    `code ${code}`,
    `Code:${code}`,
    `Use code ${shown.replaceAll('-', ' ')} to join the team`,
    `With ${code} you join`,
    ...['_', '~', '/', ',', ', ', 'ー', 'ｰ', '─', '⁃', ' | ', ' → '].flatMap((sign) => [
      shown.replaceAll('-', sign),
      `Your code: ${shown.replaceAll('-', sign)}. See you!`,
    ]),
    `> Your code: ${shown.slice(0, 20)}\n> ${shown.slice(20)}. Bye`,
    `>> Your code is\n>> ${shown.slice(0, 20)}\n>> ${shown.slice(20)}\n>> Bye`,
    `Your code is ${shown.slice(0, 12)}\n${shown.slice(12)}, bye`,
    `Your code is ${shown.slice(0, 12)}=\r\n${shown.slice(12)}, bye`,
    `> Your code is ${code.slice(0, 13)}\n> ${code.slice(13)}, bye`,
    `https://portal.example/join# ${shown}`,
    [...shown].join('\u0332'),
    ...['&#8209;', '&#x2011;', '&nbsp;', '&#160;', '&ndash;', '&amp;nbsp;', '&shy;'].flatMap((entity) => [
      shown.replaceAll('-', entity),
      `Your code: ${shown.replaceAll('-', entity)}, bye`,
      `https://portal.example/join#${shown.replaceAll('-', entity.replace(/.*nbsp.*|.*160.*/, '-'))}`,
    ]),
    inCyrillic(shown),
    inGreek(shown),
    inCyrillic(shown).toLowerCase(),
    `Ваш код: ${inCyrillic(shown)}. Привет!`,
    `https://portal.example/join#${inGreek(code)}`,
  ])('out of “%s”', (text) => {
    expect(parseCode(text)).toEqual({ code })
  })

  const breaks = ['\n', '\r\n', ' \n', '=\n', '\n> ', '\n>> ', '=\n> ']
  const mailed = `${code}.${proof}`
  test.each(breaks)('with the proof of a mailed link, wherever %j is in it', (at) => {
    for (let place = 1; place < mailed.length; place++) {
      const secret = mailed.slice(0, place) + at + mailed.slice(place)
      for (const after of ['', ' Thanks!', '.', '_', '\nSee you', '\n> See_you'])
        expect(parseCode(`> https://portal.example/join#${secret}${after}`)).toEqual({ code, proof })
      expect(parseCode(secret)).toEqual({ code, proof })
      const twice = mailed.slice(0, 5) + at + mailed.slice(5, 5 + place) + at + mailed.slice(5 + place)
      expect(parseCode(`https://portal.example/join#${twice}`)).toEqual({ code, proof })
    }
  })

  test.each([
    `https://portal.example/join#${code}.\nSee_you`,
    `https://portal.example/join#${code}.\n${shown}`,
    `https://portal.example/join#${code}.\n${proof}more`,
    `https://portal.example/join#${code}.${proof.slice(0, 20)}\nBye`,
    `Bye.\n${shown.slice(0, 24)}\n${shown.slice(25, 29)}\n${shown.slice(30)}`,
    `${shown}. Bye.\n${proof}`,
  ])('without a proof out of “%s”, in which there is none', (text) => {
    expect(parseCode(text)).toEqual({ code })
  })

  test('out of a link that was opened, with what a word processor made of its dashes', () => {
    for (const dash of [
      '%E2%80%91',
      '%E2%80%90',
      '%E2%80%93',
      '%E2%80%94',
      '%E2%88%92',
      '%C2%AD',
      '%E2%80%8B-',
      '%25E2%2580%2593',
    ])
      for (const path of ['/join#', '/join%23', '/join/?utm=x#']) {
        const link = readSiteLink(path + shown.replaceAll('-', dash))
        expect(link?.page).toBe('join')
        expect(parseCode(link!.secret)).toEqual({ code })
      }
    expect(readSiteLink('/join#5WQ3%E2%80%99s')?.secret).toBe('5WQ3')
  })

  test('“typo” is said of letters that only look like a code’s, where the check symbol does not fit', () => {
    for (const inOther of [inCyrillic, inGreek])
      for (let place = 0; place < code.length; place++) {
        const wrong = code[place] === '7' ? '8' : '7'
        const typo = inOther(code.slice(0, place) + wrong + code.slice(place + 1))
        expect(parseCode(typo)).toEqual({ problem: 'code_mistyped' })
      }
  })

  test('“typo” is said only of what is as long as a code', () => {
    const swapped = code[1]! + code[0] + code.slice(2)
    for (const typo of [swapped, `${code.slice(0, -1)}Z`, `U${code.slice(1)}`, `“${swapped}”.`])
      expect(parseCode(typo)).toEqual({ problem: 'code_mistyped' })
    for (const none of [
      '',
      '.',
      'hello',
      code.slice(1),
      `${code}0`,
      'https://portal.example/join',
      'a'.repeat(100_000),
    ])
      expect(parseCode(none)).toEqual({ problem: 'code_not_valid' })
  })
})

test.each(['_', ', ', '/', 'ー', '-\n> '])(
  'a code with “%s” between its groups, and one wrong symbol, is no other',
  (sign) => {
    for (let place = 0; place < code.length; place++)
      for (const symbol of '0123456789ABCDEFGHJKMNPQRSTVWXYZ') {
        if (symbol === code[place]) continue
        const changed = code.slice(0, place) + symbol + code.slice(place + 1)
        const written = changed.match(/.{4}/g)!.join(sign)
        expect(parseCode(`> Your code: ${written}. See you!`)).toEqual({ problem: 'code_mistyped' })
      }
  },
)

test('a word of four letters beside a code is no part of it, where the check symbol fits', () => {
  for (const before of ['give', 'care', 'book', 'held', 'seat', 'love', 'code'])
    for (const after of ['come', 'fire', 'team'])
      expect(parseCode(`${before} ${shown.replaceAll('-', ' ')} ${after}`)).toEqual({ code })
})

test.each([
  'Come and see us, some time next week, with your mask and fins.',
  'Reef, kelp, fish, crab, clam and more: join today!',
  'this/that/with/them/here/then',
  'A_B_C_D_E_F_G_H_I_J_K_L_M_N_O_P_Q_R_S_T_U_V_W_X_Y_Z',
  'https://portal.example/organization',
  'Это тест, вот сам текст, как есть, так и вот он весь тут: номер один.',
  'АВСЕ-НКМО-РСТХ',
])('no code is read out of “%s”', (words) => {
  expect(parseCode(words)).toEqual({ problem: 'code_not_valid' })
})

describe('a one-time token is read', () => {
  const read = [
    (text: string) => confirmOwnAddress.input.parse({ token: text }).token,
    (text: string) => claimSetupLink.input.parse({ token: text }).token,
    (text: string) => resetPassword.input.parse({ token: text, password: 'long enough, or is it' }).token,
  ]

  test.each(around)('with %s', (_, put) => {
    for (const tokenOf of read) expect(tokenOf(put(token))).toBe(token)
  })

  test.each(['\r\n', '=\n', ' \n> ', '=\n>> '])('with %j in it', (at) => {
    for (const tokenOf of read)
      for (let place = 1; place < token.length; place++)
        expect(tokenOf(`> ${token.slice(0, place)}${at}${token.slice(place)}`)).toBe(token)
  })

  test('with signs of emphasis, which a token can have, too', () => {
    for (const tokenOf of read) expect(tokenOf(`_${token}_`)).toBe(token)
  })

  test.each(links)('out of %s', (_, link) => {
    for (const tokenOf of read) {
      expect(tokenOf(link('reset', token))).toBe(token)
      expect(tokenOf(link('setup', setupToken))).toBe(setupToken)
    }
  })
})

describe('a code of a second factor is read', () => {
  const read = [giveSecondFactor, confirmSecondFactor].map(
    ({ input }) =>
      (text: string) =>
        input.parse({ code: text }).code,
  )

  test.each(around)('with %s', (_, put) => {
    for (const codeOf of read) {
      for (const text of ['123456', '123 456', '123-456', '12 34 56']) expect(codeOf(put(text))).toBe('123456')
      for (const text of ['a1b2c-d3e4f', 'A1B2CD3E4F', 'a1b2c d3e4f', 'a1b2c—d3e4f'])
        expect(codeOf(put(text))).toBe('a1b2cd3e4f')
    }
  })
})

test('every decimal digit that Unicode has stands for its value', () => {
  const digits = Array.from({ length: 0x110000 }, (_, point) => point)
    .filter((point) => point < 0xd800 || point > 0xdfff)
    .map((point) => String.fromCodePoint(point))
    .filter((sign) => /\p{Nd}/u.test(sign))
  expect(digits.length).toBeGreaterThan(600)
  for (let index = 0; index < digits.length; index += 10)
    expect(plain(digits.slice(index, index + 10).join(''))).toBe('0123456789')
})

test.each([
  ['/join', undefined],
  ['/join?utm_source=mail', undefined],
  ['/organization#code', undefined],
  ['/rejoin#code', undefined],
  ['/join#', { page: 'join', secret: '' }],
  ['/join%23', { page: 'join', secret: '' }],
  ['/reset%23abc.', { page: 'reset', secret: 'abc' }],
  ['/confirm-address/%23abc', { page: 'confirm-address', secret: 'abc' }],
  ['/SETUP#abc', { page: 'setup', secret: 'abc' }],
])('the address %s carries %o', (address, read) => {
  expect(readLink(address)).toEqual(read)
})
