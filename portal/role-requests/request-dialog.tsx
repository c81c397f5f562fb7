import { Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import type { HeldRole } from '../../src/roles/entitlements/schema'
import type { ApiError } from '../api'
import { RoleChoice } from '../roles/role-choice'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { useRequestRoles } from './queries'
import type { Askable } from './services-table'

const fields = ['accessRoleId', 'quotaRoleId', 'description']

/** Access and quota role in one form. What is held already, and chosen, is asked for again only where it ends some day. */
export function RequestDialog(props: { organization: Organization; askable: Askable; onClose: () => void }) {
  const { service, held } = props.askable
  const [access, setAccess] = useState(held.access?.id ?? null)
  const [quota, setQuota] = useState(held.quota?.id ?? null)
  const [description, setDescription] = useState('')
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const request = useRequestRoles()
  return (
    <ConfirmDialog
      title={`Request access: ${service.name}`}
      size="lg"
      confirmLabel="Request role"
      onClose={props.onClose}
      onConfirm={async () => {
        setRefusal(null)
        await request.mutateAsync({
          organizationId: props.organization.id,
          serviceId: service.id,
          accessRoleId: wanted(access, held.access),
          quotaRoleId: wanted(quota, held.quota),
          description,
        })
        toast(`Roles on ${service.name} are requested. An operator decides about them.`)
      }}
      onRefusal={(refusal) => {
        if (refusal.code !== 'invalid_input') return false
        setRefusal(refusal)
        return refusal.errors.every(({ path }) => fields.includes(path))
      }}
    >
      <RoleChoice
        label="Access roles"
        roles={service.roles.filter(({ kind }) => kind === 'access')}
        held={held.access}
        value={access}
        onChange={setAccess}
        error={refusal?.errorAt('accessRoleId')}
        first
      />
      <RoleChoice
        label="Quota roles"
        roles={service.roles.filter(({ kind }) => kind === 'quota')}
        held={held.quota}
        value={quota}
        onChange={setQuota}
        error={refusal?.errorAt('quotaRoleId')}
      />
      <Textarea
        label="Description of planned activities"
        description="What you want to do with it. An operator decides by it. At most 2000 characters."
        required
        autosize
        minRows={3}
        maxRows={10}
        value={description}
        error={refusal?.errorAt('description')}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}

const wanted = (chosen: string | null, held: HeldRole | null): string | null =>
  chosen === held?.id && !held?.until ? null : chosen
