import { fdatasyncSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { planning } from '../planner-settings'

/** How PGlite starts PostgreSQL, with these settings instead of its own. */
const startedWith = (parameters: string[], settings: string[]): string[] => [
  ...parameters,
  ...settings.flatMap((setting) => ['-c', setting]),
]

/** PGlite's default shared_buffers use 130 MB more memory without benefit for an embedded site. */
const settings = ['shared_buffers=16MB', ...planning]

/** For a database in memory, of which nothing is kept. */
export const startParams = startedWith(PGlite.defaultStartParams, settings)

/** An open file in PGlite's file system, and its operations. */
interface Stream {
  nfd: number
  stream_ops: { fsync?: (stream: Stream) => number }
}

/**
 * Opens a directory so that committed data is on disk. PGlite starts PostgreSQL with fsync off, and its file layer does
 * not implement fsync. This removes the setting and adds the operation. Both are PGlite internals, so its version is
 * pinned, and a test counts the syncs.
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
  // Any file will do: all files share their operations.
  const file = FS.open(`${rows[0]!.path}/PG_VERSION`, 'r')
  file.stream_ops.fsync = ({ nfd }) => {
    sync(nfd)
    return 0
  }
  FS.close(file)
  return lite
}
