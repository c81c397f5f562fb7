import { listEvents, listOrganizationEvents } from '../../src/messaging/events/schema'
import type { InputOf } from '../../src/platform/http/endpoint'
import { endpointPages } from '../endpoint-hooks'

export const organizationEventsQuery = (input: InputOf<typeof listOrganizationEvents>) =>
  endpointPages(listOrganizationEvents, input)
export const eventsQuery = (input: InputOf<typeof listEvents>) => endpointPages(listEvents, input)
