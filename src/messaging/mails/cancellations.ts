import { fill, message } from '../../platform/messages/t'

/** Why a mail is given up without another attempt: what it was for has ended. */
const cancellations = {
  link_expired: message('The link expired before the e-mail could be sent.'),
  link_ended: message('The link was used or replaced before the e-mail could be sent.'),
  invitation_ended: message('The invitation ended before the e-mail could be sent.'),
  address_changed: message('The account’s address changed before the e-mail could be sent.'),
}
export type MailCancellation = keyof typeof cancellations

export const cancellationSentence = (cancelled: MailCancellation): string => fill(cancellations[cancelled])
