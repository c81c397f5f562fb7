import { message, translated } from '../../../src/platform/messages/t'

/** How an attempt to tell a service ended, by the codes that are stored with attempts. */
const outcomes: Record<string, string> = {
  applied: message('Delivered.'),
  invalid_address: message('The address is not a valid URL. Correct it.'),
  invalid_request: message('The request can’t be sent.'),
  address_forbidden: message(
    'The address is on an internal network that this site may not reach. Allow it with OUTBOUND_ALLOW, or use another address.',
  ),
  https_required: message(
    'The address must begin with https:// or ldaps://. Without encryption only addresses in OUTBOUND_ALLOW are reached.',
  ),
  name_not_found: message('The host name doesn’t exist. Check the address for typos.'),
  lookup_failed: message('The host name could not be looked up. Check the DNS settings of this site’s server.'),
  refused: message('The host refused the connection. Check that the service is running and that the address is right.'),
  unreachable: message(
    'The host can’t be reached. Check the address, the network and the firewalls between this site and the host.',
  ),
  tls_failed: message('No secure connection could be made. Check the certificate of the host.'),
  closed: message('The connection was closed before an answer came. Look in the log of the service.'),
  broken_answer: message('The answer was not valid HTTP. Check the address and its port.'),
  timed_out: message('No answer came in time. Check that the service is running, and that no firewall blocks it.'),
  cancelled: message('The attempt was cancelled.'),
  refused_by_service: message('The service rejects all requests. Check the address and the secret.'),
  status_not_2xx: message('The service answered with an error. Look in the log of the service.'),
  unexpected_answer: message('The service gave an unexpected answer. Check that the address is that of the service.'),
  not_found: message('The service doesn’t know this account.'),
  right_missing: message('The key or token of this site lacks a right there.'),
  clock_differs: message(
    'The clocks of this site and of the service differ too much. Synchronize both, for example with NTP.',
  ),
  user_missing: message('The user is missing in the service.'),
  user_not_ours: message(
    'The service has a user of this name or address that this site did not make. Rename or remove that user in the service.',
  ),
  ended_key_present: message('The service still has a key that has ended.'),
  not_suspended: message('The user is not suspended, although access has ended.'),
  suspended: message('The user is suspended in the service, although they have access.'),
  key_missing: message('A key is missing in the service.'),
  secret_differs: message('The secret of a key differs in the service.'),
  quota_differs: message('The limits of the user differ in the service.'),
  group_unknown: message('The group does not exist in the service. Create it there, or correct its name.'),
  group_missing: message('The person is not in the group, although they have access.'),
  still_in_group: message('The person is still in the group, although access has ended.'),
  server_running: message('A server of the person still runs, although access has ended.'),
  token_present: message('The person still has a token, although access has ended.'),
  ambiguous: message(
    'The service has two users with the id of this account. Delete the one in the service that is not in use.',
  ),
  group_ambiguous: message(
    'The service has two groups of this name. Delete the one in the service that is not in use.',
  ),
  patch_unsupported: message('The service does not accept PATCH requests, which this site needs.'),
  person_differs: message('The name or the e-mail address of the person differs in the service.'),
  password_present: message('The person still has a password there, although access has ended.'),
  posix_missing: message('The person has no uidNumber in the directory.'),
  ldap_error: message(
    'The directory refused a change. Look in its log, and at the schema and the overlays that it uses.',
  ),
  people_dn_unknown: message('The directory has no entry at the DN for people. Create it, or correct the DN.'),
  counter_unknown: message('The directory has no entry at the DN of the counter. Create it, or correct the DN.'),
  counter_invalid: message(
    'The counter has no uidNumber, or one that is less than the first number. Correct its uidNumber in the directory.',
  ),
  uid_numbers_used_up: message('All numbers up to the last uidNumber have been given. Enter a higher last uidNumber.'),
  realm_unknown: message('There is no such realm. Correct its name, or the address.'),
  person_refused: message(
    'The service refuses the name or address of this person. Change its rules for names, or have the person changed here.',
  ),
  link_missing: message(
    'The user is not linked with the account of the person. Check that the alias of this site is right there.',
  ),
  wrong_group: message('The person is in a group of another role.'),
  user_disabled: message('The user is disabled in the service, although they have access.'),
  user_enabled: message('The user is not disabled, although access has ended.'),
  session_present: message('The person still has a session, although access has ended.'),
  domain_unknown: message('There is no such domain. Correct its name, or make it there.'),
  role_unknown: message('There is no such role. Make it there, or correct its name.'),
  role_differs: message('The group of the organization has another role on its project.'),
  project_missing: message('The project or the group of the organization is missing.'),
  project_disabled: message('The project of the organization is disabled, although the organization is accepted.'),
  project_not_ours: message(
    'The service has a project of this name that this site did not make. Rename that project in the service.',
  ),
  project_ambiguous: message('Several projects have the tag of this organization. Remove the tag from the others.'),
  group_not_ours: message(
    'The service has a group of this name that this site did not make. Rename that group in the service.',
  ),
  credential_present: message('The person still has a credential or trust, although access has ended.'),
  limit_unregistered: message(
    'There is no registered limit for a number of the quota role. Register it in the service.',
  ),
  unknown_key: message('The user has a key that this site did not make. This site does not change it.'),
}

/** A sentence for a code; a code without one is shown as it is. */
export const outcomeInWords = (code: string): string => {
  const sentence = outcomes[code]
  return sentence ? translated(sentence) : code
}
