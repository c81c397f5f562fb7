// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.

import type { Mutants } from './mutant'

const bounds = 'src/platform/http/bounds.story.test.ts'
const raw = 'src/platform/http/raw-response.ts'
const requestCaller = 'src/platform/http/request-caller.ts'
const stream = 'src/messaging/events/stream.ts'

export const serverMutants: Mutants = {
  'overload is reported as a failure of the identity provider': {
    edits: [['src/identity/upstream-provider/callback.ts', 'if (error instanceof Problem)', 'if (false)']],
    test: ['src/identity/upstream-provider/callback.test.ts', 'sees the reason on the sign-in page'],
  },
  'a stream that waits behind another keeps its place when its connection is gone': {
    edits: [[raw, "this.connection.once('close', gone)", '']],
    test: [bounds, 'streams that wait behind others'],
  },
  'a listener who leaves while being admitted keeps their place': {
    edits: [
      [raw, "this.response.once('close', gone)", ''],
      [raw, "this.connection.once('close', gone)", ''],
    ],
    test: [bounds, 'leave while they are let in'],
  },
  'a session that ends while it is looked up is let in': {
    edits: [
      ['src/messaging/events/feed.ts', 'if (!access || !this.coming.has(listener))', 'if (!access)'],
      [stream, 'stream.isOver || ', ''],
    ],
    test: [bounds, 'for a session that ends while it is looked up'],
  },
  'a session opens any number of streams': {
    edits: [[stream, 'ofSession: 10', 'ofSession: 10_000']],
    test: [bounds, 'are limited to ten per session'],
  },
  'an account has any number of requests in flight': {
    edits: [['src/app.ts', 'const atOnceOfOne = 100', 'const atOnceOfOne = 1000']],
    test: [bounds, 'a hundred requests in flight'],
  },
  'health waits in the queue for the database': {
    edits: [['src/platform/db/database.ts', 'this.notePing = resolve', '']],
    test: [bounds, 'health is answered while everything else waits'],
  },
  'a change that was made is reported as unreadable because of what followed it': {
    edits: [['src/platform/http/malformed-requests.ts', 'begun?.req.complete', 'false']],
    test: ['src/platform/http/malformed-requests.story.test.ts', 'is answered first, and truly: garbage'],
  },
  'a stream goes on for ever on a connection that cannot be read': {
    edits: [
      [
        'src/platform/http/malformed-requests.ts',
        'setTimeout(() => socket.destroy(), (socket',
        'setTimeout(() => {}, (socket',
      ],
    ],
    test: ['src/platform/http/malformed-requests.story.test.ts', 'has as long for what came before it'],
  },
  'a query with a body is passed over': {
    edits: [['src/platform/http/input.ts', '!fromQuery && Object.keys', 'false && Object.keys']],
    test: [bounds, 'by endOtherSessions'],
  },
  'a body that is no UTF-8 is stored garbled': {
    edits: [['src/platform/http/body-text.ts', '!isUtf8(body)', 'false']],
    test: ['src/platform/http/body-text.test.ts', 'is refused with the reason'],
  },
  'a body is read as UTF-8 whatever it says that it is': {
    edits: [['src/platform/http/body-text.ts', '!readable.test(charset!)', 'false']],
    test: ['src/platform/http/body-text.test.ts', 'that says it is in'],
  },
  'a body comes as text that was decoded somehow': {
    edits: [['src/platform/http/server.ts', "bodyText(request.headers['content-type'], body)", 'body.toString()']],
    test: ['src/platform/http/edges.story.test.ts', 'a body that is not UTF-8 is refused'],
  },
  'of a field that is given twice the last one counts': {
    edits: [['src/platform/http/json-body.ts', 'if (seen)', 'if (seen && false)']],
    test: ['src/platform/http/json-body.test.ts', 'given twice is refused'],
  },
  'an escaped name is another field': {
    edits: [['src/platform/http/json-body.ts', 'String(parse(string))', 'string.slice(1, -1)']],
    test: ['src/platform/http/json-body.test.ts', 'given twice is refused'],
  },
  'an export takes no id in capitals': {
    edits: [
      [
        'src/messaging/events/schema.ts',
        'z.strictObject({ organizationId: id, ...eventFilters })',
        'z.strictObject({ organizationId: z.uuid(), ...eventFilters })',
      ],
    ],
    test: ['src/messaging/events/export.story.test.ts', 'an id in capitals is the same'],
  },
  'an export that is broken off looks whole': {
    edits: [['src/messaging/events/export.ts', 'file.cut()', 'file.end()']],
    test: ['src/messaging/events/export.story.test.ts', 'it breaks off for a person who has'],
  },
  'a broken pipe passes for an answer of PostgreSQL': {
    edits: [['src/platform/db/sqlstate.ts', "typeof severity === 'string' && ", '']],
    test: ['src/platform/db/sqlstate.test.ts', 'only what PostgreSQL answered'],
  },
  'a read that runs into the timeout fails the others': {
    edits: [
      ['src/platform/db/batching/reads.ts', "state === cancelled || state.startsWith('22')", "state.startsWith('22')"],
    ],
    test: ['src/platform/db/batching/reads.story.test.ts', 'runs into the timeout fails alone'],
  },
  'a search waits for another one': {
    edits: [
      ['src/platform/db/search.ts', '${wordsOf(q)}::text[]', "string_to_array(${wordsOf(q).join(' ')}::text, ' ')"],
    ],
    test: ['src/platform/db/batching/reads.story.test.ts', 'does not wait for another search'],
  },
  'a batch goes twice': {
    edits: [
      [
        'src/platform/db/batching/batcher.ts',
        '    clearTimeout(this.timer)\n    this.timer = undefined\n    // After',
        '    // After',
      ],
    ],
    test: ['src/platform/db/batching/batcher.test.ts', 'a batch goes once'],
  },
  'a server starts on every address without knowing its own': {
    edits: [['src/platform/config.ts', '!givenUrl && isEverywhere(host)', 'false']],
    test: ['src/platform/config.test.ts', 'a setting that cannot be used is refused with a sentence'],
  },
  'every address is a screen': {
    edits: [
      ['src/platform/http/screens.ts', '!ofPrograms.test(path) && !aFile.test(path)', "!path.startsWith('/api')"],
    ],
    test: ['src/platform/http/screens.test.ts', 'is not one of the portal'],
  },
  'a program that takes no page gets one': {
    edits: [['src/platform/http/screens.ts', ' && takesPages(headers.accept)', '']],
    test: ['src/platform/http/screens.test.ts', 'is for those who take pages'],
  },
  'a live stream waits for transactions of other databases': {
    edits: [
      [
        'src/messaging/events/feed-store.ts',
        ') found order by',
        ') found where found.transaction < pg_snapshot_xmin(pg_current_snapshot()) order by',
      ],
    ],
    test: ['tests/races/live.race.test.ts', 'each event is read once'],
  },
  'an error that nothing caught leaves its request without an answer': {
    edits: [['src/platform/http/last-resort.ts', 'else if (!reply.sent) reply.send(', 'else if (!reply.sent) void (']],
    test: ['tests/races/last-resort.race.test.ts', 'an error that nothing caught is logged'],
  },
  'what is in flight is broken off by a stop': {
    edits: [['src/platform/http/server.ts', "forceCloseConnections: 'idle'", 'forceCloseConnections: true']],
    test: ['tests/races/last-resort.race.test.ts', 'requests in flight are answered'],
  },
  'the address of a client is looked up when it is gone': {
    edits: [
      ['src/platform/http/register-route.ts', '      const address = addressOf(request)\n', ''],
      [
        'src/platform/http/register-route.ts',
        'new RequestCaller(request, address, ',
        "new RequestCaller(request, '', ",
      ],
      // The limits of tokens look it up early, too.
      [
        'src/platform/http/register-route.ts',
        '{ session, credential, source }: Caller',
        '{ session, credential }: Caller',
      ],
      ['src/platform/http/register-route.ts', 'credential.digest, source, queued)', "credential.digest, '', queued)"],
      [requestCaller, 'return sourceOf(this.address)', 'return sourceOf(addressOf(this.request))'],
      [requestCaller, "'x-forwarded-for': this.address }", "'x-forwarded-for': addressOf(this.request) }"],
    ],
    test: ['tests/races/last-resort.race.test.ts', 'an attempt counts for the network of its client'],
  },
  'the database is closed under what is worked on': {
    edits: [['src/app.ts', 'finishWhatIsInFlight(app, context.requests)', '']],
    test: ['tests/races/last-resort.race.test.ts', 'clients that send whole requests and are gone at once'],
  },
  'a client that disconnects in the middle of a body is an error': {
    edits: [
      ['src/platform/http/server.ts', 'if (error === (request.raw.errored as unknown)) return void reply.hijack()', ''],
      ['src/platform/db/database-problems.ts', 'if (!ofDatabase(error)) return false', ''],
    ],
    test: ['tests/races/last-resort.race.test.ts', 'clients that are gone in the middle of a body'],
  },
  'any broken socket passes for the database’s': {
    edits: [['src/platform/db/database-problems.ts', 'if (!ofDatabase(error)) return false', '']],
    test: ['src/platform/db/database-problems.test.ts', 'is not the database’s'],
  },
  'a body nests as deeply as it likes': {
    edits: [['src/platform/http/json-body.ts', 'if (levels.length === most.levels)', 'if (levels.length > 1e9)']],
    test: ['src/platform/http/json-body.test.ts', 'what is nested too deeply'],
  },
  'a body has as many parts as it likes': {
    edits: [['src/platform/http/json-body.ts', 'if (++parts > most.parts)', 'if (++parts > 1e9)']],
    test: ['src/platform/http/json-body.test.ts', 'of empty objects'],
  },
  'others wait while a long body is looked at': {
    edits: [['src/platform/http/json-body.ts', 'const stretch = 100_000', 'const stretch = 1e9']],
    test: ['src/platform/http/json-body.test.ts', 'of an escaped string'],
  },
  'others wait while a long list is checked': {
    edits: [['src/platform/http/long-input.ts', 'await othersTurn()', '']],
    test: ['src/platform/http/long-input.test.ts', 'other requests run between two chunks'],
  },
  'of a long list that is wrong all over everything is looked at': {
    edits: [['src/platform/http/long-input.ts', 'if (issues.length >= enough) break', '']],
    test: ['src/platform/http/long-input.test.ts', 'other requests run between two chunks'],
  },
  'of a field that a catalogue file has twice the last one counts': {
    edits: [['src/roles/services/file.ts', 'mustBeUnambiguous(text)', '']],
    test: ['src/roles/services/file.test.ts', 'of a field that is there twice none is taken'],
  },
  'what is no request is refused as the framework does it': {
    edits: [
      [
        'src/platform/http/server.ts',
        'clientErrorHandler: (error, socket) => refuseUnreadable(error, socket, safe),',
        '',
      ],
    ],
    test: ['src/platform/http/malformed-requests.story.test.ts', 'a header that is none'],
  },
  'a path that cannot be decoded is answered without the headers': {
    edits: [
      [
        'src/platform/http/server.ts',
        'answer(toProblem(error), reply.headers(safe))',
        'answer(toProblem(error), reply)',
      ],
    ],
    test: ['src/platform/http/malformed-requests.story.test.ts', 'a path that cannot be decoded'],
  },
  'a range behind the end is a request that cannot be read': {
    edits: [['src/platform/http/server.ts', "416: 'range_not_satisfiable',", '']],
    test: ['src/platform/http/malformed-requests.story.test.ts', 'a range behind the end'],
  },
  'a request without a host is let in': {
    edits: [['src/platform/http/server.ts', "done(new Problem('malformed_request'))", 'done()']],
    test: ['src/platform/http/malformed-requests.story.test.ts', 'no host'],
  },
  'a long catalogue has no more time than anything else': {
    edits: [['src/platform/http/register-route.ts', 'allowTime(request, length)', '']],
    test: ['src/platform/http/malformed-requests.story.test.ts', 'but for a long catalogue'],
  },
  'a long body has all the time there is': {
    edits: [['src/platform/http/connections.ts', 'if (!allowed.request.complete) giveUp()', '']],
    test: ['src/platform/http/malformed-requests.story.test.ts', 'is refused in the end'],
  },
  'the live stream shows everything to a person who has something to do first': {
    edits: [
      [
        'src/messaging/events/feed.ts',
        'if (own || (admitted && (operator || within || common)))',
        'if (own || operator || within || common)',
      ],
    ],
    test: ['src/messaging/events/routes.test.ts', 'only their own events'],
  },
  'a listener who creates an organization while being admitted hears nothing of it': {
    edits: [['src/messaging/events/feed.ts', 'if (first.events.length > 0) await this.refresh()', '']],
    test: ['src/messaging/events/feed.story.test.ts', 'a listener who creates an organization while being admitted'],
  },
  'a listener whose organization is rejected hears nothing of it': {
    edits: [
      ['src/messaging/events/feed.ts', '[organizationId, before.get(listener)?.organizationId]', '[organizationId]'],
    ],
    test: ['src/messaging/events/feed.story.test.ts', 'whose organization was rejected'],
  },
  'signing in with a passkey can be started any number of times': {
    edits: [['src/identity/passkeys/routes.ts', "await count(context.db, 'startPasskeySignIn', caller)", '']],
    test: ['src/platform/limits/limits.story.test.ts', 'starting to sign in with a passkey'],
  },
  'an account has any number of passkeys': {
    edits: [
      [
        'src/identity/authentication/security-stamp-adapter.ts',
        "if (model === 'passkey') await mustHaveRoom(adapter, id)",
        '',
      ],
    ],
    test: ['src/identity/passkeys/routes.test.ts', 'to an account that has twenty'],
  },
}
