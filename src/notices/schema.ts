import { z } from 'zod'
import { id, moment, person } from '../http/fields'

/** The events that people are told of. Who is told, and which group a kind belongs to, says the trigger `events_notify`. */
export const noticeKinds = [
  'organization_accepted',
  'changes_requested',
  'organization_rejected',
  'organization_suspended',
  'organization_reinstated',
  'organization_dissolved',
  'invitation_accepted',
  'acceptance_awaiting_approval',
  'acceptance_approved',
  'acceptance_declined',
  'member_removed',
  'admin_granted',
  'admin_revoked',
  'admin_appointed',
  'handed_over',
  'role_accepted',
  'role_refused',
  'role_granted',
  'role_revoked',
] as const

export const notice = z.object({
  id,
  at: moment,
  kind: z.enum(noticeKinds),
  read: z.boolean(),
  organization: z.object({ id, name: z.string() }),
  actor: person.nullable().describe('Who did it; never with the address.'),
  subject: person.nullable().describe('To whom; never with the address.'),
  role: z
    .object({ service: z.string(), name: z.string(), kind: z.enum(['access', 'quota']) })
    .nullable()
    .describe('Which role was decided about.'),
  reason: z.string().nullable().describe('Why, where somebody said so.'),
})
export type Notice = z.infer<typeof notice>
