import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Organization } from '../../../src/membership/organizations/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import type { RoleAssignment } from '../../../src/roles/role-assignments/schema'
import { type RoleKind, roleKinds } from '../../../src/roles/services/schema'
import { kindHeadings, servicesQuery } from '../../services'
import { ChoiceField } from '../../ui/choice-field'
import { ConfirmDialog } from '../../ui/dialog'
import { EndDateField, endOf } from '../../ui/end-date-field'
import { Message } from '../../ui/message'
import { ReasonField } from '../../ui/reason-field'
import { RoleInLine, roleLimitsInLine } from '../../ui/role-limits'
import { toast } from '../../ui/toast'
import { heldQuery, useGrantRole } from './queries'

export function GrantRoleDialog(props: { organization: Organization; onClose: () => void }) {
  const [serviceId, setService] = useState<string | null>(null)
  const [roleId, setRole] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const end = useRef<HTMLInputElement>(null)
  const { data: catalogue } = useQuery(servicesQuery())
  const { data: active } = useQuery({
    ...heldQuery(props.organization.id, serviceId ?? ''),
    enabled: serviceId !== null,
  })
  const current = { organization: props.organization, catalogue, active }
  // What was shown when the role was chosen.
  const [chosenFrom, setChosenFrom] = useState<typeof current>()
  const { organization, catalogue: data, active: assignments } = chosenFrom ?? current
  const grant = useGrantRole()
  const services = data?.services.filter(({ retired }) => !retired) ?? []
  const roles = services.find(({ id }) => id === serviceId)?.roles.filter(({ retired }) => !retired) ?? []
  const chosen = roles.find(({ id }) => id === roleId)
  const name = isolated(organization.name)
  const held = assignments?.items.find(({ kind }) => kind === chosen?.kind)
  return (
    <ConfirmDialog
      title={t('Grant a role to {organization}', { organization: name })}
      disabled={!chosen || !assignments}
      onClose={props.onClose}
      onChanged={() => setChosenFrom(undefined)}
      onConfirm={async () => {
        if (!chosen) return
        await grant.mutateAsync({
          organizationId: organization.id,
          detailsVersion: organization.detailsVersion,
          roleId: chosen.id,
          roleVersion: chosen.version,
          held: held?.id ?? null,
          reason,
          expiresAt: endOf(end.current!),
        })
        toast(t('{role} granted to {organization}.', { role: isolated(chosen.name), organization: name }))
      }}
    >
      <Text>
        {t(
          'Members get this role immediately. It replaces the organization’s current role of the same kind on this service.',
        )}
      </Text>
      <ChoiceField
        label={t('Service')}
        placeholder={t('Choose a service')}
        data={services.map(({ id, name }) => ({ value: id, label: name }))}
        value={serviceId}
        onChange={(id) => {
          setService(id)
          setRole(null)
          setChosenFrom(undefined)
        }}
        data-autofocus
      />
      <ChoiceField
        label={t('Role')}
        placeholder={t('Choose a role')}
        disabled={!serviceId || !assignments}
        data={roleKinds.map((kind) => ({
          group: kindHeadings[kind],
          items: roles
            .filter((role) => role.kind === kind)
            .map(({ id, name, limits }) => ({
              value: id,
              label: limits.length > 0 ? `${name} (${roleLimitsInLine(limits)})` : name,
            })),
        }))}
        value={roleId}
        onChange={(id) => {
          setRole(id)
          setChosenFrom(current)
        }}
      />
      {chosen && assignments && <Replaced held={held} kind={chosen.kind} />}
      <ReasonField value={reason} onChange={setReason} />
      <EndDateField ref={end} about={t('Optional. The role ends at the end of this day.')} />
    </ConfirmDialog>
  )
}

function Replaced(props: { held: RoleAssignment | undefined; kind: RoleKind }) {
  const { held } = props
  if (!held)
    return (
      <Text>
        {props.kind === 'access'
          ? t('The organization has no access role of its own on this service.')
          : t('The organization has no quota role of its own on this service.')}
      </Text>
    )
  return (
    <Text>
      <Message
        text="The organization’s current role, {role}, will be replaced."
        values={{ role: <RoleInLine role={held.role} /> }}
      />
    </Text>
  )
}
