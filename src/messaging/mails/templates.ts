import { formatCode } from '../../platform/invitation-codes/code'
import type { NotificationItem } from '../notifications/schema'
import { notificationSentence } from '../notifications/sentence'
import { type Letter, nameInMail, renderLetter, type Written } from './letter'

/** What each mail is filled with. It is stored as it is: no secrets here; the one of a link travels sealed. */
export interface MailDetails {
  confirm_address: { expiresAt: string; linkId?: string }
  address_in_use: Record<string, never>
  reset_password: { expiresAt: string; linkId?: string }
  password_changed: Record<string, never>
  address_changed: { from: string; to: string }
  second_factor_changed: { change: 'turned on' | 'turned off' | 'given new recovery codes' }
  new_sign_in_method: { method: string }
  account_disabled: { reason: string | null }
  account_deleted: Record<string, never>
  invitation: { organization: string; inviter: string; expiresAt: string; grantsAdmin: boolean; invitationId?: string }
  notification: { eventId: string }
}
export type TemplateName = keyof MailDetails

/** Their link carries a secret. Once that is erased, they cannot be sent again. */
export const withSecret: readonly string[] = [
  'confirm_address',
  'reset_password',
  'invitation',
] satisfies TemplateName[]
/** Anybody can set them off for any address, without signing in. */
export const unasked: readonly TemplateName[] = ['confirm_address', 'address_in_use', 'reset_password']
/** They go also to addresses that no account has confirmed; all others tell of an account, so its holder alone gets them. */
export const toAnybody: readonly TemplateName[] = [...unasked, 'invitation']

interface Filling {
  baseUrl: string
  firstName: string | null
  secret: string | null
  /** Of a `notification`: what its event tells. */
  notification: Omit<NotificationItem, 'id' | 'at' | 'read'> | null
}

type Template<Details> = (details: Details, filling: Filling) => Letter

const notYou = 'If this was not you, change your password at once and tell an operator of the site.'
const ignore = 'If this was not you, do nothing: without the link, nothing happens.'

const templates: { [Name in TemplateName]: Template<MailDetails[Name]> } = {
  confirm_address: ({ expiresAt }, filling) => ({
    subject: 'Confirm your e-mail address',
    paragraphs: ['Somebody, hopefully you, gave this address as theirs. Open the link to say that it is.'],
    link: { label: 'Confirm this address', url: secretLink('/confirm-address', filling) },
    after: [`The link works once, until ${moment(expiresAt)}.`, ignore],
  }),

  address_in_use: (_, { baseUrl }) => ({
    subject: 'You have an account already',
    paragraphs: [
      'Somebody, perhaps you, tried to register with this address. It has an account already, so nothing was changed.',
      'Was it you? Then sign in. If you do not know your password, ask for a new one there.',
    ],
    link: { label: 'Sign in', url: `${baseUrl}/sign-in` },
    after: ['If this was not you, do nothing. Whoever it was has learned nothing.'],
  }),

  reset_password: ({ expiresAt }, filling) => ({
    subject: 'Set a new password',
    paragraphs: ['Somebody, hopefully you, asked for a new password for your account. Open the link to set one.'],
    link: { label: 'Set a new password', url: secretLink('/reset', filling) },
    after: [`The link works once, until ${moment(expiresAt)}.`, `${ignore} Your password stays as it is.`],
  }),

  password_changed: () => ({
    subject: 'Your password was changed',
    paragraphs: ['The password of your account was changed just now.', notYou],
  }),

  address_changed: ({ from, to }) => ({
    subject: 'Your e-mail address was changed',
    paragraphs: [
      `The address of your account was changed from ${from} to ${to}. From now on, sign in with the new one.`,
      'If this was not you, tell an operator of the site at once.',
    ],
  }),

  second_factor_changed: ({ change }) => ({
    subject: `Two-factor was ${change}`,
    paragraphs: [`Two-factor of your account was ${change} just now.`, notYou],
  }),

  new_sign_in_method: ({ method }, { baseUrl }) => ({
    subject: 'A new way to sign in',
    paragraphs: [`“${nameInMail(method)}” can sign in to your account from now on.`],
    link: { label: 'See your ways to sign in', url: `${baseUrl}/account` },
    after: [`If this was not you, remove it there, change your password and tell an operator of the site.`],
  }),

  account_disabled: ({ reason }) => ({
    subject: 'Your account was disabled',
    paragraphs: ['An operator has disabled your account. You cannot sign in any more.'],
    quote: reason,
    after: ['If you think that this is a mistake, ask an operator of the site.'],
  }),

  account_deleted: () => ({
    subject: 'Your account was deleted',
    paragraphs: ['Your account was deleted. This is the last mail that you get.'],
    after: ['If this was not you, ask an operator of the site.'],
  }),

  invitation: ({ organization, inviter, expiresAt, grantsAdmin }, filling) => ({
    subject: `${nameInMail(inviter)} invites you to ${nameInMail(organization)}`,
    paragraphs: [
      `${nameInMail(inviter)} invites you to join ${nameInMail(organization)}${grantsAdmin ? ' as an admin' : ''}. The link shows first what joining does.`,
    ],
    link: { label: 'See the invitation', url: secretLink('/join', filling) },
    after: [
      `Or enter this code under Organization, Provide invitation code: ${codeIn(filling)}`,
      `It is valid until ${moment(expiresAt)}. Whoever has the link can use it, so keep it to yourself.`,
      `If you do not know ${nameInMail(inviter)}, do nothing: without the link, nothing happens.`,
    ],
  }),

  notification: (_, { baseUrl, notification }) => {
    if (!notification) throw new Error('a notification without its event')
    const { sentence, path } = notificationSentence(withNames(notification))
    return {
      subject: sentence.replace(/\.$/, ''),
      paragraphs: [sentence],
      quote: notification.reason,
      link: { label: 'Open Guildhall', url: baseUrl + path },
      after: [`You choose which of these mails you get under “Account”: ${baseUrl}/account.`],
    }
  },
}

/** The same event with names that no program makes links of. */
function withNames({ organization, actor, subject, role, ...rest }: NonNullable<Filling['notification']>) {
  const person = <P extends NonNullable<typeof actor>>(one: P) => ({
    ...one,
    firstName: nameInMail(one.firstName),
    lastName: nameInMail(one.lastName),
  })
  return {
    ...rest,
    organization: { ...organization, name: nameInMail(organization.name) },
    actor: actor && person(actor),
    subject: subject && person(subject),
    role: role && { ...role, name: nameInMail(role.name), service: nameInMail(role.service) },
  }
}

/** A mail as it goes out. */
export function compose(name: string, details: unknown, filling: Filling): Written {
  const template = templates[name as TemplateName] as Template<unknown> | undefined
  if (!template) throw new Error(`there is no template ${name}`)
  // Whoever sets it off may have chosen the name, and the address is a stranger's: it says nothing that they wrote.
  const firstName = unasked.includes(name as TemplateName) ? null : filling.firstName
  return renderLetter(template(details, filling), { ...filling, firstName })
}

/** The code of an invitation, for typing; the rest of the link's secret is for nobody to type. */
const codeIn = ({ secret }: Filling): string => formatCode(secret?.split('.')[0] ?? '')

/** The secret is in the fragment, which browsers keep to themselves. Never from a request: from BASE_URL alone. */
function secretLink(path: string, { baseUrl, secret }: Filling): string {
  if (!secret) throw new Error('the secret of a link is missing')
  return `${baseUrl}${path}#${encodeURIComponent(secret)}`
}

const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })
const moment = (iso: string): string => `${format.format(new Date(iso))} UTC`
