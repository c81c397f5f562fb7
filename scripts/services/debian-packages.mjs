// Provides programs for the service tests from Debian's packages, which are unpacked into a cache and not installed.
// Their versions and checksums are pinned in <name>-packages.json; pin.mjs writes these files.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { project } from '../ensure.mjs'
import { downloadPackages, output } from './apt.mjs'
import { packageSets } from './package-sets.mjs'

const pinFile = (name) => join('scripts', 'services', `${name}-packages.json`)

/** The folders of libraries in a root, for LD_LIBRARY_PATH. */
export const librariesIn = (root) => ['lib', join('usr', 'lib')].map((folder) => join(root, folder, 'x86_64-linux-gnu'))

/** The path of a program on the machine, if it has it. */
export const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))

/** A file of an unpacked package, or of the same package where the machine has it installed. */
export function fileOf(root, path) {
  const unpacked = join(root, path)
  return existsSync(unpacked) ? unpacked : join('/', path)
}

/** The root folder with a set of packages; `missing` names what is needed of them. Installed packages are left out. */
export function unpackedPackages(name, missing, say) {
  const { title, size, install } = packageSets[name]
  const { architecture, packages } = JSON.parse(readFileSync(join(project, pinFile(name)), 'utf8'))
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
  const root = join(project, 'node_modules', '.cache', 'guildhall', `${name}-${pinned}`)
  if (existsSync(root)) return root
  mkdirSync(dirname(root), { recursive: true })
  const work = mkdtempSync(`${root}-`)
  try {
    if (needed.length > 0) {
      say(`Downloading ${needed.length} packages of ${title} (${size}) …`)
      downloadAndCheck(name, needed, work)
      say('Unpacking them …')
    }
    unpack(work, join(work, 'root'))
    moveOnce(join(work, 'root'), root)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return root
}

/** In one step, so that an interrupted run leaves nothing that looks complete. Another run may have been faster. */
export function moveOnce(from, to) {
  try {
    if (!existsSync(to)) renameSync(from, to)
  } catch (error) {
    if (!existsSync(to)) throw error
  }
}

function downloadAndCheck(name, packages, folder) {
  const { title, install } = packageSets[name]
  const pinAgain = `node scripts/services/pin.mjs ${name}`
  try {
    downloadPackages(
      packages.map(([pin]) => pin),
      folder,
    )
  } catch (error) {
    throw new Error(
      `The packages of ${title} could not be downloaded with apt-get. Check the network and the sources of apt. ` +
        `If Debian has replaced one of the versions, pin the new ones: ${pinAgain}. ` +
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
          `${pinFile(name)}. Nothing was run. If the sources of apt are right, pin again: ${pinAgain}.`,
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
