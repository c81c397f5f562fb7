/** A burst of attempts, and as many again over this many seconds. */
export interface Allowance {
  tries: number
  seconds: number
  /** The problem when it is exhausted. */
  problem?: 'too_many_wrong_codes' | 'too_many_mails'
}

export interface Policy {
  /** From one network, about any account. */
  perSource: Allowance
  /** From one network about one account: the limit that a password guesser hits. */
  perAccountAndSource?: Allowance
  /**
   * About one account from all networks together. It is generous, because exhausting it also locks the account's holder
   * out.
   */
  perAccount?: Allowance
  /** Which attempts count: only refused ones, or all. */
  counts: 'refusals' | 'all'
}

const minutes = 60
const hours = 60 * minutes

/** The rate limits of all actions. No limit is shared by all callers: no one can use up another's. */
export const policies = {
  signIn: {
    perSource: { tries: 60, seconds: 15 * minutes },
    perAccountAndSource: { tries: 10, seconds: 15 * minutes },
    perAccount: { tries: 100, seconds: 1 * hours },
    counts: 'refusals',
  },
  /** Reauthentication of a signed-in account's holder. */
  confirmPassword: {
    perSource: { tries: 60, seconds: 15 * minutes },
    perAccount: { tries: 10, seconds: 15 * minutes },
    counts: 'refusals',
  },
  /**
   * Six digits, of which three codes are valid at any moment: at ten attempts per quarter of an hour, guessing takes
   * decades.
   */
  secondFactor: {
    perSource: { tries: 60, seconds: 15 * minutes },
    perAccount: { tries: 10, seconds: 15 * minutes, problem: 'too_many_wrong_codes' },
    counts: 'refusals',
  },
  /**
   * Invitation codes. The portal sends a code twice, to preview and to accept it. The check symbol reveals typos, which
   * are not counted.
   */
  invitationCode: {
    perSource: { tries: 100, seconds: 15 * minutes, problem: 'too_many_wrong_codes' },
    perAccount: { tries: 20, seconds: 15 * minutes, problem: 'too_many_wrong_codes' },
    counts: 'refusals',
  },
  /** Each attempt writes a challenge, for any caller. People of one network share this limit, so it is generous. */
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
  /** Every attempt may send a mail, so all count, including those for an address without an account. */
  requestPasswordReset: {
    perSource: { tries: 20, seconds: 1 * hours },
    perAccount: { tries: 5, seconds: 1 * hours },
    counts: 'all',
  },
  /** Links to addresses that a signed-in person enters: their own, or a stranger's. */
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

/** Limits for mails. The statements that write the mails count them. */
export const mailPolicies = {
  /**
   * To one address, per template except notifications. Mails that strangers trigger do not use up the limit of mails
   * that the holder requests.
   */
  perRecipient: { tries: 5, seconds: 1 * hours, problem: 'too_many_mails' },
  /** To one address, saying that a person tried to register with it. */
  addressInUse: { tries: 1, seconds: 1 * hours, problem: 'too_many_mails' },
  /** Invitations, by one account. */
  perSender: { tries: 50, seconds: 1 * hours, problem: 'too_many_mails' },
} as const satisfies Record<string, Allowance>

/** Limits that functions of the database apply: every start writes them into its table `limits`. */
export const limitsInDatabase = {
  /** To one account, about the actions of one other account. The bell shows all of them. */
  notificationMails: { tries: 20, seconds: 1 * hours },
} as const satisfies Record<string, Allowance>
