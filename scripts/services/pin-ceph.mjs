// node scripts/services/pin-ceph.mjs: pins the packages of Ceph for the service tests as the machine's sources have them now.
// Run it on Debian 12 (amd64) when Debian has replaced a pinned version.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { project } from '../ensure.mjs'
import { downloadPackages, output } from './apt.mjs'
import { cephFolders, cephProgramNames, sha256Of, unpack } from './ceph.mjs'

const wanted = ['ceph-mon', 'ceph-osd', 'radosgw', 'ceph-common', 'ceph-base']
/** Every Debian has these, and programs must not load another C library than the machine’s. */
const everywhere = ['libc6', 'libgcc-s1', 'libstdc++6']

// As if nothing were installed: what one machine happens to have is missing on the next.
const empty = ['-o', 'Dir::State::status=/dev/null', '--no-install-recommends', '--print-uris', '-qq']
const closure = output('apt-get', ['install', ...empty, ...wanted])
  .trim()
  .split('\n')
  .map((line) => line.split(' ')[1].split('_')[0])
  .filter((name) => !everywhere.includes(name))

const work = mkdtempSync(join(tmpdir(), 'guildhall-pin-'))
try {
  console.log(`Downloading ${closure.length} packages …`)
  downloadPackages(closure, work)
  const root = join(work, 'root')
  unpack(work, root)
  const { programs, libraries, settings } = cephFolders(root)
  const loaded = [
    ...cephProgramNames.map((name) => join(programs, name)),
    ...[settings.erasure_code_dir, settings.osd_class_dir].flatMap((folder) =>
      readdirSync(folder).map((name) => join(folder, name)),
    ),
  ]
  const needed = new Set([...loaded, ...librariesOf(loaded, libraries)].map((path) => basename(path)))
  const packages = {}
  for (const file of readdirSync(work).filter((name) => name.endsWith('.deb'))) {
    const path = join(work, file)
    const contents = output('dpkg-deb', ['-c', path]).split('\n')
    if (!contents.some((line) => needed.has(basename(line.split(' -> ')[0])))) continue
    const [name, version] = output('dpkg-deb', ['-W', path]).trim().split('\t')
    packages[`${name}=${version}`] = sha256Of(path)
  }
  const file = join(project, 'scripts', 'services', 'ceph-packages.json')
  writeFileSync(file, `${JSON.stringify({ architecture: 'amd64', packages }, null, 2)}\n`)
  console.log(`${Object.keys(packages).length} packages are pinned in ${file}.`)
} finally {
  rmSync(work, { recursive: true, force: true })
}

/** The libraries that the loader takes from the root for these files. */
function librariesOf(files, folders) {
  const env = { ...process.env, LD_LIBRARY_PATH: folders.join(':') }
  const lines = output('ldd', files, { env }).split('\n')
  const absent = lines.find((line) => line.includes('not found'))
  if (absent) throw new Error(`A library is in none of the packages: ${absent.trim()}`)
  return lines.flatMap((line) => line.match(/=> (\S+)/)?.[1] ?? []).filter((path) => path.startsWith(work))
}
