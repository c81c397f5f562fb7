import { Button, Group, Input, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { createOrganization } from '../../src/membership/organizations/schema'
import type { InputOf } from '../../src/platform/http/endpoint'
import { t } from '../../src/platform/messages/t'
import type { ServiceWanted } from '../../src/roles/role-requests/schema'
import { type RoleKind, roleKinds, type Service } from '../../src/roles/services/schema'
import { offered, servicesQuery } from '../services'
import { ChoiceField } from '../ui/choice-field'
import { Detail } from '../ui/detail'
import { RoleChoice } from '../ui/role-choice'

export type Wanted = NonNullable<InputOf<typeof createOrganization>['services']>[number]

/** The roles that were requested already, one entry per service, as the form keeps them. */
export function wantedOf(servicesWanted: ServiceWanted[]): Wanted[] {
  const ids = [...new Set(servicesWanted.map(({ service }) => service.id))]
  return ids.map((serviceId) => {
    const roles = servicesWanted.flatMap((one) => (one.service.id === serviceId ? one.roles : []))
    const roleId = (kind: RoleKind) => roles.find((role) => role.kind === kind)?.id ?? null
    return { serviceId, accessRoleId: roleId('access'), quotaRoleId: roleId('quota') }
  })
}

/** An optional part of the request: roles on services. Operators decide on each of them. */
export function ServicesWanted(props: { wanted: Wanted[]; onChange: (wanted: Wanted[]) => void }) {
  const { wanted, onChange } = props
  const { data } = useQuery(servicesQuery())
  const services = offered(data?.services ?? []).filter(({ roles }) => roles.length > 0)
  const rest = services.filter(({ id }) => !wanted.some(({ serviceId }) => serviceId === id))
  if (services.length === 0) return null
  return (
    <Stack component="fieldset" gap="md" m={0} p={0} bd={0} miw={0}>
      <div>
        <Input.Label component={'legend' as 'label'} p={0}>
          {t('Requested services')}
        </Input.Label>
        <Input.Description>{t('Optional. You can also request roles later.')}</Input.Description>
      </div>
      {wanted.map((one) => {
        const service = services.find(({ id }) => id === one.serviceId)
        if (!service) return null
        return (
          <WantedService
            key={service.id}
            service={service}
            wanted={one}
            onChange={(changed) => onChange(wanted.map((old) => (old === one ? changed : old)))}
            onRemove={() => onChange(wanted.filter((old) => old !== one))}
          />
        )
      })}
      {rest.length > 0 && (
        <ChoiceField
          label={t('Add a service')}
          placeholder={t('Choose a service')}
          // Empty again after each choice.
          value={null}
          data={rest.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(serviceId) =>
            serviceId && onChange([...wanted, { serviceId, accessRoleId: null, quotaRoleId: null }])
          }
        />
      )}
    </Stack>
  )
}

function WantedService(props: {
  service: Service
  wanted: Wanted
  onChange: (wanted: Wanted) => void
  onRemove: () => void
}) {
  const { service, wanted, onChange } = props
  return (
    <Stack className="surface" gap="md" role="group" aria-label={service.name}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Text fw={600}>{service.name}</Text>
          <Detail>{service.description}</Detail>
        </div>
        <Button variant="default" size="xs" flex="none" onClick={props.onRemove}>
          {t('Remove')}
        </Button>
      </Group>
      {roleKinds.map((kind) => (
        <RoleChoice
          key={kind}
          service={service}
          kind={kind}
          value={wanted[`${kind}RoleId`] ?? null}
          onChange={(roleId) => onChange({ ...wanted, [`${kind}RoleId`]: roleId })}
        />
      ))}
    </Stack>
  )
}
