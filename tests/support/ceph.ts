import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ceph } from '../../scripts/services/ceph.mjs'
import { type Daemon, inFolder, type Running, startDaemon, tailOf } from './daemon'
import { freePort } from './postgres'

/** Where an S3 gateway answers, and the keys of its administrator. */
export interface CephAddress {
  endpoint: string
  accessKey: string
  secretKey: string
  /** For further gateways to the same cluster. */
  folder: string
}

const setUpSeconds = 180

/**
 * Starts a Ceph cluster for tests, on loopback and in a temporary folder: a monitor, an object store in memory and an S3
 * gateway. No manager and no `ceph` command are needed: the monitor begins with a map that already has the object store.
 */
export async function startCeph(
  ceph: Ceph,
  say: (progress: string) => void,
): Promise<{ address: CephAddress } & Running> {
  // The gateway stops first: without the others it would wait for them.
  return inFolder('ceph', async (folder, started) => ({ address: await setUp(ceph, folder, started, say) }))
}

async function setUp(ceph: Ceph, folder: string, started: Running[], say: (progress: string) => void) {
  const run = (program: keyof Ceph['programs'], ...args: string[]) =>
    execFileSync(ceph.programs[program], args, {
      cwd: folder,
      env: { ...process.env, ...ceph.env },
      timeout: 60_000,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const cluster = randomUUID()
  const monitor = `v2:127.0.0.1:${await freePort()}`
  for (const name of ['monitor', 'store', 'gateway']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'ceph.conf'), settings(ceph, folder, cluster, monitor))
  const key = (name: string, capabilities: Record<string, string>) =>
    run(
      'ceph-authtool',
      ...(existsSync(join(folder, 'keyring')) ? ['keyring'] : ['-C', 'keyring']),
      ...['--gen-key', '-n', name],
      ...Object.entries(capabilities).flatMap(([service, allowed]) => ['--cap', service, allowed]),
    )
  key('mon.', { mon: 'allow *' })
  key('osd.0', { mon: 'allow profile osd', osd: 'allow *' })
  key('client.gateway', { mon: 'allow *', osd: 'allow *' })
  run('monmaptool', '--create', '--fsid', cluster, '--addv', 'a', `[${monitor}]`, 'monmap')
  run('osdmaptool', '--createsimple', '1', 'osdmap')
  const configured = ['-c', 'ceph.conf']
  const maps = ['--monmap', 'monmap', '--osdmap', 'osdmap', '--keyring', 'keyring']
  run('ceph-mon', ...configured, '-i', 'a', '--mkfs', ...maps)
  const monitoring = daemon(ceph, folder, 'ceph-mon', '-i', 'a')
  started.push(monitoring)
  say('the monitor runs')
  run('ceph-osd', ...configured, '-i', '0', '--mkfs', '--osd-uuid', randomUUID())
  const storing = daemon(ceph, folder, 'ceph-osd', '-i', '0')
  started.push(storing)
  say('the object store runs')
  const gateway = await startGateway(ceph, folder, [monitoring, storing])
  started.push(gateway)
  say('the gateway answers')
  const keys = { accessKey: 'administrator', secretKey: randomUUID() }
  // What docs for operators ask for, and nothing more.
  const capabilities = ['--caps', 'users=*;usage=read;metadata=read']
  const administrator = ['--uid', 'administrator', '--display-name', 'Administrator', ...capabilities]
  const given = ['--access-key', keys.accessKey, '--secret-key', keys.secretKey]
  run('radosgw-admin', ...configured, '-n', 'client.gateway', 'user', 'create', ...administrator, ...given)
  say('its administrator has keys')
  return { endpoint: gateway.endpoint, ...keys, folder }
}

/** Another gateway to the cluster in that folder. Its own, a test may stop. */
export async function startGateway(ceph: Ceph, folder: string, needed: Daemon[] = []) {
  const endpoint = `http://127.0.0.1:${await freePort()}`
  const listening = ['--rgw-frontends', `beast endpoint=${endpoint.slice('http://'.length)}`]
  const gateway = daemon(ceph, folder, 'radosgw', '-n', 'client.gateway', ...listening)
  const deadline = Date.now() + setUpSeconds * 1000
  for (;;) {
    const text = await fetch(endpoint, { signal: AbortSignal.timeout(2000) }).then(
      (response) => response.text(),
      () => '',
    )
    if (text.includes('ListAllMyBuckets')) return { endpoint, ...gateway }
    const ended = [...needed, gateway].some((one) => one.hasEnded())
    if (ended || Date.now() > deadline) {
      await gateway.stop()
      const what = ended ? 'or what it needs ended' : `did not answer within ${setUpSeconds} s`
      const logs = ['ceph-mon', 'ceph-osd', 'radosgw'].map((name) => `${name}: ${tailOf(join(folder, `${name}.log`))}`)
      throw new Error(`The S3 gateway ${what}. The ends of the logs:\n${logs.join('\n')}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const daemon = (ceph: Ceph, folder: string, program: keyof Ceph['programs'], ...args: string[]) =>
  startDaemon(ceph.programs[program], ['-c', 'ceph.conf', '-f', ...args], { folder, log: program, env: ceph.env })

const settings = (ceph: Ceph, folder: string, cluster: string, monitor: string) =>
  Object.entries({
    fsid: cluster,
    mon_host: monitor,
    ...{ public_addr: '127.0.0.1', cluster_addr: '127.0.0.1', ms_bind_msgr1: 'false' },
    ...{ auth_cluster_required: 'cephx', auth_service_required: 'cephx', auth_client_required: 'cephx' },
    keyring: join(folder, 'keyring'),
    mon_data: join(folder, 'monitor'),
    osd_data: join(folder, 'store'),
    rgw_data: join(folder, 'gateway'),
    run_dir: folder,
    admin_socket: '',
    pid_file: '',
    log_to_file: 'false',
    log_to_stderr: 'true',
    // One copy, in memory.
    osd_objectstore: 'memstore',
    memstore_device_bytes: '536870912',
    ...{ osd_pool_default_size: '1', osd_pool_default_min_size: '1', mon_allow_pool_size_one: 'true' },
    ...{ osd_pool_default_pg_num: '1', osd_pool_default_pgp_num: '1', osd_pool_default_pg_autoscale_mode: 'off' },
    osd_crush_chooseleaf_type: '0',
    mon_pg_warn_min_per_osd: '0',
    rgw_run_sync_thread: 'false',
    rgw_enable_usage_log: 'true',
    // By default, usage is written every 30 seconds.
    rgw_usage_log_tick_interval: '1',
    ...ceph.settings,
  }).reduce((text, [name, value]) => `${text}${name} = ${value}\n`, '[global]\n')
