import { z } from 'zod'
import { endpoint } from '../http/endpoint'
import { done } from '../http/fields'

export const claimSetupLink = endpoint({
  id: 'claimSetupLink',
  method: 'POST',
  path: '/api/setup',
  access: 'account',
  tag: 'Site',
  summary: 'Become the site’s first operator with the one-time link that the server printed',
  input: z.strictObject({ token: z.string().min(1).max(100) }),
  answer: done,
  problems: ['setup_link_invalid'],
})
