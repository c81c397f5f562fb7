import { v7 as uuid } from 'uuid'
import { sealSecret } from '../../messaging/mails/outbox'
import { mustBeAccepted } from '../../platform/access/admit'
import { toPage, toPageWithin } from '../../platform/db/page'
import { Problem } from '../../platform/errors'
import { command, done, query, type Route, Unchanged } from '../../platform/http/flow'
import { formatCode } from '../../platform/invitation-codes/code'
import {
  hashCode,
  hashesOf,
  linkOf,
  mailedSecret,
  newCode,
  newMailProof,
  openCode,
  sealCode,
} from '../../platform/invitation-codes/secrecy'
import type { Keys } from '../../platform/keys'
import {
  loadAcceptance,
  loadAcceptances,
  loadOwnWaiting,
  loadPreview,
  loadWaiting,
  saveAcceptance,
  saveAcceptanceWithdrawal,
  saveApproval,
  saveDecline,
} from './acceptance-store'
import {
  decideAcceptance,
  decideApproval,
  decideWaiting,
  inherited,
  mustBeForOutsiders,
  mustBeMailable,
  mustBePending,
  readCode,
  wrongCode,
} from './rules'
import {
  acceptInvitation,
  approveAcceptance,
  createInvitation,
  declineAcceptance,
  listAcceptances,
  listInvitations,
  previewInvitation,
  revokeInvitation,
  showInvitationCode,
  withdrawAcceptance,
} from './schema'
import {
  insertInvitation,
  loadCreation,
  loadInvitation,
  loadInvitations,
  recordCodeShown,
  saveInvitationRevocation,
} from './store'

export const invitationRoutes: Route[] = [
  command(createInvitation, {
    load: ({ db, credential, input }) => loadCreation(db, credential, input),
    decide: ({ actor, mailWait, isMember }, form, { keys, mail }) => {
      mustBeAccepted(actor.organizationState)
      mustBeForOutsiders(isMember)
      if (form.sendTo) mustBeMailable(mail, mailWait)
      const id = uuid()
      const code = newCode()
      return {
        id,
        by: actor,
        form,
        code,
        codeHash: hashCode(code, keys),
        codeSealed: sealCode(code, id, keys),
        mailed: form.sendTo ? mailTo(form.sendTo, code, keys) : null,
      }
    },
    save: insertInvitation,
    answer: ({ id, expiresAt }, { code }, { baseUrl }) => ({
      id,
      code: formatCode(code),
      link: linkOf(code, baseUrl),
      expiresAt: expiresAt.toISOString(),
    }),
  }),

  query(listInvitations, {
    load: ({ db, credential, input }) => loadInvitations(db, credential, input),
    answer: ({ exists, invitations }, { limit }) => toPageWithin(exists, invitations, limit),
  }),

  command(showInvitationCode, {
    load: ({ db, credential, input }) => loadInvitation(db, credential, input.organizationId, input.invitationId),
    decide: ({ actor, invitation }) => ({ by: actor, invitation: mustBePending(invitation) }),
    save: (db, { by, invitation }) => recordCodeShown(db, by, invitation.id),
    answer: (_, { invitation }, { keys, baseUrl }) => {
      const code = openCode(Buffer.from(invitation.sealed, 'base64'), invitation.id, keys)
      return { code: formatCode(code), link: linkOf(code, baseUrl), expiresAt: invitation.expiresAt }
    },
  }),

  command(revokeInvitation, {
    load: ({ db, credential, input }) => loadInvitation(db, credential, input.organizationId, input.invitationId),
    decide: ({ actor, invitation }) => ({ by: actor, id: mustBePending(invitation).id }),
    save: (db, { by, id }) => saveInvitationRevocation(db, by, id),
    answer: done,
  }),

  query(previewInvitation, {
    load: ({ db, credential, caller, context, input }) =>
      loadPreview(db, credential, hashesOf(readCode(input.code), context.keys), caller.source),
    limitBeforeAnswer: (facts) => wrongCode(facts),
    answer: ({ actor, preview, entitlements, ...facts }) => {
      const { invitation, repeated } = decideAcceptance(facts, actor)
      const { grantsAdmin, needsApproval } = invitation
      const { removedAt } = facts
      return {
        ...preview!,
        grantsAdmin,
        needsApproval: needsApproval || removedAt !== null,
        removedAt,
        accepted: repeated === 'joined',
        roles: inherited(entitlements),
      }
    },
  }),

  command(acceptInvitation, {
    load: ({ db, credential, caller, context, input }) =>
      loadAcceptance(db, credential, hashesOf(readCode(input.code), context.keys), caller.source),
    limitBeforeDecide: (facts) => wrongCode(facts),
    decide: ({ actor, ...facts }) => {
      const { invitation, repeated } = decideAcceptance(facts, actor)
      if (repeated) return new Unchanged({ ...nameOf(invitation), state: repeated })
      return { id: uuid(), membershipId: uuid(), actor, invitation }
    },
    save: saveAcceptance,
    answer: ({ state }, { invitation }) => ({ ...nameOf(invitation), state }),
  }),

  command(withdrawAcceptance, {
    load: ({ db, credential }) => loadOwnWaiting(db, credential),
    decide: ({ actor, waiting }, { acceptanceId }) => {
      if (!waiting) throw new Problem('acceptance_not_found')
      if (waiting.id !== acceptanceId) throw new Problem('acceptance_decided')
      return { actor, waiting }
    },
    save: (db, { actor, waiting }) => saveAcceptanceWithdrawal(db, actor, waiting),
    answer: done,
  }),

  query(listAcceptances, {
    load: ({ db, credential, input }) => loadAcceptances(db, credential, input),
    answer: ({ acceptances }, { limit }) => toPage(acceptances, limit),
  }),

  command(approveAcceptance, {
    load: ({ db, credential, input }) => loadWaiting(db, credential, input.organizationId, input.acceptanceId),
    decide: ({ actor, acceptance }, seen) => ({
      by: actor,
      membershipId: uuid(),
      acceptance: decideApproval({ acceptance }, actor.organizationState, seen),
    }),
    save: saveApproval,
    answer: done,
  }),

  command(declineAcceptance, {
    load: ({ db, credential, input }) => loadWaiting(db, credential, input.organizationId, input.acceptanceId),
    decide: ({ actor, acceptance }) => ({ by: actor, acceptance: decideWaiting({ acceptance }) }),
    save: saveDecline,
    answer: done,
  }),
]

/** The mailed link contains a secret of its own, which no one but the addressee sees: not even the inviter. */
function mailTo(address: string, code: string, keys: Keys) {
  const { proof, proofHash } = newMailProof()
  return { address, proofHash, secret: sealSecret(mailedSecret(code, proof), keys) }
}

function nameOf({ organizationId, organizationName }: { organizationId: string; organizationName: string }) {
  return { organizationId, organizationName }
}
