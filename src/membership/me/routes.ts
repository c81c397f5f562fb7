import { isDeepStrictEqual } from 'node:util'
import { mailAddressInUse } from '../../identity/accounts/store'
import { identifierOf, newLink } from '../../platform/access/one-time-links'
import { Problem } from '../../platform/errors'
import { command, done, query, type Route, Unchanged } from '../../platform/http/flow'
import { hashProof } from '../../platform/invitation-codes/secrecy'
import { toOrganization } from '../organizations/rules'
import { decideAddress, decideConfirmation, decideDeletion } from './rules'
import {
  acceptTerms,
  changeOwnAddress,
  confirmOwnAddress,
  deleteOwnAccount,
  exportOwnAccount,
  getMe,
  mailConfirmationLink,
  updateOwnAccount,
} from './schema'
import {
  loadAddress,
  loadDeletion,
  loadExport,
  loadLink,
  loadMe,
  loadPersonalDetails,
  loadTerms,
  saveAddress,
  saveConfirmationLink,
  saveConfirmed,
  saveDeletion,
  savePersonalDetails,
  saveProved,
  saveTerms,
} from './store'

export const ownAccountRoutes: Route[] = [
  query(getMe, {
    load: ({ db, credential }) => loadMe(db, credential),
    answer: ({ actor, account, organization, waiting, rejected, unreadNotifications, mail }) => ({
      account: account!,
      todo: actor.requiredActions,
      organization: organization && toOrganization(organization, actor),
      waiting,
      rejected: rejected.map((request) => toOrganization(request, actor)),
      unreadNotifications,
      mail,
    }),
  }),

  command(updateOwnAccount, {
    load: ({ db, credential }) => loadPersonalDetails(db, credential),
    decide: ({ actor, details: present }, details) =>
      isDeepStrictEqual(details, present) ? new Unchanged(done()) : { actor, details },
    save: (db, { actor, details }) => savePersonalDetails(db, actor, details),
    answer: done,
  }),

  command(mailConfirmationLink, {
    load: ({ db, credential }) => loadAddress(db, credential, ''),
    decide: ({ actor, mail }, _, { keys }) => {
      if (actor.emailConfirmed) return new Unchanged(done())
      if (!mail) throw new Problem('mail_not_configured')
      return { actor, email: actor.email, link: newLink('confirm-address'), keys }
    },
    limitBeforeSave: () => 'mailLink',
    save: (db, { keys, ...confirmation }) => saveConfirmationLink(db, confirmation, keys),
    answer: done,
  }),

  command(changeOwnAddress, {
    load: ({ db, credential, input }) => loadAddress(db, credential, input.email),
    decide: ({ actor, ...facts }, { email }, { keys }) => {
      const what = decideAddress(facts, actor.email, email)
      if (what === 'nothing') return new Unchanged({ mailed: false })
      return { what, actor, email, keys }
    },
    limitBeforeSave: ({ what }) => (what === 'change' ? undefined : 'mailLink'),
    save: async (db, { what, actor, email, keys }) => {
      if (what === 'change') return saveAddress(db, actor, email)
      if (what === 'notify_holder') return mailAddressInUse(db, email)
      return saveConfirmationLink(db, { actor, email, link: newLink('confirm-address') }, keys)
    },
    answer: (_, { what }) => ({ mailed: what !== 'change' }),
  }),

  command(confirmOwnAddress, {
    load: ({ db, credential, input }) =>
      loadLink(db, credential, identifierOf('confirm-address', input.token), hashProof(input.token)),
    decide: ({ actor, link }, { token }) => ({ actor, token, ...decideConfirmation(link, actor) }),
    save: (db, { actor, token, change, by }) =>
      by === 'invitation'
        ? saveProved(db, actor, hashProof(token))
        : saveConfirmed(db, actor, identifierOf('confirm-address', token), change),
    answer: ({ email }) => ({ email }),
  }),

  command(acceptTerms, {
    load: ({ db, credential }) => loadTerms(db, credential),
    decide: ({ actor, version }, input) => {
      if (input.version !== version) throw new Problem('terms_changed')
      return { actor, version }
    },
    save: (db, { actor, version }) => saveTerms(db, actor, version),
    answer: done,
  }),

  command(deleteOwnAccount, {
    load: ({ db, credential }) => loadDeletion(db, credential),
    decide: ({ actor, ...facts }) => {
      decideDeletion(facts, actor.operator)
      return actor
    },
    save: saveDeletion,
    answer: ({ sessions }, _, { feed }) => {
      for (const session of sessions) feed.closeStreams(session)
      return done()
    },
  }),

  query(exportOwnAccount, {
    load: ({ db, credential }) => loadExport(db, credential),
    answer: ({ actor: _, ...parts }) => parts,
  }),
]
