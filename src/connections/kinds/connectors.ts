import type { Config } from '../../platform/config'
import type { Database } from '../../platform/db/database'
import type { Keys } from '../../platform/keys'
import { createOpenLdap } from '../outbound/ldap-connection'
import { createOutbound } from '../outbound/outbound'
import type { Connector } from './connector'
import { jupyterHub } from './jupyterhub/connector'
import { keycloak } from './keycloak/connector'
import { keystone } from './keystone/connector'
import { ldap } from './ldap/connector'
import { openIdLogout } from './openid-logout'
import { s3 } from './s3/connector'
import { scim } from './scim/connector'
import { webhook } from './webhook'

/** The kinds that services are told through, on one guarded way out. */
export function connectorsFor(
  { outboundAllow, baseUrl }: Pick<Config, 'outboundAllow' | 'baseUrl'>,
  means: { db: Database; keys: Keys },
): Partial<Record<string, Connector>> {
  const outbound = createOutbound({ allowed: outboundAllow })
  return {
    webhook: webhook(outbound),
    s3: s3(outbound, means),
    openid: openIdLogout(outbound, { ...means, baseUrl }),
    jupyterhub: jupyterHub(outbound, means),
    scim: scim(outbound, means),
    ldap: ldap(createOpenLdap({ allowed: outboundAllow }), means),
    keycloak: keycloak(outbound, means),
    keystone: keystone(outbound, means),
  }
}
