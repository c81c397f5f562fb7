import type { Mutants } from './mutant'

const connector = 'src/connections/kinds/jupyterhub/connector.ts'
const api = 'src/connections/kinds/jupyterhub/hub.ts'
const hub = 'src/connections/kinds/jupyterhub/hub.service.test.ts'
const store = 'src/connections/connected-systems/store.ts'
const ledgerStore = 'src/connections/ledger/store.ts'
const adopting = 'src/connections/connected-systems/adopting.service.test.ts'

export const jupyterhubMutants: Mutants = {
  'jupyterhub: a person who lost access stays in the group': {
    edits: [
      [connector, 'await hub.leave(group, name)', 'undefined'],
      [connector, "? ['still_in_group'] : []", '? [] : []'],
    ],
    test: [hub, 'by removal has no server'],
  },
  'jupyterhub: a server outlives the access': {
    edits: [
      [connector, '...servers.map((server) => stop(hub, name, server, signal))', ''],
      [connector, "? ['server_running'] : []", '? [] : []'],
    ],
    test: [hub, 'by removal has no server'],
  },
  'jupyterhub: tokens outlive the access': {
    edits: [
      [connector, '.map((id) => hub.deleteToken(name, id))', '.slice(0, 0)'],
      [connector, "? ['token_present'] : []", '? [] : []'],
    ],
    test: [hub, 'by removal has no server'],
  },
  'jupyterhub: what a hub answers is proof': {
    edits: [
      [connector, 'if (left) throw new Refused({ code: left })', ''],
      [connector, 'await hub.join(group, name)', 'undefined'],
    ],
    test: [hub, 'what was changed in the hub is put right'],
  },
  'jupyterhub: a group that there is not is no problem': {
    edits: [[connector, "throw new Refused({ code: 'group_unknown', answer: group })", 'undefined']],
    test: [hub, 'checking names the right'],
  },
  'jupyterhub: only the first page of people is listed': {
    edits: [[api, 'next: _pagination.next?.offset ?? null', 'next: null']],
    test: [adopting, 'many are adopted at once'],
  },
  'systems: a connection that reports changes the system': {
    edits: [[ledgerStore, "(c.mode = 'on' or c.mode = 'grant'", "(c.mode in ('on', 'report') or c.mode = 'grant'"]],
    test: [adopting, 'a connection that reports touches nothing'],
  },
  'systems: a connection that grants only takes away': {
    edits: [[ledgerStore, ' and p.desired is not null and not p.ends_access)', ')']],
    test: [adopting, 'a connection that reports touches nothing'],
  },
  'systems: a part of a file is adopted': {
    edits: [[store, 'and not exists (select from judged where trouble is not null)', '']],
    test: [adopting, 'a file is adopted as a whole'],
  },
  'systems: a dry run adopts': {
    edits: [[store, 'from fitting where not ', 'from fitting where true or not ']],
    test: [adopting, 'a file is adopted as a whole'],
  },
  'systems: an entry that there is not is adopted': {
    edits: [[store, "then 'entry_unknown' end", 'then null end']],
    test: [adopting, 'a file is adopted as a whole'],
  },
  'systems: an entry that is adopted is not looked at': {
    edits: [[store, 'now(), now(), true from adopted', 'now(), now(), false from adopted']],
    test: [adopting, 'and one that is on takes away'],
  },
}
