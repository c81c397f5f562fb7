import { plainDn } from '../kinds/ldap/plain-dn'
import type { SystemSettings } from './schema'

/**
 * The part of a system that a connection writes. Two connections for the same part would undo each other, so each has one;
 * and a connection keeps its part, because what it made there would be left behind.
 */
export function remoteOf(settings: SystemSettings): string {
  switch (settings.kind) {
    case 'jupyterhub':
      return `jupyterhub ${withoutSlash(settings.url)} ${settings.group}`
    // Of people there is one entry each, which is switched off as a whole, whatever the group.
    case 'ldap':
      return `ldap ${directoryOf(settings.url)} ${plainDn(settings.peopleDn)}`
    case 'scim':
      return `scim ${withoutSlash(settings.url)}`
    case 'keycloak':
      return `keycloak ${withoutSlash(settings.url)} ${settings.realm}`
    case 'keystone':
      return `keystone ${withoutSlash(settings.url)} ${settings.domain}`
  }
}

/** What stays besides: what was given there could not be found any more. */
const lasting: Partial<Record<SystemSettings['kind'], string[]>> = { keycloak: ['group'] }

/** Whether these settings are about something else than those that are stored. */
export function isAnotherSystem(
  stored: { kind: string; remote: string; settings: Record<string, string> },
  settings: SystemSettings,
): boolean {
  const next = storedSettings(settings)
  return (
    stored.kind !== settings.kind ||
    stored.remote !== remoteOf(settings) ||
    (lasting[settings.kind] ?? []).some((name) => (stored.settings[name] ?? null) !== next[name])
  )
}

/** As they are stored: addresses without a slash at the end, and nothing that is null. */
export function storedSettings({ kind: _, ...settings }: SystemSettings): Record<string, string | null> {
  return { ...settings, url: withoutSlash(settings.url) }
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '')

/** The same directory with and without encryption, at the usual ports. */
const directoryOf = (url: string): string =>
  withoutSlash(url).replace(/^ldap(:\/\/.*?)(:389)?$|^ldaps(:\/\/.*?)(:636)?$/, '$1$3')
