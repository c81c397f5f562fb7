// Provides Keystone for the service tests: Debian's packages, unpacked or installed.
import { fileOf, unpackedPackages } from './debian-packages.mjs'
import { pythonIn } from './python.mjs'

/** Python and its environment, and the programs: each but uWSGI is a file for Python. */
export function ensureKeystone(say = console.log) {
  const root = unpackedPackages('keystone', ['Keystone', 'uwsgi'], say)
  return {
    ...pythonIn(root),
    manage: fileOf(root, 'usr/bin/keystone-manage'),
    application: fileOf(root, 'usr/bin/keystone-wsgi-public'),
    uwsgi: fileOf(root, 'usr/bin/uwsgi-core'),
    plugin: fileOf(root, 'usr/lib/uwsgi/plugins/python311_plugin.so'),
  }
}
