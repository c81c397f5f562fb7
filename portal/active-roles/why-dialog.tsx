import { Stack, Text } from '@mantine/core'
import { personName } from '../../src/platform/input/names'
import { t } from '../../src/platform/messages/t'
import type { Entitlement, HeldRole } from '../../src/roles/entitlements/schema'
import { Dialog } from '../ui/dialog'
import { Facts } from '../ui/facts'
import { Moment } from '../ui/moment'
import { NamedRoleLimits } from '../ui/role-limits'

export interface Asked {
  service: Entitlement['service']
  role: HeldRole
}

/** Why a person holds a role: by default, or through whose request and whose decision, and when. */
export function WhyDialog(props: Asked & { onClose: () => void }) {
  const { service, role } = props
  return (
    <Dialog title={t('Why? {service}: {role}', { service: service.name, role: role.name })} onClose={props.onClose}>
      <Stack gap="md">
        {role.description && <Text className="prose">{role.description}</Text>}
        <NamedRoleLimits limits={role.limits} />
        <Source role={role} />
      </Stack>
    </Dialog>
  )
}

function Source(props: { role: HeldRole }) {
  const { why, since, until } = props.role
  if (why.from === 'default') return <Text>{t('Every account holds this role by default.')}</Text>
  const { organization, requestedBy, requestedAt, grantedBy, reason } = why
  return (
    <Facts
      narrow
      facts={[
        [t('Organization'), organization.name],
        [t('Requested by'), requestedBy && <>{personName(requestedBy)}</>],
        [t('Requested'), requestedAt && <Moment key="requested" at={requestedAt} as="exact" />],
        [requestedBy ? t('Accepted by') : t('Granted by'), personName(grantedBy)],
        [t('Reason'), reason],
        [t('Held since'), <Moment key="since" at={since} as="exact" />],
        [t('Until'), until && <Moment key="until" at={until} as="exact" />],
      ]}
    />
  )
}
