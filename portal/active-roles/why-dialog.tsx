import { Stack, Text } from '@mantine/core'
import type { Entitlement, HeldRole } from '../../src/roles/entitlements/schema'
import { NamedNumbers } from '../roles/numbers'
import { Dialog } from '../ui/dialog'
import { Facts } from '../ui/facts'
import { Moment } from '../ui/moment'
import { personName } from '../ui/person-name'

export interface Asked {
  service: Entitlement['service']
  role: HeldRole
}

/** Why do I have this, or does somebody? A default, or who asked for it and who granted it, and when. */
export function WhyDialog(props: Asked & { onClose: () => void }) {
  const { service, role } = props
  return (
    <Dialog title={`Why? ${service.name}: ${role.name}`} onClose={props.onClose}>
      <Stack gap="md">
        {role.description && <Text className="prose">{role.description}</Text>}
        <NamedNumbers limits={role.limits} />
        <Source role={role} />
      </Stack>
    </Dialog>
  )
}

function Source(props: { role: HeldRole }) {
  const { why, since, until } = props.role
  if (why.from === 'default') return <Text>A default that every account holds</Text>
  const { organization, requestedBy, requestedAt, grantedBy, reason } = why
  return (
    <Facts
      narrow
      facts={[
        ['Organization', organization.name],
        ['Requested by', requestedBy && <>{personName(requestedBy)}</>],
        ['Requested', requestedAt && <Moment key="requested" at={requestedAt} as="exact" />],
        [requestedBy ? 'Accepted by' : 'Granted by', personName(grantedBy)],
        ['Reason', reason],
        ['Held since', <Moment key="since" at={since} as="exact" />],
        ['Until', until && <Moment key="until" at={until} as="exact" />],
      ]}
    />
  )
}
