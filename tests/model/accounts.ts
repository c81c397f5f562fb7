import { adminsOf, depart, loseAuthority, type Model, type Outcome, waitingOf } from './model'

const isSoleAdmin = (model: Model, person: number) => {
  const { admin, organization } = model.people[person]!
  return admin && adminsOf(model, organization!).length === 1
}

/** An operator ends every session of somebody, who decides nothing from now on, and stays a member. */
export function disable(model: Model, person: number): Outcome {
  const target = model.people[person]!
  if (target.account === 'deleted') return 'account_not_found'
  if (target.account === 'disabled') return 'account_disabled'
  if (isSoleAdmin(model, person)) return 'sole_admin'
  Object.assign(target, { account: 'disabled', signedIn: false, admin: false })
  loseAuthority(model, person)
  return undefined
}

/** Neither the sessions nor the admin privileges come back by it. */
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
  Object.assign(model.people[person]!, { account: 'deleted', signedIn: false, address: '' })
  return undefined
}

/** Without mail, at once. */
export function changeAddress(model: Model, person: number, address: string): Outcome | 'unchanged' {
  if (model.people[person]!.address === address) return 'unchanged'
  if (model.people.some((other) => other.address === address)) return 'address_taken'
  model.people[person]!.address = address
  return undefined
}

/** Whoever is active gets a session each time. */
export function signIn(model: Model, person: number): Outcome | 'unchanged' {
  const target = model.people[person]!
  if (target.account !== 'active') return 'wrong_credentials'
  target.signedIn = true
  return 'unchanged'
}

/** At the same moment: the sign-in may come before or after, and where somebody is disabled nothing is left of it. */
export function disableWhileSigningIn(model: Model, person: number): Outcome {
  const outcome = disable(model, person)
  signIn(model, person)
  return outcome
}
