import type { FastifyRequest } from 'fastify'
import type { Config } from '../config'
import { Problem } from '../errors'

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Another site can make a browser send our cookie with a request, but not our origin. So a request that changes
 * something and carries a cookie must name our own origin.
 */
export function mustBeOurOrigin(request: FastifyRequest, config: Pick<Config, 'baseUrl' | 'baseUrlGiven'>): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin, cookie } = request.headers
  if (origin === undefined && cookie === undefined) return
  if (origin !== undefined && isOurs(origin, config)) return
  tell(request, origin, config.baseUrl)
  throw new Problem('foreign_origin')
}

/** Origins already logged: any client can send any origin, and must not be able to fill the log. */
const loggedOrigins = new Set<string>()

/** The usual cause is a wrong setting, so the log names it and the received origin. */
function tell({ log }: FastifyRequest, origin: string | undefined, baseUrl: string): void {
  // A long word in it is not a host name and might be a person's code.
  const came = origin?.slice(0, 200).replace(/[\w-]{20,}/g, '…') ?? 'none'
  if (loggedOrigins.has(came) || loggedOrigins.size >= 100) return
  loggedOrigins.add(came)
  log.warn(
    { origin: came, BASE_URL: baseUrl },
    'refused as foreign_origin: the origin is not BASE_URL. If people open the site there, set BASE_URL to it',
  )
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
