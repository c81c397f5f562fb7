// node scripts/services/pin.mjs <name>: pins a set of packages for the service tests as the machine's sources have them now.
// Run it on Debian 12 (amd64) when Debian has replaced a pinned version.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { project } from '../ensure.mjs'
import { downloadPackages, output } from './apt.mjs'
import { librariesIn, sha256Of, unpack } from './debian-packages.mjs'
import { packageSets } from './package-sets.mjs'

const name = process.argv[2]
const set = packageSets[name]
if (!set) {
  console.error(`Name what to pin: node scripts/services/pin.mjs ${Object.keys(packageSets).join('|')}`)
  process.exit(1)
}

/** Every Debian has these, and programs must not load another C library than the machine’s. */
const everywhere = ['libc6', 'libgcc-s1', 'libstdc++6']

// As if nothing were installed: what one machine happens to have is missing on the next.
const empty = ['-o', 'Dir::State::status=/dev/null', '--no-install-recommends', '--print-uris', '-qq']
const closure = output('apt-get', ['install', ...empty, ...set.wanted])
  .trim()
  .split('\n')
  .map((line) => line.split(' ')[1].split('_')[0])
  .filter((one) => !everywhere.includes(one))

const work = mkdtempSync(join(tmpdir(), 'guildhall-pin-'))
try {
  console.log(`Downloading ${closure.length} packages …`)
  downloadPackages(closure, work)
  const root = join(work, 'root')
  unpack(work, root)
  const loaded = set.loaded(root)
  const folders = [...librariesIn(root), ...(set.libraries ?? []).map((folder) => join(root, folder))]
  const needed = new Set([...loaded, ...librariesOf(loaded, folders)].map((path) => basename(path)))
  const packages = {}
  for (const file of readdirSync(work).filter((one) => one.endsWith('.deb'))) {
    const path = join(work, file)
    const contents = output('dpkg-deb', ['-c', path]).split('\n')
    const isNeeded = (line) => needed.has(basename(line.split(' -> ')[0])) || set.whole?.test(line)
    if (!contents.some(isNeeded)) continue
    const [one, version] = output('dpkg-deb', ['-W', path]).trim().split('\t')
    packages[`${one}=${version}`] = sha256Of(path)
  }
  const file = join(project, 'scripts', 'services', `${name}-packages.json`)
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
