import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChaosSite } from './site'
import { type Answer, wait, write, writeDuring } from './writing'

/** Mounts a small in-memory disk, which only root may do. */
export function mountDisk(megabytes: number): { directory: string; unmount(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'guildhall-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', directory])
  return {
    directory,
    unmount() {
      execFileSync('umount', [directory])
      rmdirSync(directory)
    },
  }
}

/** Another file fills the disk during writes; then it is removed, and the processes that ended are restarted. */
export async function fullDisk(site: ChaosSite, disk: string): Promise<Answer[]> {
  const ballast = join(disk, 'ballast')
  const answers = await writeDuring(site, 8, async () => {
    await wait(500)
    const { bavail, bsize } = statfsSync(disk)
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - 64 * 1024))
    await untilRefused(site)
    await wait(1000)
  })
  rmSync(ballast)
  await site.recover()
  const after = await write(site)
  if (after.status !== 201) throw new Error(`a write after the disk was freed answered ${after.status}`)
  return [...answers, after]
}

/** Database files grow in steps, so the first writes may still succeed. */
async function untilRefused(site: ChaosSite): Promise<void> {
  const deadline = Date.now() + 120_000
  while ((await write(site)).status === 201) if (Date.now() > deadline) throw new Error('the disk does not fill up')
}
