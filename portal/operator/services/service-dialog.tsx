import { Button, Group, Stack, Textarea, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconPlus } from '@tabler/icons-react'
import type { AnswerOf } from '../../../src/platform/http/endpoint'
import type { listServices } from '../../../src/roles/services/schema'
import { ApiError } from '../../api'
import { Callout } from '../../ui/callout'
import { ConfirmDialog } from '../../ui/dialog'
import { showFieldErrors } from '../../ui/form'
import { useChanged } from '../../ui/merge'
import { toast } from '../../ui/toast'
import { useSeen } from '../../ui/use-seen'
import { useSaveService } from '../queries'
import { focusSoon, RoleFields } from './role-fields'
import { emptyRole, emptyService, mergeService, serviceInputOf, serviceValuesOf } from './service-form'

/** Saving would put the new service in the place of that one. */
const keyTaken = (name: string) =>
  new ApiError('invalid_input', 'There is a service with this key already.', 400, [
    { path: 'key', message: `${name} has this key already. Choose another one, or edit ${name}.` },
  ])

interface ServiceDialogProps {
  catalogue: AnswerOf<typeof listServices>
  /** Null for a new one. */
  id: string | null
  onClose: () => void
}

/** A service with all its roles. What others change of it meanwhile is taken over before it is saved. */
export function ServiceDialog(props: ServiceDialogProps) {
  const { seen, lookAgain } = useSeen(props.catalogue)
  const service = seen.services.find(({ id }) => id === props.id)
  const save = useSaveService()
  const present = service ? serviceValuesOf(service) : emptyService
  const form = useForm({ initialValues: present })
  useChanged(present, (before, now) => {
    const { values, told } = mergeService(before, form.getValues(), now)
    form.setInitialValues(now)
    form.setValues(values)
    showFieldErrors(form, { errors: told })
  })
  const { roles } = form.values
  return (
    <ConfirmDialog
      title={service ? `Edit ${service.name}` : 'Add service'}
      size="xl"
      changed={form.isDirty()}
      onClose={props.onClose}
      form={form}
      onChanged={lookAgain}
      onConfirm={async () => {
        const taken = !service && seen.services.find(({ key }) => key === form.values.key.trim())
        if (taken) throw keyTaken(taken.name)
        await save.mutateAsync({ ...serviceInputOf(form.values), version: seen.version })
        toast(`${form.values.name.trim()} is saved.`)
      }}
    >
      {service?.retired && (
        <Callout title="This service is retired">Confirm brings it back, with the roles below.</Callout>
      )}
      {!service && (
        <TextInput
          label="Key"
          description="Its name in files and for programs: small letters, digits and dashes. It never changes."
          required
          data-autofocus
          {...form.getInputProps('key')}
        />
      )}
      <TextInput
        label="Name"
        required
        data-autofocus={service !== undefined || undefined}
        {...form.getInputProps('name')}
      />
      <Textarea
        label="Description"
        description="Optional."
        autosize
        minRows={2}
        {...form.getInputProps('description')}
      />
      <Stack gap="md" component="section" aria-label="Roles">
        <Title order={3}>Roles</Title>
        {roles.map((role, place) => (
          <RoleFields
            key={role.id}
            role={role}
            place={place}
            form={form}
            onRemove={() => {
              form.removeListItem('roles', place)
              focusSoon(form, place > 0 ? `roles.${place - 1}.name` : 'name')
            }}
          />
        ))}
        <Group gap="sm">
          {(['access', 'quota'] as const).map((kind) => (
            <Button
              key={kind}
              variant="default"
              leftSection={<IconPlus size={18} aria-hidden />}
              onClick={() => {
                form.insertListItem('roles', emptyRole(kind))
                focusSoon(form, `roles.${roles.length}.key`)
              }}
            >
              Add {kind} role
            </Button>
          ))}
        </Group>
      </Stack>
    </ConfirmDialog>
  )
}
