import type { FastifyRequest } from 'fastify'
import type { Config } from '../config'
import { Problem } from '../errors'

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Another site can make a browser send our cookie along with a request, but not our origin. So whatever changes
 * something and carries a cookie has to say that it comes from our own pages.
 */
export function mustBeOurOrigin(request: FastifyRequest, config: Pick<Config, 'baseUrl' | 'baseUrlGiven'>): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin, cookie } = request.headers
  if (origin === undefined && cookie === undefined) return
  if (origin !== undefined && isOurs(origin, config)) return
  throw new Problem('foreign_origin')
}

function isOurs(origin: string, { baseUrl, baseUrlGiven }: Pick<Config, 'baseUrl' | 'baseUrlGiven'>): boolean {
  if (origin === baseUrl) return true
  if (baseUrlGiven || !URL.canParse(origin)) return false
  const [ours, theirs] = [new URL(baseUrl), new URL(origin)]
  return (
    ours.protocol === theirs.protocol &&
    ours.port === theirs.port &&
    loopback.has(ours.hostname) &&
    loopback.has(theirs.hostname)
  )
}
