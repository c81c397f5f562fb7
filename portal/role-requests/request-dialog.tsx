import { type ComponentProps, useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { t } from '../../src/platform/messages/t'
import type { HeldRole } from '../../src/roles/entitlements/schema'
import { requestRoles } from '../../src/roles/role-requests/schema'
import { useEndpoint } from '../endpoint-hooks'
import { ConfirmDialog } from '../ui/dialog'
import { useFieldError } from '../ui/field-errors'
import { RoleChoice } from '../ui/role-choice'
import { LongTextField } from '../ui/text-fields'
import { toast } from '../ui/toast'
import type { Askable } from './services-table'

/** Requests an access and a quota role in one form. A role that is held already is requested again only if it has an end date. */
export function RequestDialog(props: { organization: Organization; askable: Askable; onClose: () => void }) {
  const { service, held } = props.askable
  const [access, setAccess] = useState(held.access?.id ?? null)
  const [quota, setQuota] = useState(held.quota?.id ?? null)
  const [description, setDescription] = useState('')
  const request = useEndpoint(requestRoles)
  return (
    <ConfirmDialog
      title={t('Request access: {service}', { service: service.name })}
      size="lg"
      confirmLabel={t('Request role')}
      onClose={props.onClose}
      onConfirm={async () => {
        await request.mutateAsync({
          organizationId: props.organization.id,
          serviceId: service.id,
          accessRoleId: roleToRequest(access, held.access),
          quotaRoleId: roleToRequest(quota, held.quota),
          description,
        })
        toast(t('Request submitted. An operator will review it.'))
      }}
    >
      <RoleField
        path="accessRoleId"
        label={t('Access roles')}
        roles={service.roles.filter(({ kind }) => kind === 'access')}
        held={held.access}
        value={access}
        onChange={setAccess}
        first
      />
      <RoleField
        path="quotaRoleId"
        label={t('Quota roles')}
        roles={service.roles.filter(({ kind }) => kind === 'quota')}
        held={held.quota}
        value={quota}
        onChange={setQuota}
      />
      <LongTextField
        path="description"
        label={t('Description of planned activities')}
        description={t(
          'What you plan to do with this service. Operators read this when they decide. Up to 2,000 characters.',
        )}
        value={description}
        onChange={setDescription}
      />
    </ConfirmDialog>
  )
}

function RoleField({ path, ...props }: ComponentProps<typeof RoleChoice> & { path: string }) {
  return <RoleChoice {...props} error={useFieldError(path)} />
}

const roleToRequest = (chosen: string | null, held: HeldRole | null): string | null =>
  chosen === held?.id && !held?.until ? null : chosen
