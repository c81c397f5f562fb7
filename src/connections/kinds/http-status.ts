import { applied, type Outcome } from './connector'

/** What the status of an answer means for a service that is told something. Any 2xx accepts it. */
export function outcomeOfStatus(status: number): Outcome {
  if (status >= 200 && status < 300) return { code: applied, status }
  // A receiver that refuses us refuses every message.
  const broken = status === 401 || status === 403 || status === 404 || status === 410
  return { code: broken ? 'refused_by_service' : 'status_not_2xx', broken, status }
}
