import type { Abilities } from '../../../src/membership/organizations/schema'
import type { Tone } from '../../ui/toast'
import {
  useAcceptOrganization,
  useDissolveAsOperator,
  useReinstateOrganization,
  useRejectOrganization,
  useRequestChanges,
  useSuspendOrganization,
} from '../queries'

export interface OrganizationDecision {
  ability: keyof Abilities
  label: string
  /** What it does to the people concerned. */
  effect: string
  done: (name: string) => string
  /** Of what is said then. */
  tone?: Tone
  reason: boolean
  danger?: boolean
  use: () => {
    mutateAsync: (input: { organizationId: string; stateVersion: number; reason: string }) => Promise<unknown>
  }
}

/** Accepting takes no reason; the contract is strict about what it does not know. */
function useAcceptance() {
  const accept = useAcceptOrganization()
  return {
    mutateAsync: ({ organizationId, stateVersion }: { organizationId: string; stateVersion: number }) =>
      accept.mutateAsync({ organizationId, stateVersion }),
  }
}

export const decisions: OrganizationDecision[] = [
  {
    ability: 'accept',
    label: 'Accept',
    effect: 'It may then invite people and pass roles on to its members.',
    done: (name) => `${name} is accepted.`,
    reason: false,
    use: useAcceptance,
  },
  {
    ability: 'requestChanges',
    label: 'Ask for changes',
    effect: 'Its admins read your reason, correct the request and hand it in again.',
    done: (name) => `Changes to ${name} are asked for.`,
    tone: 'neutral',
    reason: true,
    use: useRequestChanges,
  },
  {
    ability: 'reject',
    label: 'Reject',
    effect: 'Its memberships end, and its name is free again. Its author reads your reason, and may hand it in again.',
    done: (name) => `${name} is rejected.`,
    tone: 'bad',
    reason: true,
    danger: true,
    use: useRejectOrganization,
  },
  {
    ability: 'suspend',
    label: 'Suspend',
    effect: 'Access through it ends at once for all its members, until it is reinstated. They read your reason.',
    done: (name) => `${name} is suspended.`,
    tone: 'bad',
    reason: true,
    danger: true,
    use: useSuspendOrganization,
  },
  {
    ability: 'reinstate',
    label: 'Reinstate',
    effect: 'Its members have the access through it again, at once.',
    done: (name) => `${name} is reinstated.`,
    reason: true,
    use: useReinstateOrganization,
  },
  {
    ability: 'dissolve',
    label: 'Dissolve',
    effect: 'It ends for good, with all its memberships and pending invitations. This cannot be undone.',
    done: (name) => `${name} is dissolved.`,
    tone: 'bad',
    reason: true,
    danger: true,
    use: useDissolveAsOperator,
  },
]
