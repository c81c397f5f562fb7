import { ActionIcon, Button, Checkbox, Code, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconPlus, IconX } from '@tabler/icons-react'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import { type LimitKind, limitKindOf } from '../../../src/roles/services/limit-kinds'
import { kindLabels } from '../../services'
import { Detail } from '../../ui/detail'
import { NumberField } from '../../ui/number-field'
import classes from './role-fields.module.css'
import { emptyLimit, type RoleValues, type ServiceValues } from './service-form'

/** Moves the focus to what was added, or away from what was removed. */
export const focusSoon = (form: UseFormReturnType<ServiceValues>, path: string) =>
  setTimeout(() => form.getInputNode(path)?.focus())

interface RoleFieldsProps {
  role: RoleValues
  place: number
  form: UseFormReturnType<ServiceValues>
  onRemove: () => void
}

export function RoleFields(props: RoleFieldsProps) {
  const { role, form } = props
  const at = `roles.${props.place}`
  const name = isolated(role.name || role.key) || String(props.place + 1)
  const title = role.kind === 'access' ? t('Access role {name}', { name }) : t('Quota role {name}', { name })
  return (
    <Stack className={classes.role} gap="sm" role="group" aria-label={title}>
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs">
          <Text fw={600}>{kindLabels[role.kind]}</Text>
          {role.known && <Code>{role.key}</Code>}
        </Group>
        <Button variant="default" size="xs" flex="none" onClick={props.onRemove}>
          {role.known ? t('Retire role') : t('Remove')}
        </Button>
      </Group>
      <SimpleGrid cols={{ base: 1, xs: role.known ? 1 : 2 }}>
        {!role.known && <TextInput label={t('Key')} required {...form.getInputProps(`${at}.key`)} />}
        <TextInput label={t('Name')} required {...form.getInputProps(`${at}.name`)} />
      </SimpleGrid>
      <TextInput label={t('Description')} description={t('Optional.')} {...form.getInputProps(`${at}.description`)} />
      <Group gap="xl">
        <Checkbox
          label={t('Default')}
          description={t('Every account holds this role.')}
          {...form.getInputProps(`${at}.default`, { type: 'checkbox' })}
        />
        <Checkbox
          label={t('Can be requested')}
          description={t('Organizations can request this role.')}
          {...form.getInputProps(`${at}.requestable`, { type: 'checkbox' })}
        />
      </Group>
      {form.errors[`${at}.default`] && (
        <Text c="error" size="sm" role="alert">
          {form.errors[`${at}.default`]}
        </Text>
      )}
      {role.kind === 'quota' && <Limits {...props} at={`${at}.limits`} />}
    </Stack>
  )
}

const kindOfLimit: Record<LimitKind, () => string> = {
  rate: () => t('A rate'),
  amount: () => t('An amount per period'),
  level: () => t('A level'),
}

function Limits(props: RoleFieldsProps & { at: string }) {
  const { role, form, at } = props
  return (
    <Stack gap="xs">
      {role.limits.map(({ key, unit, unlimited }, place) => {
        const number = String(place + 1)
        const field = `${at}.${place}`
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: numbers have no names yet while they are typed
          <div key={place} className={classes.limit}>
            <TextInput
              aria-label={t('Number {number}: name', { number })}
              placeholder={t('Bandwidth')}
              {...form.getInputProps(`${field}.name`)}
            />
            <NumberField
              aria-label={t('Number {number}: value', { number })}
              placeholder={unlimited ? '' : '20'}
              disabled={unlimited}
              decimals
              {...form.getInputProps(`${field}.value`)}
            />
            <TextInput
              aria-label={t('Number {number}: unit', { number })}
              placeholder={t('MB/s')}
              {...form.getInputProps(`${field}.unit`)}
            />
            <Checkbox
              label={t('Unlimited')}
              aria-label={t('Number {number}: unlimited', { number })}
              {...form.getInputProps(`${field}.unlimited`, { type: 'checkbox' })}
            />
            <ActionIcon
              variant="default"
              size={36}
              aria-label={t('Remove number {number}', { number })}
              onClick={() => {
                form.removeListItem(at, place)
                focusSoon(form, `roles.${props.place}.name`)
              }}
            >
              <IconX size={18} aria-hidden />
            </ActionIcon>
            <Group gap="xs" className={classes.detail}>
              {key && <Code>{key}</Code>}
              <Detail>{kindOfLimit[limitKindOf(unit)]()}</Detail>
            </Group>
          </div>
        )
      })}
      {form.errors[at] && (
        <Text c="error" size="sm" role="alert">
          {form.errors[at]}
        </Text>
      )}
      <Button
        variant="default"
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => {
          form.insertListItem(at, emptyLimit)
          focusSoon(form, `${at}.${role.limits.length}.name`)
        }}
      >
        {t('Add number')}
      </Button>
    </Stack>
  )
}
