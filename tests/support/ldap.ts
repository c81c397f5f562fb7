import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'ldapts'
import { ldapModules } from '../../scripts/services/package-sets.mjs'
import { ensureSlapd, type Slapd } from '../../scripts/services/slapd.mjs'
import { inFolder, startDaemon, untilReady } from './daemon'
import { freePort } from './postgres'

/** The organizational units of the directory. */
export const ldapTree = {
  suffix: 'dc=example,dc=org',
  people: 'ou=people,dc=example,dc=org',
  groups: 'ou=groups,dc=example,dc=org',
  policies: 'ou=policies,dc=example,dc=org',
}

const admin = { dn: `cn=admin,${ldapTree.suffix}`, password: 'a password for tests' }

/**
 * Starts an LDAP server for tests, on loopback and in a temporary folder, with a tree for people and groups. It keeps
 * `memberOf`, refuses a `uidNumber` that another person has or that is not at least 1000, and locks as its policy says.
 * `access` are rules that come before its own.
 */
export const startLdap = (say?: (progress: string) => void, { access = [] }: { access?: string[] } = {}) =>
  inFolder('ldap', async (folder, started) => {
    const slapd = ensureSlapd(say)
    const url = `ldap://127.0.0.1:${await freePort()}`
    mkdirSync(join(folder, 'data'))
    writeFileSync(join(folder, 'slapd.conf'), settings(slapd, folder, access))
    writeFileSync(join(folder, 'tree.ldif'), tree)
    const configured = ['-f', join(folder, 'slapd.conf')]
    // slapd is each of its tools, too.
    const loading = ['-T', 'add', ...configured, '-l', join(folder, 'tree.ldif')]
    execFileSync(slapd.program, loading, { env: { ...process.env, ...slapd.env }, timeout: 60_000, stdio: 'pipe' })
    // With a debug level, 0 too, it does not fork.
    const listening = ['-d', '0', '-h', url]
    const daemon = startDaemon(slapd.program, [...configured, ...listening], { folder, log: 'slapd', env: slapd.env })
    started.push(daemon)
    await untilReady('slapd', daemon, async () => {
      const client = new Client({ url, connectTimeout: 1000, timeout: 1000 })
      await client.bind(admin.dn, admin.password)
      await client.unbind()
      return true
    })
    return { url, admin }
  })

const settings = ({ modules, schemas }: Slapd, folder: string, access: string[]) => `
${['core', 'cosine', 'inetorgperson', 'nis'].map((name) => `include ${join(schemas, `${name}.schema`)}`).join('\n')}
modulepath ${modules}
${ldapModules.map((name) => `moduleload ${name}.so`).join('\n')}
pidfile ${join(folder, 'pid')}
argsfile ${join(folder, 'args')}
sizelimit unlimited

database mdb
suffix "${ldapTree.suffix}"
rootdn "${admin.dn}"
rootpw "${admin.password}"
directory ${join(folder, 'data')}
maxsize 268435456
# Nothing is worth keeping.
dbnosync
index objectClass eq
index uid,cn,uidNumber,gidNumber,member,memberUid eq
${access.join('\n')}
access to attrs=userPassword by self write by anonymous auth by * none
access to * by users read by * none

overlay memberof
memberof-refint TRUE
overlay ppolicy
ppolicy_default "cn=default,${ldapTree.policies}"
overlay unique
unique_uri ldap:///${ldapTree.people}?uidNumber?sub
overlay constraint
constraint_attribute uidNumber,gidNumber regex "^[1-9][0-9]{3,}$"
`

const tree = `dn: ${ldapTree.suffix}
objectClass: dcObject
objectClass: organization
dc: example
o: Example

${(['people', 'groups', 'policies'] as const)
  .map((name) => `dn: ${ldapTree[name]}\nobjectClass: organizationalUnit\nou: ${name}\n`)
  .join('\n')}
dn: cn=default,${ldapTree.policies}
objectClass: applicationProcess
objectClass: pwdPolicy
cn: default
pwdAttribute: userPassword
pwdLockout: TRUE
`
