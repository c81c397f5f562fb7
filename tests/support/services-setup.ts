import type { TestProject } from 'vitest/node'
import { ensureApache } from '../../scripts/services/apache.mjs'
import { ensureCeph } from '../../scripts/services/ceph.mjs'
import { ensureJupyterHub } from '../../scripts/services/jupyterhub.mjs'
import { ensureKeycloak } from '../../scripts/services/keycloak.mjs'
import { ensureKeystone } from '../../scripts/services/keystone.mjs'
import { ensureScim2Server } from '../../scripts/services/scim2-server.mjs'
import { ensureSlapd } from '../../scripts/services/slapd.mjs'
import { type CephAddress, startCeph } from './ceph'

declare module 'vitest' {
  interface ProvidedContext {
    ceph: CephAddress
  }
}

/** Provides the real services that the tests of the project `services` need. Ceph is started for all; the others start their own. */
// biome-ignore lint/style/noDefaultExport: Vitest requires it.
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const began = performance.now()
  const sayOf = (name: string) => (progress: string) =>
    console.log(`${name}, ${((performance.now() - began) / 1000).toFixed(1)} s: ${progress}`)
  ensureApache(sayOf('Apache'))
  ensureJupyterHub(sayOf('JupyterHub'))
  ensureKeycloak(sayOf('Keycloak'))
  ensureKeystone(sayOf('Keystone'))
  ensureScim2Server(sayOf('scim2-server'))
  ensureSlapd(sayOf('OpenLDAP'))
  const { address, stop } = await startCeph(ensureCeph(sayOf('Ceph')), sayOf('Ceph'))
  project.provide('ceph', address)
  return stop
}
