// Debian's Python 3.11 in an unpacked root, or the machine's where it is installed.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileOf, librariesIn } from './debian-packages.mjs'

/** The program, and the environment with which it finds the modules of the root and those in `folders`. */
export function pythonIn(root, ...folders) {
  const unpacked = join(root, 'usr', 'lib', 'python3.11')
  const modules = [
    ...folders,
    join(root, 'usr', 'lib', 'python3', 'dist-packages'),
    unpacked,
    join(unpacked, 'lib-dynload'),
  ]
  return {
    program: fileOf(root, 'usr/bin/python3.11'),
    env: {
      LD_LIBRARY_PATH: librariesIn(root).join(':'),
      PYTHONPATH: modules.filter((folder) => existsSync(folder)).join(':'),
      PYTHONNOUSERSITE: '1',
      ...(existsSync(join(unpacked, 'os.py')) ? { PYTHONHOME: join(root, 'usr') } : {}),
    },
  }
}
