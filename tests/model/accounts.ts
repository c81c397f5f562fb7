import { adminsOf, depart, loseAuthority, type Model, type Outcome, waitingOf } from './model'

const isSoleAdmin = (model: Model, person: number) => {
  const { admin, organization } = model.people[person]!
  return admin && adminsOf(model, organization!).length === 1
}

/** An operator ends every session of a person, who loses all authority but remains a member. */
export function disable(model: Model, person: number): Outcome {
  const target = model.people[person]!
  if (target.account === 'deleted') return 'account_not_found'
  if (target.account === 'disabled') return 'account_disabled'
  if (isSoleAdmin(model, person)) return 'sole_admin'
  Object.assign(target, { account: 'disabled', signedIn: false, admin: false })
  loseAuthority(model, person)
  return undefined
}

/** Restores neither the sessions nor the admin privileges. */
export function enable(model: Model, person: number): Outcome {
  const target = model.people[person]!
  if (target.account === 'deleted') return 'account_not_found'
  if (target.account === 'active') return 'account_not_disabled'
  target.account = 'active'
  return undefined
}

export function deleteAccount(model: Model, person: number): Outcome {
  if (isSoleAdmin(model, person)) return 'last_admin'
  const waiting = waitingOf(model, person)
  if (waiting) waiting.state = 'withdrawn'
  depart(model, person)
  const { address } = model.people[person]!
  for (const invitation of model.invitations) if (invitation.boundTo === address) invitation.boundTo = ''
  Object.assign(model.people[person]!, { account: 'deleted', signedIn: false, address: '', confirmed: false })
  return undefined
}

/** Takes effect immediately, because the site sends no mail. */
export function changeAddress(model: Model, person: number, address: string): Outcome | 'unchanged' {
  if (model.people[person]!.address === address) return 'unchanged'
  if (model.people.some((other) => other.address === address)) return 'address_taken'
  Object.assign(model.people[person]!, { address, confirmed: false })
  return undefined
}

/** An active account gets a session each time. */
export function signIn(model: Model, person: number): Outcome | 'unchanged' {
  const target = model.people[person]!
  if (target.account !== 'active') return 'wrong_credentials'
  target.signedIn = true
  return 'unchanged'
}

/** Concurrent: the sign-in may come first or second; if the account is disabled, no session remains. */
export function disableWhileSigningIn(model: Model, person: number): Outcome {
  const outcome = disable(model, person)
  signIn(model, person)
  return outcome
}
