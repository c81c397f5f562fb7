import { message } from '../../src/platform/messages/t'
import type { KindWords } from './kind'

/** Events of accounts and of the site. */
export const accountKinds = {
  account_updated: {
    label: message('Account updated'),
    sentence: message('{actor} updated their account.'),
  },
  token_created: {
    label: message('Token created'),
    sentence: message('{actor} created a token.'),
  },
  token_renewed: {
    label: message('Token renewed'),
    sentence: message('{actor} renewed a token.'),
  },
  token_ended: {
    label: message('Token ended'),
    sentence: message('{actor} ended a token.'),
  },
  token_expiring: {
    label: message('Token expires soon'),
    sentence: message('A token of {subject} expires soon.'),
  },
  service_key_created: {
    label: message('Service key created'),
    sentence: message('{actor} created a service key.'),
  },
  service_key_ended: {
    label: message('Service key ended'),
    sentence: message('{actor} ended a service key.'),
  },
  service_key_expiring: {
    label: message('Service key expires soon'),
    sentence: message('A service key expires soon.'),
  },
  openid_client_created: {
    label: message('OpenID client created'),
    sentence: message('{actor} registered an application for signing in.'),
  },
  openid_client_changed: {
    label: message('OpenID client changed'),
    sentence: message('{actor} changed an application for signing in.'),
  },
  openid_client_secret_replaced: {
    label: message('OpenID client secret replaced'),
    sentence: message('{actor} replaced the secret of an application for signing in.'),
  },
  openid_client_ended: {
    label: message('OpenID client ended'),
    sentence: message('{actor} ended an application for signing in.'),
  },
  application_signed_in: {
    label: message('Signed in to an application'),
    sentence: message('{actor} signed in to an application.'),
  },
  application_allowed: {
    label: message('Application allowed'),
    sentence: message('{actor} agreed to what an application may learn about them.'),
  },
  application_signed_out: {
    label: message('Signed out of an application'),
    sentence: message('{actor} signed out of an application on all devices.'),
  },
  connection_created: {
    label: message('Connection created'),
    sentence: message('{actor} created a connection.'),
  },
  connection_switched_on: {
    label: message('Connection switched on'),
    sentence: message('{actor} switched on a connection.'),
  },
  connection_switched_off: {
    label: message('Connection switched off'),
    sentence: message('{actor} switched off a connection.'),
  },
  connection_changed: {
    label: message('Connection changed'),
    sentence: message('{actor} changed a connection.'),
  },
  connection_secret_rotated: {
    label: message('Connection secret replaced'),
    sentence: message('{actor} replaced the secret of a connection.'),
  },
  connection_losses_confirmed: {
    label: message('Losses of access confirmed'),
    sentence: message('{actor} confirmed withheld losses of access.'),
  },
  connection_failing: {
    label: message('Connection failing'),
    sentence: message('A connection to a service is failing.'),
  },
  connection_recovered: {
    label: message('Connection recovered'),
    sentence: message('A connection to a service works again.'),
  },
  connection_ending: {
    label: message('Connection being deleted'),
    sentence: message('{actor} is deleting a connection. What it applied is being taken back.'),
  },
  connection_deleted: {
    label: message('Connection deleted'),
    sentence: message('A connection was deleted.'),
  },
  s3_key_created: {
    label: message('S3 key created'),
    sentence: message('{actor} created an S3 key.'),
  },
  s3_secret_shown: {
    label: message('S3 secret shown'),
    sentence: message('{actor} had the secret of an S3 key shown.'),
  },
  s3_secret_reset: {
    label: message('S3 secret reset'),
    sentence: message('{actor} reset the secret of an S3 key.'),
  },
  s3_key_end_changed: {
    label: message('End of S3 key changed'),
    sentence: message('{actor} changed when an S3 key expires.'),
  },
  s3_key_deleted: {
    label: message('S3 key deleted'),
    sentence: message('{actor} deleted an S3 key.'),
  },
  s3_key_expiring: {
    label: message('S3 key expires soon'),
    sentence: message('An S3 key of {subject} expires soon.'),
  },
  address_changed: {
    label: message('E-mail address changed'),
    sentence: message('{actor} changed their e-mail address.'),
  },
  terms_accepted: {
    label: message('Terms accepted'),
    sentence: message('{actor} accepted the terms.'),
  },
  password_changed: {
    label: message('Password changed'),
    sentence: message('{member} set a new password.'),
  },
  reset_link_made: {
    label: message('One-time link created'),
    sentence: message('{actor} created a one-time link for {subject}.'),
  },
  sessions_ended: {
    label: message('Sessions ended'),
    sentence: message('{member} was signed out on other devices.'),
  },
  second_factor_added: {
    label: message('Two-factor authentication turned on'),
    sentence: message('{member} turned on two-factor authentication.'),
  },
  second_factor_removed: {
    label: message('Two-factor authentication turned off'),
    sentence: message('{actor} removed two-factor authentication from {subject}’s account.'),
    own: message('{actor} turned off two-factor authentication.'),
  },
  recovery_codes_renewed: {
    label: message('Recovery codes replaced'),
    sentence: message('{member} created new recovery codes.'),
  },
  passkey_added: {
    label: message('Passkey added'),
    sentence: message('{member} added a passkey.'),
  },
  passkey_removed: {
    label: message('Passkey removed'),
    sentence: message('{member} removed a passkey.'),
  },
  provider_linked: {
    label: message('Identity provider linked'),
    sentence: message('{member} linked their account to the identity provider.'),
  },
  provider_unlinked: {
    label: message('Identity provider unlinked'),
    sentence: message('{member} unlinked their account from the identity provider.'),
  },
  account_disabled: {
    label: message('Account disabled'),
    sentence: message('{actor} disabled the account of {subject}.'),
  },
  account_enabled: {
    label: message('Account enabled'),
    sentence: message('{actor} enabled the account of {subject}.'),
  },
  account_deleted: {
    label: message('Account deleted'),
    sentence: message('{actor} deleted their account.'),
  },
  site_policy_changed: {
    label: message('Site policy changed'),
    sentence: message('{actor} changed the site policy.'),
  },
  mail_switched_on: {
    label: message('Mail switched on'),
    sentence: message('The site was started with a mail server. Addresses have to be confirmed.'),
  },
  mail_switched_off: {
    label: message('Mail switched off'),
    sentence: message('The site was started without a mail server. Addresses needn’t be confirmed.'),
  },
} satisfies Record<string, KindWords>
