// Provides Apache with mod_auth_openidc for the service tests: Debian's packages, unpacked or installed.
import { fileOf, librariesIn, unpackedPackages } from './debian-packages.mjs'
import { apacheModules } from './package-sets.mjs'

/** The program, its modules by name, and the environment that it needs. */
export function ensureApache(say = console.log) {
  const root = unpackedPackages('apache', ['apache2', 'mod_auth_openidc'], say)
  const moduleOf = (name) => [`${name}_module`, fileOf(root, `usr/lib/apache2/modules/mod_${name}.so`)]
  return {
    program: fileOf(root, 'usr/sbin/apache2'),
    modules: Object.fromEntries(apacheModules.map(moduleOf)),
    env: { LD_LIBRARY_PATH: librariesIn(root).join(':') },
  }
}
