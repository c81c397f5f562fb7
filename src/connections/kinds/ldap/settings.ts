import type { UsedConnection } from '../connector'

/** What POSIX accounts are made with. */
export interface Posix {
  from: number
  to: number
  counterDn: string
  gidNumber: string
  homePrefix: string
  shell: string
}

export interface LdapSettings {
  peopleDn: string
  groupDn: string
  /** An entry of Guildhall's own: it is the permanent member where no other is given, and rights are tried on it. */
  ownDn: string
  holderDn: string
  posix: Posix | null
}

export function settingsOf({ settings }: UsedConnection): LdapSettings {
  const { peopleDn = '', groupDn = '', holderDn, uidNumberFrom, uidNumberTo, counterDn, gidNumber } = settings
  const ownDn = `cn=guildhall,${peopleDn}`
  return {
    ...{ peopleDn, groupDn, ownDn, holderDn: holderDn ?? ownDn },
    posix:
      uidNumberFrom && uidNumberTo && counterDn && gidNumber
        ? {
            ...{ from: Number(uidNumberFrom), to: Number(uidNumberTo), counterDn, gidNumber },
            homePrefix: settings.homePrefix ?? '/home',
            shell: settings.loginShell ?? '/bin/bash',
          }
        : null,
  }
}

export const dnOf = ({ peopleDn }: LdapSettings, uid: string): string => `uid=${uid},${peopleDn}`
