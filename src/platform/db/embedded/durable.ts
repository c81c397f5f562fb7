import { fdatasyncSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { planning } from '../planner-settings'

/** As PGlite starts PostgreSQL, with these settings instead of its own. */
const startedWith = (parameters: string[], settings: string[]): string[] => [
  ...parameters,
  ...settings.flatMap((setting) => ['-c', setting]),
]

/** PGlite's own shared_buffers take 130 MB more, for nothing at the size of an embedded site. */
const settings = ['shared_buffers=16MB', ...planning]

/** For a database in memory, of which nothing is to be kept. */
export const startParams = startedWith(PGlite.defaultStartParams, settings)

/** A file that is open in PGlite's file system, and what is done with it. */
interface Stream {
  nfd: number
  stream_ops: { fsync?: (stream: Stream) => number }
}

/**
 * Opens a directory so that what is committed is on the disk. PGlite starts PostgreSQL with fsync off, and its file
 * layer has none: the one is left out, the other is put in. That is PGlite's inside, so its version is pinned, and a
 * test counts what is synced.
 */
export async function openDurably(directory: string, sync: (file: number) => void = fdatasyncSync): Promise<PGlite> {
  const lite = await PGlite.create({
    dataDir: directory,
    startParams: startedWith(
      PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
      ['fsync=on', 'wal_sync_method=fsync', ...settings],
    ),
  })
  const { FS } = lite.Module as unknown as {
    FS: { open(path: string, flags: string): Stream; close(file: Stream): void }
  }
  const { rows } = await lite.query<{ path: string }>(`select current_setting('data_directory') as path`)
  // Any file will do: all of them share their operations.
  const file = FS.open(`${rows[0]!.path}/PG_VERSION`, 'r')
  file.stream_ops.fsync = ({ nfd }) => {
    sync(nfd)
    return 0
  }
  FS.close(file)
  return lite
}
