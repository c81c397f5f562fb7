import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDurably } from './durable'

test('each commit of the embedded database is one sync, a read is none, and a checkpoint syncs what was written', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'guildhall-durable-'))
  let syncs = 0
  const lite = await openDurably(directory, () => void syncs++)
  const syncsOf = async (text: string) => {
    syncs = 0
    await lite.exec(text)
    return syncs
  }
  await lite.exec('create table t (n int)')
  expect(await syncsOf('insert into t values (1)')).toBe(1)
  expect(await syncsOf('begin; insert into t values (2); insert into t values (3); commit')).toBe(1)
  expect(await syncsOf('select * from t')).toBe(0)
  expect(await syncsOf('checkpoint')).toBeGreaterThan(1)
  await lite.close()
  rmSync(directory, { recursive: true, force: true })
}, 120_000)
