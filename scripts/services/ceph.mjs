// Provides Ceph's programs for the service tests: those of the machine, or Debian's packages, unpacked.
import { join } from 'node:path'
import { librariesIn, onPath, unpackedPackages } from './debian-packages.mjs'
import { cephProgramNames } from './package-sets.mjs'

/** The programs’ paths, and the environment and settings that they need where they are. */
export function ensureCeph(say = console.log) {
  const installed = cephProgramNames.map((name) => [name, onPath(name)])
  if (installed.every(([, path]) => path)) return { programs: Object.fromEntries(installed), env: {}, settings: {} }
  const missing = installed.filter(([, path]) => !path).map(([name]) => name)
  const root = unpackedPackages('ceph', missing, say)
  const libraries = join(root, 'usr', 'lib', 'x86_64-linux-gnu')
  return {
    programs: Object.fromEntries(cephProgramNames.map((name) => [name, join(root, 'usr', 'bin', name)])),
    env: { LD_LIBRARY_PATH: [...librariesIn(root), join(libraries, 'ceph')].join(':') },
    settings: {
      plugin_dir: join(libraries, 'ceph'),
      erasure_code_dir: join(libraries, 'ceph', 'erasure-code'),
      osd_class_dir: join(libraries, 'rados-classes'),
    },
  }
}
