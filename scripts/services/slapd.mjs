// Provides the LDAP server of the service tests: Debian's package, unpacked or installed.
import { fileOf, librariesIn, unpackedPackages } from './debian-packages.mjs'

/** The program, the folders of its modules and schemas, and the environment that it needs. */
export function ensureSlapd(say = console.log) {
  const root = unpackedPackages('slapd', ['slapd'], say)
  return {
    program: fileOf(root, 'usr/sbin/slapd'),
    modules: fileOf(root, 'usr/lib/ldap'),
    schemas: fileOf(root, 'etc/ldap/schema'),
    env: { LD_LIBRARY_PATH: librariesIn(root).join(':') },
  }
}
