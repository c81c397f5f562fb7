import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { t } from '../../src/platform/messages/t'
import type { HeldRole } from '../../src/roles/entitlements/schema'
import { roleKinds } from '../../src/roles/services/schema'
import { ConfirmDialog } from '../ui/dialog'
import { RoleChoice } from '../ui/role-choice'
import { LongTextField } from '../ui/text-fields'
import { toast } from '../ui/toast'
import { useRequestRoles } from './queries'
import type { Askable } from './services-table'

/** Requests an access and a quota role in one form. A role that is held already is requested again only if it has an end date. */
export function RequestDialog(props: { organization: Organization; askable: Askable; onClose: () => void }) {
  const { service, held } = props.askable
  const [chosen, setChosen] = useState({ access: held.access?.id ?? null, quota: held.quota?.id ?? null })
  const [description, setDescription] = useState('')
  const request = useRequestRoles()
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
          accessRoleId: roleToRequest(chosen.access, held.access),
          quotaRoleId: roleToRequest(chosen.quota, held.quota),
          description,
        })
        toast(t('Request submitted. An operator will review it.'))
      }}
    >
      {roleKinds.map((kind) => (
        <RoleChoice
          key={kind}
          service={service}
          kind={kind}
          held={held[kind]}
          value={chosen[kind]}
          onChange={(roleId) => setChosen({ ...chosen, [kind]: roleId })}
          first={kind === 'access'}
        />
      ))}
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

const roleToRequest = (chosen: string | null, held: HeldRole | null): string | null =>
  chosen === held?.id && !held?.until ? null : chosen
