import { formatCode } from '../../platform/invitation-codes/code'
import { formatDate } from '../../platform/messages/intl'
import { t } from '../../platform/messages/t'
import type { NotificationContent } from '../notifications/schema'
import { notificationSentence } from '../notifications/sentence'
import { type Letter, nameInMail, renderLetter, type Written } from './letter'

/**
 * The details of each mail. They are stored in plain text and contain no secrets; the secret of a link is stored
 * encrypted.
 */
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

/** Their link carries a secret. Once it is erased, these mails cannot be sent again. */
export const withSecret: readonly string[] = [
  'confirm_address',
  'reset_password',
  'invitation',
] satisfies TemplateName[]
/** Anyone can trigger these for any address, without signing in. */
export const unasked: readonly TemplateName[] = ['confirm_address', 'address_in_use', 'reset_password']
/**
 * These also go to unconfirmed addresses. All others reveal something about an account, so only its confirmed address
 * gets them.
 */
export const toAnybody: readonly TemplateName[] = [...unasked, 'invitation']

interface Filling {
  baseUrl: string
  firstName: string | null
  secret: string | null
  /** For a `notification`: the content of its event. */
  notification: NotificationContent | null
}

type Template<Details> = (details: Details, filling: Filling) => Letter

const notYou = () => t('If this wasn’t you, change your password immediately and contact an operator of this site.')
const ignore = () => t('If you didn’t request this, you can ignore this e-mail.')
const validUntil = (expiresAt: string) => t('The link works once, until {moment}.', { moment: moment(expiresAt) })

const templates: { [Name in TemplateName]: Template<MailDetails[Name]> } = {
  confirm_address: ({ expiresAt }, filling) => ({
    subject: t('Confirm your e-mail address'),
    paragraphs: [t('Confirm this e-mail address for your account.')],
    link: { label: t('Confirm e-mail address'), url: secretLink('/confirm-address', filling) },
    after: [validUntil(expiresAt), ignore()],
  }),

  address_in_use: (_, { baseUrl }) => ({
    subject: t('You already have an account'),
    paragraphs: [
      t('Someone tried to register with this e-mail address, which already has an account. Nothing was changed.'),
      t('If this was you, sign in. If you don’t remember your password, you can reset it there.'),
    ],
    link: { label: t('Sign in'), url: `${baseUrl}/sign-in` },
    after: [
      t('If this wasn’t you, you can ignore this e-mail. The person who tried was not told that you have an account.'),
    ],
  }),

  reset_password: ({ expiresAt }, filling) => ({
    subject: t('Reset your password'),
    paragraphs: [t('A password reset was requested for your account. Open the link to set a new password.')],
    link: { label: t('Set a new password'), url: secretLink('/reset', filling) },
    after: [validUntil(expiresAt), `${ignore()} ${t('Your password stays the same.')}`],
  }),

  password_changed: () => ({
    subject: t('Your password was changed'),
    paragraphs: [t('The password of your account was just changed.'), notYou()],
  }),

  address_changed: ({ from, to }) => ({
    subject: t('Your e-mail address was changed'),
    paragraphs: [
      t('The e-mail address of your account was changed from {from} to {to}. Use the new address to sign in.', {
        from,
        to,
      }),
      t('If this wasn’t you, contact an operator of this site immediately.'),
    ],
  }),

  second_factor_changed: ({ change }) => ({
    subject: secondFactorChanges[change].subject(),
    paragraphs: [secondFactorChanges[change].sentence(), notYou()],
  }),

  new_sign_in_method: ({ method }, { baseUrl }) => ({
    subject: t('A sign-in method was added'),
    paragraphs: [t('“{method}” can now be used to sign in to your account.', { method: nameInMail(method) })],
    link: { label: t('Review your sign-in methods'), url: `${baseUrl}/account` },
    after: [t('If this wasn’t you, remove it there, change your password and contact an operator of this site.')],
  }),

  account_disabled: ({ reason }) => ({
    subject: t('Your account was disabled'),
    paragraphs: [t('An operator disabled your account. You can no longer sign in.')],
    quote: reason,
    after: [t('If you think this is a mistake, contact an operator of this site.')],
  }),

  account_deleted: () => ({
    subject: t('Your account was deleted'),
    paragraphs: [t('Your account was deleted. You won’t receive any more e-mails from this site.')],
    after: [t('If this wasn’t you, contact an operator of this site.')],
  }),

  invitation: ({ organization, inviter, expiresAt, grantsAdmin }, filling) => {
    const names = { inviter: nameInMail(inviter), organization: nameInMail(organization) }
    return {
      subject: t('{inviter} invites you to {organization}', names),
      paragraphs: [
        `${
          grantsAdmin
            ? t('{inviter} invites you to join {organization} as an admin.', names)
            : t('{inviter} invites you to join {organization}.', names)
        } ${t('You can review what joining does before you accept.')}`,
      ],
      link: { label: t('View invitation'), url: secretLink('/join', filling) },
      after: [
        t('Or go to Organization → Provide invitation code and enter this code: {code}', { code: codeIn(filling) }),
        t('The invitation is valid until {moment}. Don’t share the link: it works for anyone who has it.', {
          moment: moment(expiresAt),
        }),
        t('If you don’t know {inviter}, you can ignore this e-mail.', { inviter: names.inviter }),
      ],
    }
  },

  notification: (_, { baseUrl, notification }) => {
    if (!notification) throw new Error('a notification without its event')
    const { token, ...content } = withNames(notification)
    const { sentence, path } = notificationSentence({ token, ...content }, { timeZone: 'UTC' })
    return {
      subject: sentence.replace(/\.$/, ''),
      paragraphs: [sentence, ...(token ? [t('This was done with the token {name}.', { name: token.name })] : [])],
      quote: notification.reason,
      link: { label: t('Open Guildhall'), url: baseUrl + path },
      after: [
        t('Choose which notifications you get by e-mail under Account: {address}', { address: `${baseUrl}/account` }),
      ],
    }
  },
}

