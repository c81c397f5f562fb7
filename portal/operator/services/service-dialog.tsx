import { Button, Group, Stack, Textarea, TextInput, Title } from '@mantine/core'
import { useForm } from '@mantine/form'
import { IconPlus } from '@tabler/icons-react'
import type { AnswerOf } from '../../../src/platform/http/endpoint'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import { type listServices, roleKinds } from '../../../src/roles/services/schema'
import { ApiError } from '../../api'
import { Callout } from '../../ui/callout'
import { ConfirmDialog } from '../../ui/dialog'
import { showFieldErrors } from '../../ui/form'
import { NumberField } from '../../ui/number-field'
import { toast } from '../../ui/toast'
import { useChanged } from '../../ui/use-changed'
import { useSnapshot } from '../../ui/use-snapshot'
import { useSaveService } from './queries'
import { focusSoon, RoleFields } from './role-fields'
import { emptyRole, emptyService, mergeService, serviceInputOf, serviceValuesOf } from './service-form'

/** Saving would replace the existing service. */
const keyTaken = (name: string) =>
  new ApiError('invalid_input', t('A service with this key already exists.'), 400, [
    {
      path: 'key',
      message: t('{service} already has this key. Choose another key, or edit {service}.', { service: isolated(name) }),
    },
  ])

interface ServiceDialogProps {
  catalogue: AnswerOf<typeof listServices>
  /** Null for a new service. */
  id: string | null
  onClose: () => void
}

/** A service with all its roles. Changes that others make in the meantime are merged into the form before it is saved. */
export function ServiceDialog(props: ServiceDialogProps) {
  const { seen, lookAgain } = useSnapshot(props.catalogue)
  const service = seen.services.find(({ id }) => id === props.id)
  const save = useSaveService()
  const present = service ? serviceValuesOf(service) : emptyService
  const form = useForm({ initialValues: present })
  useChanged(present, (before, now) => {
    const { values, fieldErrors } = mergeService(before, form.getValues(), now)
    form.setInitialValues(now)
    form.setValues(values)
    showFieldErrors(form, { errors: fieldErrors })
  })
  const { roles } = form.values
  return (
    <ConfirmDialog
      title={service ? t('Edit {service}', { service: isolated(service.name) }) : t('Add service')}
      size="xl"
      changed={form.isDirty()}
      onClose={props.onClose}
      form={form}
      onChanged={lookAgain}
      onConfirm={async () => {
        const taken = !service && seen.services.find(({ key }) => key === form.values.key.trim())
        if (taken) throw keyTaken(taken.name)
        await save.mutateAsync({ ...serviceInputOf(form.values), version: seen.version })
        toast(t('{service} saved.', { service: isolated(form.values.name.trim()) }))
      }}
    >
      {service?.retired && (
        <Callout title={t('This service is retired')}>{t('Confirm to restore it with the roles below.')}</Callout>
      )}
      {!service && (
        <TextInput
          label={t('Key')}
          description={t(
            'The service’s identifier in files and programs. Use lowercase letters, digits and dashes. You can’t change it later.',
          )}
          required
          data-autofocus
          {...form.getInputProps('key')}
        />
      )}
      <TextInput
        label={t('Name')}
        required
        data-autofocus={service !== undefined || undefined}
        {...form.getInputProps('name')}
      />
      <Textarea
        label={t('Description')}
        description={t('Optional.')}
        autosize
        minRows={2}
        {...form.getInputProps('description')}
      />
      <TextInput
        label={t('URL')}
        description={t('Optional. Where people open the service: Active roles links to it.')}
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...form.getInputProps('url')}
      />
      <NumberField
        label={t('S3 keys per person')}
        description={t('From 1 to 100. Leave this empty if the service gives no S3 keys.')}
        {...form.getInputProps('s3Keys')}
      />
      <Stack gap="md" component="section" aria-label={t('Roles')}>
        <Title order={3}>{t('Roles')}</Title>
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
          {roleKinds.map((kind) => (
            <Button
              key={kind}
              variant="default"
              leftSection={<IconPlus size={18} aria-hidden />}
              onClick={() => {
                form.insertListItem('roles', emptyRole(kind))
                focusSoon(form, `roles.${roles.length}.key`)
              }}
            >
              {kind === 'access' ? t('Add access role') : t('Add quota role')}
            </Button>
          ))}
        </Group>
      </Stack>
    </ConfirmDialog>
  )
}
