// What the service tests need of Debian's package manager, which needs no root for it.
import { spawnSync } from 'node:child_process'

/** Runs a program to its end and returns its output. It throws with what the program said, so that the cause is not lost. */
export function output(program, args, options = {}) {
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 600_000,
    ...options,
  })
  if (error) throw error
  if (status !== 0) throw new Error(`${program} ${args[0]} ended with ${status}: ${`${stdout}${stderr}`.slice(-2000)}`)
  return stdout
}

/** Downloads packages (`name` or `name=version`) into a folder; apt checks them against Debian's signed lists. */
export function downloadPackages(packages, folder) {
  // Without a sandbox: its user may not write to the folder of another user, and apt would warn about every file.
  const fetching = ['-qq', '-o', 'APT::Sandbox::User=root', '-o', 'Acquire::Retries=3', 'download', ...packages]
  const english = { cwd: folder, env: { ...process.env, LC_ALL: 'C' } }
  try {
    output('apt-get', fetching, english)
  } catch (error) {
    // Images of Debian come without lists of packages, and older lists name versions that are gone.
    if (process.getuid?.() !== 0) throw error
    output('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', 'update'])
    output('apt-get', fetching, english)
  }
}

/** Installs packages for the whole machine, as root on Debian; elsewhere it throws a sentence that says what is needed. */
export function installPackages(packages, need, say) {
  const canInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0
  if (!canInstall) throw new Error(`${need}: install it (on Debian, as root: apt-get install ${packages.join(' ')}).`)
  say(`Installing ${packages.join(', ')} …`)
  const environment = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  const wait = ['-qq', '-o', 'DPkg::Lock::Timeout=300']
  output('apt-get', [...wait, 'update'], environment)
  output('apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...packages], environment)
}
