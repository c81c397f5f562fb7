import type { FastifyRequest } from 'fastify'
import { decoded } from '../input/decoded'

/** Paths that other programs request from a server to find out what it is and how it is doing. None is a screen. */
const ofPrograms =
  /^\/(api|assets|docs|scim|metrics|actuator|graphql|health|healthz|livez|readyz|status|server-status|cgi-bin|oauth2?|saml2?|openid|v\d+)(\/|$)/i

/** A file, as `/robots.txt` or `/wp-login.php`, or something hidden, as `/.well-known/…` or `/.git/config`. */
const aFile = /\/\.|\.[a-z0-9]{1,8}$/i

/**
 * Whether an address may be one of the portal's screens, which its page knows. A program that requests anything else
 * gets a 404: otherwise it would take the page for the requested file.
 */
export function isScreen({ method, url, headers }: Pick<FastifyRequest, 'method' | 'url' | 'headers'>): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  const path = decoded(url.split(/[?#]/, 1)[0]!)
  return !ofPrograms.test(path) && !aFile.test(path) && takesPages(headers.accept)
}

/** Whether `Accept` admits HTML; without the header, everything is admitted. */
function takesPages(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true
  // Of the matching ranges, the most specific one counts.
  for (const mediaType of ['text/html', 'text/*', '*/*']) {
    const ranges = accept.split(',').map((range) =>
      range
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/),
    )
    const range = ranges.find(([type]) => type === mediaType)
    if (range) return !range.some((parameter) => /^q=0(\.0{0,3})?$/.test(parameter))
  }
  return false
}
