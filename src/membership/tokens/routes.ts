import { newToken } from '../../platform/access/program-tokens'
import { Problem } from '../../platform/errors'
import { command, done, query, type Route } from '../../platform/http/flow'
import { decideOrganizationToken, decideToken } from './rules'
import {
  createOrganizationToken,
  createToken,
  endOrganizationToken,
  endToken,
  listOrganizationTokens,
  listTokens,
  renewOrganizationToken,
} from './schema'
import {
  loadOrganizationToken,
  loadOrganizationTokens,
  loadToken,
  loadTokenCount,
  loadTokens,
  saveOrganizationToken,
  saveOrganizationTokenEnd,
  saveToken,
  saveTokenEnd,
} from './store'

export const tokenRoutes: Route[] = [
  query(listTokens, {
    load: ({ db, credential }) => loadTokens(db, credential),
    answer: ({ tokens }) => ({ tokens }),
  }),

  command(createToken, {
    load: ({ db, credential }) => loadTokenCount(db, credential),
    decide: ({ actor, usable }, input) => {
      decideToken(usable)
      return { actor, token: { ...input, ...newToken('personal') } }
    },
    save: (db, { actor, token }) => saveToken(db, actor, token),
    answer: (saved, { token: { token } }) => ({ ...saved, token }),
  }),

  command(endToken, {
    load: ({ db, credential, input }) => loadToken(db, credential, input.tokenId),
    decide: ({ actor, exists }, { tokenId }) => {
      if (!exists) throw new Problem('token_not_found')
      return { actor, tokenId }
    },
    save: (db, { actor, tokenId }) => saveTokenEnd(db, actor, tokenId),
    answer: done,
  }),

  query(listOrganizationTokens, {
    load: ({ db, credential }) => loadOrganizationTokens(db, credential),
    answer: ({ tokens }) => ({ tokens }),
  }),

  command(createOrganizationToken, {
    load: ({ db, credential }) => loadOrganizationToken(db, credential, null),
    decide: ({ actor, usable }, { name, scopes, days }) => {
      decideOrganizationToken(actor.organizationState, usable)
      return { actor, token: { name, scopes, days, ...newToken('organization') } }
    },
    save: (db, { actor, token }) => saveOrganizationToken(db, actor, token, null),
    answer: (saved, { token: { token } }) => ({ ...saved, token }),
  }),

  command(renewOrganizationToken, {
    load: ({ db, credential, input }) => loadOrganizationToken(db, credential, input.tokenId),
    decide: ({ actor, usable, token }, { tokenId, days }) => {
      if (!token) throw new Problem('token_not_found')
      decideOrganizationToken(actor.organizationState, token.usable ? usable - 1 : usable)
      const { name, scopes } = token
      return { actor, tokenId, token: { name, scopes, days, ...newToken('organization') } }
    },
    save: (db, { actor, token, tokenId }) => saveOrganizationToken(db, actor, token, tokenId),
    answer: (saved, { token: { token } }) => ({ ...saved, token }),
  }),

  command(endOrganizationToken, {
    load: ({ db, credential, input }) => loadOrganizationToken(db, credential, input.tokenId),
    decide: ({ actor, token }, { tokenId }) => {
      if (!token) throw new Problem('token_not_found')
      return { actor, tokenId }
    },
    save: (db, { actor, tokenId }) => saveOrganizationTokenEnd(db, actor, tokenId),
    answer: done,
  }),
]
