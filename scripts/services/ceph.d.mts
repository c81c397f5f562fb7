type CephProgram = 'ceph-mon' | 'ceph-osd' | 'radosgw' | 'radosgw-admin' | 'ceph-authtool' | 'monmaptool' | 'osdmaptool'
export interface Ceph {
  programs: Record<CephProgram, string>
  /** What the programs need in their environment. */
  env: Record<string, string>
  /** What the programs need in their configuration file. */
  settings: Record<string, string>
}
/** Downloads and unpacks what is missing; throws a sentence that says what to do. */
export function ensureCeph(say?: (message: string) => void): Ceph
