import { listMails, retryMail } from '../../../src/messaging/mails/schema'
import type { InputOf } from '../../../src/platform/http/endpoint'
import { endpointPages, useEndpoint } from '../../endpoint-hooks'

export const mailsQuery = (input: InputOf<typeof listMails>) => endpointPages(listMails, input)

export const useRetryMail = () => useEndpoint(retryMail)
