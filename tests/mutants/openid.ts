import type { Mutants } from './mutant'

const records = 'src/connections/openid-provider/records.ts'
const provider = 'src/connections/openid-provider/provider.ts'
const mount = 'src/connections/openid-provider/mount.ts'
const people = 'src/connections/openid-provider/people.ts'
const keys = 'src/connections/openid-keys/signing-keys.ts'
const tokens = 'src/connections/openid-provider/tokens.story.test.ts'
const signingIn = 'src/connections/openid-provider/signing-in.story.test.ts'
const clientRoutes = 'src/connections/openid-clients/routes.test.ts'
const clients = 'src/connections/openid-provider/clients.ts'
const recording = 'src/connections/openid-sign-ins/recording.ts'
const live = 'src/connections/openid-sign-ins/live.ts'
const signIns = 'src/connections/openid-sign-ins/store.ts'
const signInRoutes = 'src/connections/openid-sign-ins/routes.test.ts'
const connector = 'src/connections/kinds/openid-logout.ts'
const logout = 'src/connections/kinds/openid-logout.story.test.ts'
const signInStory = 'src/connections/kinds/openid-sign-ins.race.test.ts'
const logoutConnection = 'src/connections/openid-clients/logout-connection.ts'

export const openidMutants: Mutants = {
  'openid: a token outlives the access that it was issued for': {
    edits: [
      [
        records,
        "<> 'Interaction' and r.client_id is not null then",
        "<> 'Interaction' and r.client_id is not null then true or",
      ],
    ],
    test: [tokens, 'with being removed'],
  },
  'openid: a token outlives the session of the portal': {
    edits: [[records, 'r.session_id is null or r.account_id is null or exists', 'true or exists']],
    test: [tokens, 'ends when the person signs out of the portal'],
  },
  'openid: a token outlives its client': {
    edits: [
      [records, 'c.id = r.client_id and c.ended_at is null', 'c.id = r.client_id'],
      [clients, ' and ended_at is null', ''],
    ],
    test: [tokens, 'with ending the client'],
  },
  'openid: a code that is used several times at once brings tokens that last': {
    edits: [[records, 'where found.consumed_at is not null and (', 'where false and (']],
    test: ['src/connections/openid-provider/replays.race.test.ts', 'of two uses of a code'],
  },
  'openid: all sign-ins of a person at a client share a grant': {
    edits: [[provider, 'expiresWithSession: async () => false', 'expiresWithSession: async () => true']],
    test: [tokens, 'ends no other sign-in of the person'],
  },
  'openid: any client learns about any token': {
    edits: [
      [
        provider,
        'allowedPolicy: (_, client, token) => token.clientId === client.clientId,\n      },',
        'allowedPolicy: () => true,\n      },',
      ],
    ],
    test: [tokens, 'tell a client of its own tokens alone'],
  },
  'openid: a client may revoke the tokens of another': {
    edits: [
      [
        provider,
        'revocation: { enabled: true, allowedPolicy: (_, client, token) => token.clientId === client.clientId }',
        'revocation: { enabled: true, allowedPolicy: () => true }',
      ],
    ],
    test: [tokens, 'tell a client of its own tokens alone'],
  },
  'openid: a wrong secret is accepted': {
    edits: [[provider, 'return sameBytes(', 'return true || sameBytes(']],
    test: [tokens, 'a client with a wrong secret'],
  },
  'openid: the ID token says what a person holds': {
    edits: [[people, "use === 'id_token'", 'false']],
    test: [signingIn, 'at the userinfo endpoint alone'],
  },
  'openid: a person who may not use the service is let in': {
    edits: [[provider, 'Boolean(oidc.session?.accountId) && !oidc.account', 'false']],
    test: [signingIn, 'is refused by the portal'],
  },
  'openid: an old sign-in counts as a new one': {
    edits: [[mount, "if (String(params.prompt ?? '').includes('login')) return true", '']],
    test: [signingIn, 'authenticates again'],
  },
  'openid: the session of the provider outlives that of the portal': {
    edits: [[provider, 'return session.accountId === undefined ? session', 'return true ? session']],
    test: [signingIn, 'is not signed in by what an application left'],
  },
  'openid: signing out at an application leaves the portal signed in': {
    edits: [[provider, '  endPortalToo(given, provider)\n', '']],
    test: [tokens, 'ends the session of the portal'],
  },
  'openid: a key signs as soon as it is made': {
    edits: [[keys, 'const publishedBefore = 600', 'const publishedBefore = 0']],
    test: [tokens, 'signs once everyone can know it'],
  },
  'openid: a client goes on learning what it may not ask for any more': {
    edits: [[people, '.filter(([claim]) => allowed.includes(claim))', '']],
    test: [clientRoutes, 'learns no more than it may ask for now'],
  },
  'openid: people are sent to addresses that are not registered any more': {
    edits: [
      [
        'src/connections/openid-clients/store.ts',
        "r.model in ('Interaction', 'AuthorizationCode')",
        "r.model in ('Interaction')",
      ],
    ],
    test: [clientRoutes, 'to an address that was registered when the sign-in began'],
  },
  'openid: an application that wants consent redirects for ever': {
    edits: [[mount, '{ login, consent: {} }', '{ login }']],
    test: [signingIn, 'is not asked whether they agree'],
  },
  'openid: another person than the application expects is signed in': {
    edits: [[mount, '![undefined, accountId].includes(hinted(details))', 'hinted(details) === null']],
    test: [signingIn, 'expects another person'],
  },
  'openid: wrong secrets of one client hold up all of its network': {
    edits: [[mount, 'clientOf(request)}', "''}"]],
    test: [tokens, 'with wrong secrets holds up no other'],
  },
  'openid: slow bodies take the slots of others': {
    edits: [
      [mount, "addContentTypeParser('application/x-www-form-urlencoded'", "addContentTypeParser('application/x-other'"],
    ],
    test: [tokens, 'slowly keeps no one else waiting'],
  },
  'openid: a client sends people anywhere without https': {
    edits: [
      ['src/platform/input/web-addresses.ts', "url.protocol === 'http:' && !thisMachine", 'false && !thisMachine'],
    ],
    test: [clientRoutes, 'is not registered with http://app.example.org/callback'],
  },
  'openid: a sign-in that ends before a worker has looked is not told': {
    edits: [[recording, 'next_attempt_at = now(), uncertain = true', 'next_attempt_at = now()']],
    test: [logout, 'of a sign-in that ends before a worker has looked'],
  },
  'openid: a sign-in outlives the membership under which it was made': {
    edits: [[live, 'i.membership_id is null or i.membership_id = m.id and o.id is not null', 'true']],
    test: [signInStory, 'when the membership ends, also where a default role is left'],
  },
  'openid: a sign-in outlives the access role with which it was made': {
    edits: [[live, 'coalesce(i.access_role_id, h.access_role)', 'h.access_role']],
    test: [logout, 'when the access role is another one'],
  },
  'openid: a sign-in that began again is forgotten': {
    edits: [[connector, '::uuid and signed_in_at = ', '::uuid and signed_in_at >= ']],
    test: [signInStory, 'a new sign-in while a logout token of the former one is on its way is remembered'],
  },
  'openid: logout tokens name no session': {
    edits: [[connector, '...(sid !== null && { sid })', '...{}']],
    test: [logout, 'of each device on its own'],
  },
  'openid: a session that ends is noticed by the next comparison only': {
    edits: [['migrations/0036_openid_sign_ins.sql', 'from before s join', 'from before s join accounts on false join']],
    test: [logout, 'has a session that is deleted'],
  },
  'openid: an application that ends leaves people signed in': {
    edits: [
      [
        logoutConnection,
        'ending_since = now(), compared_at = null,',
        'deleted_at = now(), enabled = false, compared_at = null,',
      ],
    ],
    test: [logout, 'is deleted with the application'],
  },
  'openid: signing out of an application leaves its tokens': {
    edits: [
      [signIns, 'delete from openid_records where client_id', 'delete from openid_records where false and client_id'],
    ],
    test: [signInRoutes, 'ends every token of it on all devices'],
  },
  'openid: consent to one thing is consent to everything': {
    edits: [
      [mount, 'wanted.some((scope) => !scopes.includes(scope))', 'false'],
      [provider, "scopes ? ['openid', ...scopes].join(' ') : scope", 'scope'],
    ],
    test: [signInRoutes, 'consent is asked for once'],
  },
  'openid: an application that does not ask can be agreed to': {
    edits: [[signIns, 'and asks_consent and ended_at is null', 'and ended_at is null']],
    test: [signInRoutes, 'no one agrees to an application that does not ask'],
  },
}
