import type { AdapterPayload } from 'oidc-provider'
import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'

/** As `openid_clients` has it. */
interface StoredClient {
  id: string
  name: string
  authentication: 'client_secret_basic' | 'client_secret_post' | 'none'
  secretHash: string | null
  redirectUris: string[]
  postLogoutRedirectUris: string[]
  backchannelLogoutUri: string | null
  scopes: string[]
}

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The clients as the OpenID provider reads them. It writes none: they are registered in the portal. */
export class Clients {
  constructor(private readonly db: Database) {}

  async find(id: string): Promise<AdapterPayload | undefined> {
    if (!isId.test(id)) return undefined
    const client = await this.db.first<StoredClient>(sql`
      select id, name, authentication, secret_hash as "secretHash", redirect_uris as "redirectUris", post_logout_redirect_uris as "postLogoutRedirectUris",
        backchannel_logout_uri as "backchannelLogoutUri", scopes
      from openid_clients where id = ${id} and ended_at is null`)
    return client && toMetadata(client)
  }

  upsert = refuse
  findByUserCode = refuse
  findByUid = refuse
  consume = refuse
  destroy = refuse
  revokeByGrantId = refuse
}

const refuse = () => Promise.reject(new Error('clients are registered in the portal'))

/** In place of the secret there is its hash, with which `compareClientSecret` in provider.ts compares. */
const toMetadata = (client: StoredClient): AdapterPayload => ({
  client_id: client.id,
  client_name: client.name,
  token_endpoint_auth_method: client.authentication,
  ...(client.secretHash === null ? {} : { client_secret: client.secretHash }),
  redirect_uris: client.redirectUris,
  post_logout_redirect_uris: client.postLogoutRedirectUris,
  ...(client.backchannelLogoutUri === null
    ? {}
    : { backchannel_logout_uri: client.backchannelLogoutUri, backchannel_logout_session_required: true }),
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  scope: ['openid', ...client.scopes].join(' '),
})
