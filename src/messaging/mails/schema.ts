import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, moment, pageOf, paging } from '../../platform/http/fields'

const endpoint = endpointsOf('E-mails')

export const mailStates = ['waiting', 'given_up', 'sent'] as const
export type MailState = (typeof mailStates)[number]

const mail = z.object({
  id,
  address: z.string(),
  template: z.string().describe('The template of the text.'),
  state: z.enum(mailStates),
  createdAt: moment,
  attempts: z.int(),
  nextAttemptAt: moment.nullable().describe('Set while the e-mail is waiting.'),
  endedAt: moment.nullable().describe('The time it was sent or given up.'),
  lastError: z
    .string()
    .nullable()
    .describe(
      'Why the last attempt failed, in the mail server’s words, or why it was given up without another attempt.',
    ),
  can: z.object({ retry: z.boolean() }),
})
export type Mail = z.infer<typeof mail>

export const listMails = endpoint({
  id: 'listMails',
  method: 'GET',
  path: '/api/mails',
  access: 'operator',
  summary: 'List waiting, given-up and recently sent e-mails, newest first; never includes their links',
  input: z.strictObject({ ...paging, state: z.enum(mailStates).optional() }),
  answer: pageOf(mail),
})

export const retryMail = endpoint({
  id: 'retryMail',
  method: 'POST',
  path: '/api/mails/{mailId}/retry',
  access: 'operator',
  summary: 'Send a waiting or given-up e-mail now',
  input: z.strictObject({ mailId: id }),
  problems: ['mail_not_found', 'mail_not_retryable'],
})
