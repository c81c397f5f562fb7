/** So many tries at once, and as many again in the course of so many seconds. */
export interface Allowance {
  tries: number
  seconds: number
  /** The refusal once it is used up, which says to wait the whole time. Otherwise: too many tries, and the time to the next. */
  closes?: 'too_many_wrong_codes' | 'too_many_mails'
}

export interface Policy {
  /** By one network, whomever it is about. */
  perSource: Allowance
  /** By one network about one account: this is what somebody runs into who guesses a password. */
  perAccountAndSource?: Allowance
  /** About one account by everybody together: generous, because whoever uses it up locks its holder out as well. */
  perAccount?: Allowance
  /** Which tries count: only those that are refused, or all. */
  counts: 'refusals' | 'all'
}

const minutes = 60
const hours = 60 * minutes

/** How often what may be tried. No limit is for everybody together: nobody can use up somebody else’s. */
export const policies = {
  signIn: {
    perSource: { tries: 60, seconds: 15 * minutes },
    perAccountAndSource: { tries: 10, seconds: 15 * minutes },
    perAccount: { tries: 100, seconds: 1 * hours },
    counts: 'refusals',
  },
  /** Proving once more, while signed in, that one is the account’s holder. */
  confirmPassword: {
    perSource: { tries: 60, seconds: 15 * minutes },
    perAccount: { tries: 10, seconds: 15 * minutes },
    counts: 'refusals',
  },
  /** Six digits, of which three are right at any moment: ten tries in a quarter of an hour take decades. */
  secondFactor: {
    perSource: { tries: 60, seconds: 15 * minutes },
    perAccount: { tries: 10, seconds: 15 * minutes, closes: 'too_many_wrong_codes' },
    counts: 'refusals',
  },
  /** Codes of invitations. The portal tries one twice, to preview and to accept it; a typo shows by the check symbol and is not counted. */
  invitationCode: {
    perSource: { tries: 100, seconds: 15 * minutes, closes: 'too_many_wrong_codes' },
    perAccount: { tries: 20, seconds: 15 * minutes, closes: 'too_many_wrong_codes' },
    counts: 'refusals',
  },
  /** Each try writes a challenge, whoever asks. People of one network share this, so it is generous. */
  startPasskeySignIn: {
    perSource: { tries: 300, seconds: 15 * minutes },
    counts: 'all',
  },
  startProviderSignIn: {
    perSource: { tries: 300, seconds: 15 * minutes },
    counts: 'all',
  },
  registerAccount: {
    perSource: { tries: 60, seconds: 1 * hours },
    counts: 'all',
  },
  /** Every try may send a mail, so all count, also those about an address that nobody has. */
  requestPasswordReset: {
    perSource: { tries: 20, seconds: 1 * hours },
    perAccount: { tries: 5, seconds: 1 * hours },
    counts: 'all',
  },
  /** Links to addresses that somebody signed in gives: their own, or a stranger's. */
  mailLink: {
    perSource: { tries: 30, seconds: 1 * hours },
    perAccount: { tries: 10, seconds: 1 * hours },
    counts: 'all',
  },
  resetPassword: {
    perSource: { tries: 20, seconds: 15 * minutes },
    counts: 'refusals',
  },
} as const satisfies Record<string, Policy>

export type LimitedAction = keyof typeof policies

/** How many mails. They are counted by the statement that writes them. */
export const mailPolicies = {
  /** To one address, of each template but notifications. What strangers set off uses up nothing of what the holder asks for. */
  perRecipient: { tries: 5, seconds: 1 * hours, closes: 'too_many_mails' },
  /** To one address, that someone tried to register with it. */
  addressInUse: { tries: 1, seconds: 1 * hours, closes: 'too_many_mails' },
  /** Invitations, by one account. */
  perSender: { tries: 50, seconds: 1 * hours, closes: 'too_many_mails' },
} as const satisfies Record<string, Allowance>

/** Limits that functions of the database apply: every start writes them into its table `limits`. */
export const limitsInDatabase = {
  /** To one account, about what one other account did. The bell has all of it. */
  notificationMails: { tries: 20, seconds: 1 * hours },
} as const satisfies Record<string, Allowance>
