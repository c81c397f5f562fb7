import type { TestProject } from 'vitest/node'
import { ensureCeph } from '../../scripts/services/ceph.mjs'
import { type CephAddress, startCeph } from './ceph'

declare module 'vitest' {
  interface ProvidedContext {
    ceph: CephAddress
  }
}

/** Provides and starts the real services that the tests of the project `services` need. */
// biome-ignore lint/style/noDefaultExport: Vitest requires it.
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const began = performance.now()
  const say = (progress: string) =>
    console.log(`Ceph, ${((performance.now() - began) / 1000).toFixed(1)} s: ${progress}`)
  const { address, stop } = await startCeph(ensureCeph(say), say)
  project.provide('ceph', address)
  return stop
}
