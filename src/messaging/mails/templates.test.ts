import { describe, expect, test } from 'vitest'
import { inLocale } from '../../platform/messages/request-locale'
import { notificationKinds, notificationRules } from '../notifications/rules'
import { notificationSentence } from '../notifications/sentence'
import { compose, type MailDetails, type TemplateName, withSecret } from './templates'

const baseUrl = 'https://portal.example.org'
const expiresAt = '2026-11-23T06:00:00Z'
/** What people might enter as their names. */
const nasty = `"><script>alert('x')</script>\r\nBcc: eve@example.org\u202egro.live\u2028&<b>`
const id = '01890000-0000-7000-8000-000000000001'
const person = { id, firstName: nasty, lastName: nasty, email: null }
const notification = {
  kind: 'organization_rejected' as const,
  organization: { id, name: nasty },
  actor: person,
  subject: person,
  token: { name: nasty },
  program: { name: nasty, service: 'eodata', expiresAt },
  role: { service: nasty, name: nasty, kind: 'access' as const },
  reason: `First line.\nSecond ${nasty}`,
}

const samples: { [Name in TemplateName]: MailDetails[Name] } = {
  confirm_address: { expiresAt },
  address_in_use: {},
  reset_password: { expiresAt },
  password_changed: {},
  address_changed: { from: nasty, to: nasty },
  second_factor_changed: { change: 'turned off' },
  new_sign_in_method: { method: nasty },
  account_disabled: { reason: nasty },
  account_deleted: {},
  invitation: { organization: nasty, inviter: nasty, expiresAt, grantsAdmin: true },
  notification: { eventId: id },
}
const names = Object.keys(samples) as TemplateName[]
const filling = { baseUrl, firstName: nasty, secret: 'S3CRET-token', notification }