const secondFactorChanges = {
  'turned on': {
    subject: () => t('Two-factor authentication was turned on'),
    sentence: () => t('Two-factor authentication was just turned on for your account.'),
  },
  'turned off': {
    subject: () => t('Two-factor authentication was turned off'),
    sentence: () => t('Two-factor authentication was just turned off for your account.'),
  },
  'given new recovery codes': {
    subject: () => t('Your recovery codes were replaced'),
    sentence: () => t('New recovery codes were just created for your account. The old ones no longer work.'),
  },
} satisfies Record<MailDetails['second_factor_changed']['change'], object>

/** The same event, with names that no program turns into links. */
function withNames({
  organization,
  actor,
  subject,
  role,
  token,
  program,
  ...rest
}: NonNullable<Filling['notification']>) {
  const person = <P extends NonNullable<typeof actor>>(one: P) => ({
    ...one,
    firstName: nameInMail(one.firstName),
    lastName: nameInMail(one.lastName),
  })
  return {
    ...rest,
    organization: organization && { ...organization, name: nameInMail(organization.name) },
    actor: actor && person(actor),
    subject: subject && person(subject),
    token: token && { name: nameInMail(token.name) },
    program: program && { ...program, name: nameInMail(program.name) },
    role: role && { ...role, name: nameInMail(role.name), service: nameInMail(role.service) },
  }
}

/** A mail as it is sent. */
export function compose(name: string, details: unknown, filling: Filling): Written {
  const template = templates[name as TemplateName] as Template<unknown> | undefined
  if (!template) throw new Error(`there is no template ${name}`)
  // The person who triggers such a mail may have chosen the name, and the address may be a stranger's: the mail
  // contains none of their text.
  const firstName = unasked.includes(name as TemplateName) ? null : filling.firstName
  return renderLetter(template(details, filling), { ...filling, firstName })
}

/** The code of an invitation, for typing. The rest of the link's secret is not meant to be typed. */
const codeIn = ({ secret }: Filling): string => formatCode(secret?.split('.')[0] ?? '')

/** The secret is in the fragment, which browsers do not send. The address comes from BASE_URL, never from a request. */
function secretLink(path: string, { baseUrl, secret }: Filling): string {
  if (!secret) throw new Error('the secret of a link is missing')
  return `${baseUrl}${path}#${encodeURIComponent(secret)}`
}

const moment = (iso: string): string =>
  `${formatDate(new Date(iso), { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' })} UTC`
