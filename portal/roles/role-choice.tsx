import { Group, Radio, Stack, Text } from '@mantine/core'
import type { Role } from '../../src/roles/services/schema'
import { Moment } from '../ui/moment'
import { Tag } from '../ui/state-badge'
import { NamedNumbers } from './numbers'

interface RoleChoiceProps {
  label: string
  roles: Omit<Role, 'version'>[]
  /** What is held now, also where nobody can ask for it. */
  held: (Omit<Role, 'version'> & { until?: string | null }) | null
  value: string | null
  onChange: (roleId: string | null) => void
  error?: string | undefined
  /** Where the keyboard begins in a dialog. */
  first?: boolean
}

/** One role of a kind, or none: what is held stays, or nothing is asked for. */
export function RoleChoice(props: RoleChoiceProps) {
  const { held } = props
  const roles = held && !props.roles.some(({ id }) => id === held.id) ? [held, ...props.roles] : props.roles
  return (
    <Radio.Group
      label={props.label}
      labelProps={{ fw: 600, fz: 'md' }}
      value={props.value ?? ''}
      onChange={(roleId) => props.onChange(roleId || null)}
      error={props.error}
    >
      <Stack gap="sm" pt={6}>
        {!held && <Radio value="" label="None" data-autofocus={(props.first && !props.value) || undefined} />}
        {roles.map((role) => (
          <Radio
            key={role.id}
            value={role.id}
            data-autofocus={(props.first && role.id === props.value) || undefined}
            label={
              <Group component="span" gap={8}>
                {role.name}
                {role.id === held?.id && <Held until={held.until} />}
              </Group>
            }
            description={(role.description || role.limits.length > 0) && <About role={role} />}
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}

/** Asking for what ends some day renews it. */
function Held({ until }: { until: string | null | undefined }) {
  if (!until) return <Tag>held now</Tag>
  return (
    <>
      <Tag>held now</Tag>
      <Text span size="xs" c="dimmed">
        until <Moment at={until} as="day" />; asking renews it
      </Text>
    </>
  )
}

function About(props: { role: Omit<Role, 'version'> }) {
  return (
    <>
      {props.role.description}
      <NamedNumbers limits={props.role.limits} />
    </>
  )
}
