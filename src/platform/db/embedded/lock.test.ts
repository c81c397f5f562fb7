import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DirectoryInUse, lockDirectory } from './lock'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'guildhall-lock-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

/** Another process that holds the lock of the directory. */
async function otherProcess() {
  const program = `
    const { lockDirectory } = await import(${JSON.stringify(resolve('src/platform/db/embedded/lock.ts'))})
    await lockDirectory(${JSON.stringify(directory)})
    console.log('locked')
    process.stdin.resume()
    await new Promise(() => {})`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [said] = await once(child.stdout, 'data')
  expect(String(said)).toBe('locked\n')
  return {
    async kill() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

describe('the lock of an embedded database', () => {
  test('keeps a second one out while the first holds it', async () => {
    const unlock = await lockDirectory(directory)
    await expect(lockDirectory(directory)).rejects.toThrow(DirectoryInUse)
    await expect(lockDirectory(directory)).rejects.toThrow(
      `Another Guildhall process is using ${directory}. Stop it first, or set DATA_DIR to another directory.`,
    )
    await unlock()
    const unlockAgain = await lockDirectory(directory)
    await expect(lockDirectory(directory)).rejects.toThrow(DirectoryInUse)
    await unlockAgain()
  })

  test('is one directory’s', async () => {
    const other = mkdtempSync(join(tmpdir(), 'guildhall-lock-'))
    const unlock = await lockDirectory(directory)
    const unlockOther = await lockDirectory(other)
    for (const held of [directory, other]) await expect(lockDirectory(held)).rejects.toThrow(DirectoryInUse)
    await unlock()
    await expect(lockDirectory(other)).rejects.toThrow(DirectoryInUse)
    const unlockAgain = await lockDirectory(directory)
    await Promise.all([unlockAgain(), unlockOther()])
    rmSync(other, { recursive: true })
  })

  test('lets at most one of many in who try at once', async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 8 }, () => lockDirectory(directory)))
    const holders = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []))
    expect(holders.length).toBe(1)
    for (const attempt of attempts)
      if (attempt.status === 'rejected') expect(attempt.reason).toBeInstanceOf(DirectoryInUse)
    await holders[0]!()
  })

  test('holds against another process, and is taken over when that was killed', async () => {
    const other = await otherProcess()
    await expect(lockDirectory(directory)).rejects.toThrow(DirectoryInUse)
    await other.kill()
    const left = join(directory, 'lock')
    expect(existsSync(left)).toBe(true)
    const unlock = await lockDirectory(directory)
    expect(statSync(left).isSocket()).toBe(true)
    await expect(lockDirectory(directory)).rejects.toThrow(DirectoryInUse)
    await unlock()
  }, 30_000)
})

test('a directory with a long name is locked like any other', async () => {
  const root = mkdtempSync(join(tmpdir(), 'guildhall-lock-'))
  const directory = join(root, 'd'.repeat(120))
  mkdirSync(directory)
  const unlock = await lockDirectory(directory)
  await expect(lockDirectory(directory)).rejects.toThrow(DirectoryInUse)
  expect(readdirSync(root)).toEqual(['d'.repeat(120)])
  await unlock()
  rmSync(root, { recursive: true })
})