describe.each(names)('the mail %s', (name) => {
  const mail = compose(name, samples[name], filling)

  test('has a subject of one line', () => {
    expect(mail.subject).toMatch(/^(?:\u2060|[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]){5,200}$/u)
  })

  test('has names in it that are inert: no tags, no lines of their own, nothing that reorders', () => {
    expect(mail.html).not.toMatch(/<script|<b>|alert\('/)
    const tags = [...mail.html.matchAll(/<\/?([a-z!]+)/g)].map(([, tag]) => tag)
    const ours = '!doctype html head meta title body div p a br blockquote'.split(' ')
    expect(tags.filter((tag) => !ours.includes(tag!))).toEqual([])
    for (const part of [mail.text, mail.html]) expect(part).not.toMatch(/[\u202e\u2028\r]/)
    expect(mail.text).not.toMatch(/^Bcc:/m)
  })

  test('says the same as text and as HTML', () => {
    const plain = mail.html
      .replace(/<title>.*<\/title>/s, '')
      .replace(/<[^>]+>/g, ' ')
      .replace(/&quot;/g, '"')
      .replace(/&#39;/g, "'")
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&amp;/g, '&')
    const words = (text: string) => text.split(/\s+/).filter((word) => /\w/.test(word))
    expect(new Set(words(mail.text.replace(/:$/gm, '')))).toEqual(new Set(words(plain.replace(/:$/gm, ''))))
  })

  test('links to this site alone, and carries its secret in the fragment', () => {
    const links = [...mail.html.matchAll(/href="([^"]*)"/g)].map(([, link]) => new URL(link!))
    for (const link of links) expect(link.origin).toBe(baseUrl)
    expect(mail.text.includes('S3CRET-token')).toBe(withSecret.includes(name))
    if (withSecret.includes(name)) expect(links.map(({ hash }) => hash)).toEqual(['#S3CRET-token'])
    for (const { pathname, search } of links) expect(pathname + search).not.toContain('S3CRET')
  })
})

/** Words of a text that are left in plain English: letters without an accent that come from our messages. */
const untranslated = (text: string, written: string[]): string[] =>
  (written.reduce((rest, one) => rest.replaceAll(one, ''), text).match(/[a-z]{3,}/gi) ?? []).filter(
    (word) => !['UTC', 'Guildhall'].includes(word),
  )

describe('in the pseudo-locale', () => {
  const ours = { ...filling, firstName: 'Ана', secret: '12345', baseUrl: 'https://портал' }
  const written = {
    confirm_address: { expiresAt },
    address_changed: { from: 'а@б', to: 'в@г' },
    account_disabled: { reason: 'Так' },
  }
  const person = { id, firstName: 'Ана', lastName: 'Крус', email: null }
  const about = {
    ...notification,
    organization: { id, name: 'Риф' },
    actor: person,
    subject: person,
    token: { name: 'Ход' },
    program: { name: 'Ход', service: 'хаб', expiresAt },
    reason: null,
    role: null,
  }

  test.each(names)('the mail %s has no English', (name) => {
    const details = {
      ...samples[name],
      ...(written as Record<string, object>)[name],
      ...(name === 'invitation' ? { organization: 'Риф', inviter: 'Ана' } : {}),
      ...(name === 'new_sign_in_method' ? { method: 'Ключ' } : {}),
    }
    const { subject, text } = inLocale('en-XA', () => compose(name, details, { ...ours, notification: about }))
    const links = text.match(/https:\/\/\S+/g) ?? []
    expect(untranslated(`${subject} ${text}`, links)).toEqual([])
  })

  test('no sentence of a notification has English', () => {
    const sentences = notificationKinds.flatMap((kind) =>
      [
        null,
        { service: 'Хаб', name: 'Чтец', kind: 'access' as const },
        { service: 'Хаб', name: 'Мало', kind: 'quota' as const },
      ].map((role) => inLocale('en-XA', () => notificationSentence({ ...about, kind, role }).sentence)),
    )
    expect(sentences.flatMap((sentence) => untranslated(sentence, []))).toEqual([])
  })
})

test('every notification has a sentence, which ends, and a page of the portal', () => {
  for (const kind of notificationKinds) {
    const organization = { id, name: 'Coral Watch' }
    const ana = { ...person, firstName: 'Ana', lastName: 'Cruz' }
    const given = { ...notification, organization, kind, actor: ana, subject: ana, role: null, token: null }
    const mail = compose('notification', { eventId: id }, { ...filling, notification: given })
    const isAboutProgram = notificationRules[kind].mailGroup === 'programs' && kind !== 'organization_token_expiring'
    if (!isAboutProgram) expect(mail.subject).toContain('Coral Watch')
    expect(mail.text).toContain(`${mail.subject}.`)
    expect(mail.text).toMatch(
      /^https:\/\/portal\.example\.org\/(operator\/organizations\/[0-9a-f-]+|operator\/connections|operator\/services\/eodata\/keys|s3-keys|account|tokens|organization|invitations|users|role-requests|active-roles)$/m,
    )
  }
})

test('the mail of an invitation carries its code for typing, and the rest of the link’s secret nowhere but in the link', () => {
  const secret = '5WQ3MTAVB7ZK2J9DGXRF8N4CHEYH.q-4Zr_0aB1cD2eF3gH4iJ5kL6mN7oP8_'
  const mail = compose('invitation', samples.invitation, { ...filling, secret })
  for (const part of [mail.text, mail.html]) {
    expect(part).toContain('5WQ3-MTAV-B7ZK-2J9D-GXRF-8N4C-HEYH')
    expect(part).toContain(`${baseUrl}/join#${secret}`)
    expect(part.replaceAll(`/join#${secret}`, '')).not.toContain(secret.split('.')[1])
  }
})

test.each([
  ['evil.example/c', 'evil.\u2060example/\u2060c'],
  ['Win €500 evil.example/x', 'Win €500 evil.\u2060example/\u2060x'],
  ['evil。example', 'evil。\u2060example'],
  ['evil｡example', 'evil｡\u2060example'],
  ['ｅｖｉｌ．ｅｘａｍｐｌｅ', 'ｅｖｉｌ．\u2060ｅｘａｍｐｌｅ'],
  ['evil\u200b.example', 'evil.\u2060example'],
  ['evi\u0308.example', 'evï.\u2060example'],
  ['☕.example', '☕.\u2060example'],
  ['mail@evil.example', 'mail@evil.\u2060example'],
  ['https://evil.example', 'https:\u2060//evil.\u2060example'],
  ['tel:+123', 'tel:\u2060+123'],
  ['1.2.3.4', '1.\u20602.\u20603.\u20604'],
  ['Dr. Ana Cruz', 'Dr. Ana Cruz'],
  ['Coral: Watch / Reef...', 'Coral: Watch / Reef...'],
  ['שלום', 'שלום'],
])('the name %j is no link in a subject', (name, inert) => {
  const details = { organization: name, inviter: name, expiresAt, grantsAdmin: false }
  const { subject, html } = compose('invitation', details, filling)
  expect(subject).toBe(`${inert} invites you to ${inert}`)
  expect(html).toContain(`<title>${subject}</title>`)
  const given = {
    ...notification,
    kind: 'member_removed' as const,
    actor: null,
    organization: { id, name },
    reason: null,
  }
  expect(compose('notification', { eventId: id }, { ...filling, notification: given }).subject).toBe(
    `An operator removed you from ${inert}`,
  )
})

test('a name that looks like an address is no link in a mail', () => {
  const link = { firstName: 'Win.example/c', lastName: 'Cruz' }
  const invitation = { organization: 'evil.example/c', inviter: 'free.example', expiresAt, grantsAdmin: false }
  const given = { ...notification, kind: 'member_removed' as const, organization: { id, name: 'evil.example:80' } }
  const mails = [
    compose('invitation', invitation, { ...filling, firstName: link.firstName }),
    compose(
      'notification',
      { eventId: id },
      { ...filling, notification: { ...given, actor: { ...person, ...link }, reason: null } },
    ),
  ]
  for (const { text, html } of mails)
    for (const part of [text, html.slice(html.indexOf('<body'))]) {
      expect(part).not.toMatch(/(evil|free|Win)\.example/)
      expect(part).toContain('.\u2060example')
    }
})

test('a long subject is cut between characters, as people count them', () => {
  const organization = `${'x'.repeat(180)}${'👩‍🚀'.repeat(30)}`
  const { subject } = compose('invitation', { organization, inviter: 'Ana', expiresAt, grantsAdmin: false }, filling)
  expect(subject).toMatch(/^Ana invites you to x+(👩‍🚀)+$/u)
  expect([...new Intl.Segmenter().segment(subject)]).toHaveLength(200)
})

test('a long name is cut in the subject, not in the mail', () => {
  const details = { ...samples.invitation, organization: 'n'.repeat(400) }
  const mail = compose('invitation', details, filling)
  expect(mail.subject).toHaveLength(200)
  expect(mail.text).toContain('n'.repeat(400))
})

test('a link is not sent without its secret, and a template that is none is said', () => {
  expect(() => compose('reset_password', { expiresAt }, { ...filling, secret: null })).toThrow('missing')
  expect(() => compose('nothing', {}, filling)).toThrow('there is no template nothing')
})
