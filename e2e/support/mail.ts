import type { Catcher } from '../../tests/support/smtp'

type Mail = Catcher['mails'][number]

/** The link in a mail. */
export function linkIn(mail: Mail): string {
  const link = /https?:\/\/\S+#\S+/.exec(mail.text ?? '')
  if (!link) throw new Error(`no link in “${mail.subject}”: ${mail.text}`)
  return link[0]
}
