// Provides Ceph's programs for the service tests: those of the machine, or Debian's packages, unpacked into a cache and
// not installed. Their versions and checksums are pinned in ceph-packages.json; pin-ceph.mjs writes that file.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { project } from '../ensure.mjs'
import { downloadPackages, output } from './apt.mjs'

/** Neither `ceph`, which is Python, nor a manager is needed: the monitor gets its first map from a file. */
export const cephProgramNames = [
  'ceph-mon',
  'ceph-osd',
  'radosgw',
  'radosgw-admin',
  'ceph-authtool',
  'monmaptool',
  'osdmaptool',
]

const pins = join(project, 'scripts', 'services', 'ceph-packages.json')
const libraries = join('usr', 'lib', 'x86_64-linux-gnu')

/** Where unpacked programs find their libraries and plugins. */
export const cephFolders = (root) => ({
  programs: join(root, 'usr', 'bin'),
  libraries: [join(root, 'lib', 'x86_64-linux-gnu'), join(root, libraries), join(root, libraries, 'ceph')],
  settings: {
    plugin_dir: join(root, libraries, 'ceph'),
    erasure_code_dir: join(root, libraries, 'ceph', 'erasure-code'),
    osd_class_dir: join(root, libraries, 'rados-classes'),
  },
})

/** The programs’ paths, and the environment and settings that they need where they are. */
export function ensureCeph(say = console.log) {
  const installed = cephProgramNames.map((name) => [name, onPath(name)])
  if (installed.every(([, path]) => path)) return { programs: Object.fromEntries(installed), env: {}, settings: {} }
  const missing = installed.filter(([, path]) => !path).map(([name]) => name)
  const { programs, libraries, settings } = cephFolders(unpacked(missing, say))
  return {
    programs: Object.fromEntries(cephProgramNames.map((name) => [name, join(programs, name)])),
    env: { LD_LIBRARY_PATH: libraries.join(':') },
    settings,
  }
}

const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))

const install =
  'install the packages ceph-mon, ceph-osd, radosgw and ceph-common (on Debian: apt-get install --no-install-recommends)'

function unpacked(missing, say) {
  const { architecture, packages } = JSON.parse(readFileSync(pins, 'utf8'))
  const release = existsSync('/etc/os-release') && readFileSync('/etc/os-release', 'utf8')
  if (process.arch !== 'x64' || !/^ID=debian$/m.test(release) || !/^VERSION_ID="12"$/m.test(release))
    throw new Error(
      `The service tests need ${missing.join(', ')}. They can be downloaded on Debian 12 (${architecture}) only: ${install}.`,
    )
  // A library that is installed is used as it is: it may be newer than the pinned one, which Debian may have removed.
  const installed = new Set(
    [...output('dpkg', ['--get-selections']).matchAll(/^([^\s:]+)\S*\s+(install|hold)$/gm)].map(([, name]) => name),
  )
  const needed = Object.entries(packages).filter(([pin]) => !installed.has(pin.split('=')[0]))
  const pinned = createHash('sha256').update(JSON.stringify(needed)).digest('hex').slice(0, 16)
  const root = join(project, 'node_modules', '.cache', 'guildhall', `ceph-${pinned}`)
  if (existsSync(root)) return root
  say(`Downloading ${needed.length} packages of Ceph (about 60 MB) …`)
  mkdirSync(dirname(root), { recursive: true })
  const work = mkdtempSync(`${root}-`)
  try {
    downloadAndCheck(needed, work)
    say('Unpacking them …')
    unpack(work, join(work, 'root'))
    // In one step, so that an interrupted run leaves nothing that looks complete. Another run may have been faster.
    if (!existsSync(root)) renameSync(join(work, 'root'), root)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return root
}

function downloadAndCheck(packages, folder) {
  try {
    downloadPackages(
      packages.map(([pin]) => pin),
      folder,
    )
  } catch (error) {
    throw new Error(
      'The packages of Ceph could not be downloaded with apt-get. Check the network and the sources of apt. ' +
        'If Debian has replaced one of the versions, pin the new ones: node scripts/services/pin-ceph.mjs. ' +
        `Or ${install}.\n${error.message}`,
    )
  }
  const files = readdirSync(folder)
  for (const [pin, sha256] of packages) {
    const file = files.find((one) => one.startsWith(`${pin.split('=')[0]}_`))
    const found = file && sha256Of(join(folder, file))
    if (found !== sha256)
      throw new Error(
        `${pin} was downloaded as ${file} with the SHA-256 ${found}, but ${sha256} is pinned in ` +
          'scripts/services/ceph-packages.json. Nothing was run. If the sources of apt are right, pin again: node scripts/services/pin-ceph.mjs.',
      )
  }
}

export const sha256Of = (path) => createHash('sha256').update(readFileSync(path)).digest('hex')

/** Unpacks all packages of a folder into one root. */
export function unpack(folder, root) {
  mkdirSync(root, { recursive: true })
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb')))
    output('dpkg-deb', ['-x', join(folder, file), root])
}
