import type { KindWords } from './kind'

/** What happens to accounts and to the site. Where somebody did it himself, the sentence has one person. */
export const accountKinds = {
  account_updated: {
    label: 'Account updated',
    sentence: (actor) => `${actor} changed the details of the account`,
  },
  address_changed: { label: 'Address changed', sentence: (actor) => `${actor} changed the e-mail address` },
  terms_accepted: { label: 'Terms accepted', sentence: (actor) => `${actor} accepted the terms` },
  password_changed: { label: 'Password changed', sentence: (_, subject) => `${subject} has a new password` },
  reset_link_made: {
    label: 'One-time link made',
    sentence: (actor, subject) => `${actor} made a one-time link for ${subject}`,
  },
  sessions_ended: { label: 'Sessions ended', sentence: (_, subject) => `${subject} was signed out on other devices` },
  second_factor_added: { label: 'Second factor set up', sentence: (_, subject) => `${subject} set up a second factor` },
  second_factor_removed: {
    label: 'Second factor removed',
    sentence: (actor, subject) => `${actor} removed the second factor of ${subject}`,
  },
  recovery_codes_renewed: {
    label: 'Recovery codes renewed',
    sentence: (_, subject) => `${subject} renewed the recovery codes`,
  },
  passkey_added: { label: 'Passkey added', sentence: (_, subject) => `${subject} added a passkey` },
  passkey_removed: { label: 'Passkey removed', sentence: (_, subject) => `${subject} removed a passkey` },
  provider_linked: {
    label: 'Sign-in linked',
    sentence: (_, subject) => `${subject} signs in through the identity provider`,
  },
  provider_unlinked: {
    label: 'Sign-in unlinked',
    sentence: (_, subject) => `${subject} no longer signs in through the identity provider`,
  },
  account_disabled: {
    label: 'Account disabled',
    sentence: (actor, subject) => `${actor} disabled the account of ${subject}`,
  },
  account_enabled: {
    label: 'Account enabled',
    sentence: (actor, subject) => `${actor} enabled the account of ${subject}`,
  },
  account_deleted: { label: 'Account deleted', sentence: (actor) => `${actor} deleted the own account` },
  site_policy_changed: { label: 'Site policy changed', sentence: (actor) => `${actor} changed the site’s policy` },
} satisfies Record<string, KindWords>
