// Which of Debian's packages the service tests are provided from, and which of their files they load.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Neither `ceph`, which is Python, nor a manager is needed: the monitor gets its first map from a file. */
export const cephProgramNames = [
  'ceph-mon',
  'ceph-osd',
  'radosgw',
  'radosgw-admin',
  'ceph-authtool',
  'monmaptool',
  'osdmaptool',
]

/** The database and the overlays of the directory. */
export const ldapModules = ['back_mdb', 'memberof', 'ppolicy', 'unique', 'constraint']

/** What a site needs that asks for a role, and serves files. */
export const apacheModules = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'auth_openidc', 'dir']

const libraries = join('usr', 'lib', 'x86_64-linux-gnu')
const filesIn = (folder) => readdirSync(folder).map((name) => join(folder, name))

/** The program, and every module that is a library. */
const pythonFiles = (root) => [
  join(root, 'usr', 'bin', 'python3.11'),
  ...readdirSync(join(root, 'usr', 'lib'), { recursive: true })
    .filter((path) => /^python3.*\.so$/.test(path))
    .map((path) => join(root, 'usr', 'lib', path)),
]

/**
 * By name: how messages call the set, what to do without it, the packages that are wanted, and the files that are
 * loaded from a root where they are unpacked. Only packages with such files, or with libraries of theirs, are pinned.
 * `libraries` are folders of libraries besides the usual ones; a package with files that match `whole` is pinned, too.
 */
export const packageSets = {
  ceph: {
    title: 'Ceph',
    size: 'about 60 MB',
    install:
      'install the packages ceph-mon, ceph-osd, radosgw and ceph-common (on Debian: apt-get install --no-install-recommends)',
    wanted: ['ceph-mon', 'ceph-osd', 'radosgw', 'ceph-common', 'ceph-base'],
    libraries: [join(libraries, 'ceph')],
    loaded: (root) => [
      ...cephProgramNames.map((name) => join(root, 'usr', 'bin', name)),
      ...filesIn(join(root, libraries, 'ceph', 'erasure-code')),
      ...filesIn(join(root, libraries, 'rados-classes')),
    ],
  },
  slapd: {
    title: 'OpenLDAP',
    size: 'about 5 MB',
    install: 'install the package slapd',
    wanted: ['slapd'],
    loaded: (root) => [
      join(root, 'usr', 'sbin', 'slapd'),
      ...ldapModules.map((name) => join(root, 'usr', 'lib', 'ldap', `${name}.so`)),
    ],
  },
  python: {
    title: 'Python',
    size: 'about 10 MB',
    install: 'install the packages python3 and python3-pip',
    wanted: ['python3', 'python3-pip'],
    loaded: pythonFiles,
    whole: /\.\/usr\/lib\/python3/,
  },
  apache: {
    title: 'Apache',
    size: 'about 10 MB',
    install: 'install the packages apache2-bin and libapache2-mod-auth-openidc',
    wanted: ['apache2-bin', 'libapache2-mod-auth-openidc'],
    loaded: (root) => [
      join(root, 'usr', 'sbin', 'apache2'),
      ...apacheModules.map((name) => join(root, 'usr', 'lib', 'apache2', 'modules', `mod_${name}.so`)),
    ],
  },
  keystone: {
    title: 'Keystone',
    size: 'about 60 MB',
    install: 'install the packages python3-keystone, uwsgi-core, uwsgi-plugin-python3 and python3-psycopg2',
    wanted: ['python3-keystone', 'uwsgi-core', 'uwsgi-plugin-python3', 'python3-psycopg2'],
    loaded: (root) => [
      ...pythonFiles(root),
      join(root, 'usr', 'bin', 'uwsgi-core'),
      join(root, 'usr', 'lib', 'uwsgi', 'plugins', 'python311_plugin.so'),
    ],
    whole: /\.\/usr\/lib\/python3/,
  },
}
