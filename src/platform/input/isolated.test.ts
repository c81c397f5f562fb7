import { expect, test } from 'vitest'
import { compose } from '../../messaging/mails/templates'
import { notificationSentence } from '../../messaging/notifications/sentence'
import { isolated } from './isolated'

const [first, last] = ['\u0645\u0631\u064a\u0645', '\u0635\u0627\u0644\u062d']
const name = `${first} ${last}`
const within = `\u2068${name}\u2069`

test.each([
  [name, within],
  ['\u05d3\u05e0\u05d4', '\u2068\u05d3\u05e0\u05d4\u2069'],
  ['Ana Cruz', 'Ana Cruz'],
  ['\u0414\u043c\u0438\u0442\u0440\u0438\u0439', '\u0414\u043c\u0438\u0442\u0440\u0438\u0439'],
  [`${name}\u2069 1`, `\u2068${name} 1\u2069`],
  ['Ana\u2069', 'Ana'],
])('%j is %j in a sentence', (text, expected) => {
  expect(isolated(text)).toBe(expected)
})

test('a notice keeps names that are written from right to left apart from what follows', () => {
  const person = { firstName: first, lastName: last }
  const { sentence } = notificationSentence({
    kind: 'member_removed',
    organization: { name },
    actor: person,
  } as unknown as Parameters<typeof notificationSentence>[0])
  expect(sentence).toBe(`${within} removed you from ${within}.`)
})

test('so does a mail, in text and in HTML', () => {
  const details = { organization: name, inviter: name, expiresAt: '2026-11-28T10:00:00Z', grantsAdmin: false }
  const { text, html, subject } = compose('invitation', details, {
    baseUrl: 'https://guildhall.test',
    firstName: first,
    secret: 's',
    notice: null,
  })
  for (const written of [text, html]) {
    expect(written).toContain(`${within} invites you to join ${within}. You can`)
    expect(written).toContain(`Hello \u2068${first}\u2069,`)
  }
  expect(subject).toBe(`${name} invites you to ${name}`)
})
